"""When may somebody report, and what does it join? Days only; nothing here reads or writes.

Each refusal has its words for the employee, and for who reports for them.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from backend.foundation.languages import N_
from backend.foundation.refusal import Refused
from backend.foundation.words import day_words
from backend.sickleave.situation import LastSpell, Situation
from backend.sickleave.terms import JOINS_WITHIN, MOST_HOURS_A_WEEK, PROPOSED_AHEAD

QUARTER = Decimal("0.25")


def judge_report(situation: Situation, first_sick_day: date, worked_hours: Decimal) -> None:
    """Whether a spell may begin on that day, after that many hours of work. Raises Refused."""
    if not 0 <= worked_hours <= 24 or worked_hours % QUARTER:
        raise Refused(N_("Vul 0 tot en met 24 uur in, in kwartieren, bijvoorbeeld 7,25."), "worked_hours")
    judge_first_day(situation, first_sick_day)


def judge_first_day(situation: Situation, first_sick_day: date) -> None:
    """Whether a spell may begin on that day. Raises Refused."""
    today, field = situation.today, "first_sick_day"
    if situation.left:
        raise _no(
            situation,
            N_("Je bent hier niet meer in dienst. Werd je voor die tijd ziek? Bel je werkgever."),
            N_("%(name)s is hier niet meer in dienst."),
            field,
        )
    if first_sick_day > today:
        raise Refused(N_("Deze dag komt nog. Kies vandaag, of een dag die al geweest is."), field)
    judge_not_sick(situation)
    if first_sick_day < today - timedelta(days=situation.days_back):
        raise _no(
            situation,
            N_("Je kunt je hier ziek melden vanaf %(day)s. Werd je eerder ziek? Bel je leidinggevende."),
            N_("Je kunt %(name)s hier ziek melden vanaf %(day)s. Was het eerder? Bel de casemanager."),
            field,
            day=day_words(earliest_day(situation), today),
        )
    if situation.started_on is not None and first_sick_day < situation.started_on:
        raise _no(
            situation,
            N_("Je werkt hier pas sinds %(day)s. Kies die dag of een dag erna."),
            N_("%(name)s werkt hier pas sinds %(day)s. Kies die dag of een dag erna."),
            field,
            day=day_words(situation.started_on, today),
        )
    _judge_closed(situation, first_sick_day)


def earliest_day(situation: Situation) -> date:
    """The first day on which a spell may begin, so that who is refused is sent to a day that is not."""
    days = [situation.today - timedelta(days=situation.days_back)]
    if situation.started_on:
        days.append(situation.started_on)
    if situation.last and situation.last.recovered_on:
        days.append(situation.last.recovered_on)
    return min(max(days), situation.today)


def judge_not_sick(situation: Situation) -> None:
    """Whether no spell is open, beside which there is no other. Raises Refused."""
    if situation.last is not None and situation.last.recovered_on is None:
        raise already_sick(situation, situation.last)


def _judge_closed(situation: Situation, first_sick_day: date) -> None:
    last = situation.last
    if last is None or last.recovered_on is None:
        return
    if first_sick_day < last.recovered_on:
        raise _no(
            situation,
            N_("Je bent hersteld gemeld vanaf %(day)s. Kies die dag of later, of bel je leidinggevende."),
            N_("%(name)s is hersteld gemeld vanaf %(day)s. Kies die dag of later, of bel de casemanager."),
            "first_sick_day",
            day=day_words(last.recovered_on, situation.today),
        )


def already_sick(situation: Situation, last: LastSpell) -> Refused:
    """There is an open spell: no second one, whatever the day."""
    return _no(
        situation,
        N_("Je bent al ziek gemeld, sinds %(day)s. Je hoeft niets meer te doen."),
        N_("%(name)s is al ziek gemeld, sinds %(day)s. Je hoeft niets meer te doen."),
        day=day_words(last.first_sick_day, situation.today),
    )


def joins(last: LastSpell | None, first_sick_day: date) -> bool:
    """Whether a new spell adds up with the last one and so belongs in its dossier (see JOINS_WITHIN)."""
    if last is None or last.recovered_on is None:
        return False
    return first_sick_day - last.recovered_on < JOINS_WITHIN


def judge_recovery(situation: Situation, recovered_on: date) -> LastSpell:
    """The open spell that ends on that day. Raises Refused."""
    spell, today, field = open_spell(situation), situation.today, "recovered_on"
    if recovered_on < spell.first_sick_day:
        raise _before_sick(situation, spell, field)
    latest = latest_recovery(situation)
    if recovered_on > latest:
        raise Refused(
            N_("Zo ver vooruit kan nog niet. Kies uiterlijk %(day)s, of kom later terug."),
            field,
            day=day_words(latest, today),
        )
    return spell


def latest_recovery(situation: Situation) -> date:
    """The last day on which recovery may be reported: as far ahead as the employer allows."""
    return situation.today + timedelta(days=situation.days_ahead)


def judge_withdrawal(situation: Situation, spell_id: UUID) -> LastSpell:
    """The spell, when its report may still be taken back: open, and reported today. Raises Refused."""
    spell = situation.last
    if spell is None or spell.id != spell_id or spell.recovered_on is not None:
        raise cannot_withdraw(situation)
    if not situation.may_withdraw:
        raise _no(
            situation,
            N_("Terugnemen kan alleen op de dag van de melding zelf. Bel je leidinggevende."),
            N_("Terugnemen kan alleen op de dag van de melding zelf. Meld %(name)s hersteld."),
        )
    return spell


def judge_recovery_withdrawal(situation: Situation, spell_id: UUID) -> LastSpell:
    """The spell, when it may still be taken back that it ended. Raises Refused."""
    if situation.last is None or situation.last.id != spell_id or not situation.may_withdraw_recovery:
        raise cannot_withdraw_recovery()
    return situation.last


def judge_hours(situation: Situation, starts_on: date, hours_a_week: Decimal) -> LastSpell:
    """The open spell during which those hours are proposed or, by somebody for the employee, recorded as
    agreed. An employer that wants no proposals here (`allow_partial_recovery`) wants them talked over: what
    comes of that may be recorded all the same. Raises Refused."""
    spell = open_spell(situation)
    if situation.left:
        raise _no(
            situation,
            N_("Je bent hier niet meer in dienst. Uren voorstellen kan daarom niet meer."),
            N_("%(name)s is hier niet meer in dienst. Uren afspreken kan daarom niet meer."),
        )
    if situation.own and not situation.allow_partial_recovery:
        raise Refused(N_("Je werkgever spreekt dit liever met je af. Bel je leidinggevende."))
    judge_start(situation, starts_on)
    judge_amount(hours_a_week)
    return spell


def judge_start(situation: Situation, starts_on: date) -> None:
    """Whether hours may begin on that day. Raises Refused."""
    spell, today = open_spell(situation), situation.today
    if starts_on < spell.first_sick_day:
        raise _before_sick(situation, spell, "starts_on")
    if starts_on > today + PROPOSED_AHEAD:
        raise Refused(
            N_("Zo ver vooruit kan nog niet. Kies uiterlijk %(day)s, of kom later terug."),
            "starts_on",
            day=day_words(today + PROPOSED_AHEAD, today),
        )


def judge_amount(hours_a_week: Decimal) -> None:
    """Whether so many hours a week can be worked again. Raises Refused."""
    if not 0 < hours_a_week <= MOST_HOURS_A_WEEK or hours_a_week % QUARTER:
        raise Refused(
            N_("Vul de uren per week in: meer dan 0, hooguit %(most)d, in kwartieren."),
            "hours_a_week",
            most=int(MOST_HOURS_A_WEEK),
        )


def _before_sick(situation: Situation, spell: LastSpell, field: str) -> Refused:
    return _no(
        situation,
        N_("Je bent ziek gemeld sinds %(day)s. Kies die dag of een dag erna."),
        N_("%(name)s is ziek gemeld sinds %(day)s. Kies die dag of een dag erna."),
        field,
        day=day_words(spell.first_sick_day, situation.today),
    )


def open_spell(situation: Situation) -> LastSpell:
    """The spell that runs. Raises Refused when there is none."""
    if situation.last is None or situation.last.recovered_on is not None:
        raise not_sick(situation)
    return situation.last


def not_sick(situation: Situation) -> Refused:
    """There is no open spell to say anything about."""
    return _no(
        situation,
        N_("Je bent nu niet ziek gemeld. Je hoeft niets te doen."),
        N_("%(name)s is nu niet ziek gemeld. Je hoeft niets te doen."),
    )


def reported_meanwhile(situation: Situation | None) -> Refused:
    """Another report got there between our look and our writing."""
    own = N_("Je bent al ziek gemeld. Je hoeft niets meer te doen.")
    if situation is None:
        return Refused(own)
    return _no(situation, own, N_("%(name)s is al ziek gemeld. Je hoeft niets meer te doen."))


def cannot_withdraw(situation: Situation) -> Refused:
    """The report was taken back or ended already."""
    return _no(
        situation,
        N_("Deze ziekmelding kun je niet meer terugnemen. Je dashboard zegt hoe je gemeld bent."),
        N_("Deze ziekmelding kun je niet meer terugnemen. Kijk hoe %(name)s nu gemeld is."),
    )


def cannot_withdraw_recovery() -> Refused:
    """It was taken back already, or its day has come."""
    return Refused(N_("Je hersteldmelding kun je niet meer terugnemen. Weer ziek? Meld je dan opnieuw ziek."))


def _no(situation: Situation, own: str, other: str, field: str | None = None, **params: str) -> Refused:
    if situation.own:
        return Refused(own, field, **params)
    return Refused(other, field, name=situation.first_name, **params)

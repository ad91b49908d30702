"""What an entry says, in the reader's language.

Facts by kind, dates in ISO form and hours as decimal text:
report `first_sick_day`, `worked_hours`, `composite`; recovery `recovered_on`; partial_recovery `starts_on`,
`hours_a_week`; action, when the legal calendar made it, `title`, `text`, `term` and `turn`; change `what`
(see CHANGES), or none when its title says what changed; withdrawal none.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from backend.dossier.posted_wording import advice_words, analysis_words, note_words
from backend.foundation.languages import gettext as _
from backend.foundation.words import day_words, hours_words

Facts = dict[str, Any]


def _report(facts: Facts, today: date) -> tuple[str, str]:
    said = []
    if day := facts.get("first_sick_day"):
        said.append(_("Eerste ziektedag: %(day)s.", day=day_words(date.fromisoformat(day), today)))
    if hours := Decimal(str(facts.get("worked_hours") or 0)):
        said.append(_("Gewerkt op die dag: %(hours)s uur.", hours=hours_words(hours)))
    if facts.get("composite"):
        said.append(_("Deze ziekmelding telt mee met de vorige."))
    return _("Ziek gemeld"), " ".join(said)


def _recovery(facts: Facts, today: date) -> tuple[str, str]:
    day = facts.get("recovered_on")
    if not day:
        return _("Hersteld gemeld"), ""
    day = day_words(date.fromisoformat(day), today)
    return _("Hersteld gemeld"), _("Weer volledig aan het werk vanaf %(day)s.", day=day)


def _partial_recovery(facts: Facts, today: date) -> tuple[str, str]:
    text = ""
    if (day := facts.get("starts_on")) and (hours := facts.get("hours_a_week")) is not None:
        text = _(
            "Voorstel: vanaf %(day)s %(hours)s uur per week.",
            day=day_words(date.fromisoformat(day), today), hours=hours_words(Decimal(str(hours))),
        )  # fmt: skip
    return _("Weer voor een deel aan het werk"), text


def _withdrawal(facts: Facts, today: date) -> tuple[str, str]:
    return _("Ziekmelding teruggenomen"), _("De ziekmelding was een vergissing. Er is niets gewist.")


def _action(facts: Facts, today: date) -> tuple[str, str]:
    """An action of the legal calendar, which stores what it says in Dutch; others are in people's words."""
    title, text = facts.get("title"), facts.get("text")
    return _(title) if title else "", _(text) if text else ""


def _said(facts: Facts) -> str:
    """What the action was called; one of the legal calendar in the reader's language."""
    title = facts.get("action")
    return _(title) if title else ""


def _hours_confirmed(facts: Facts, today: date) -> tuple[str, str]:
    if not (facts.get("starts_on") and facts.get("hours_a_week") is not None):
        return _("Uren afgesproken"), ""
    return _("Uren afgesproken"), _(
        "Vanaf %(day)s %(hours)s uur per week.",
        day=day_words(date.fromisoformat(facts["starts_on"]), today),
        hours=hours_words(Decimal(str(facts["hours_a_week"]))),
    )


def _hours_recorded(facts: Facts, today: date) -> tuple[str, str]:
    """Agreed by talking: what it is now, and what it comes in place of."""
    said = [
        _(
            "In een gesprek afgesproken: vanaf %(day)s %(hours)s uur per week.",
            day=day_words(date.fromisoformat(facts["starts_on"]), today),
            hours=hours_words(Decimal(str(facts["hours_a_week"]))),
        )
    ]
    if agreed := facts.get("agreed"):
        said.append(_("Eerst was %(hours)s uur per week afgesproken.", hours=hours_words(Decimal(agreed))))
    if proposed := facts.get("proposed"):
        said.append(_("Voorgesteld was %(hours)s uur per week.", hours=hours_words(Decimal(proposed))))
    return _("Andere uren afgesproken") if len(said) > 1 else _("Uren afgesproken"), " ".join(said)


def _hours_refused(facts: Facts, today: date) -> tuple[str, str]:
    return _("Uren: eerst samen doorspreken"), _partial_recovery(facts, today)[1]


def _action_postponed(facts: Facts, today: date) -> tuple[str, str]:
    heading = _("Uitgesteld: %(action)s", action=_said(facts))
    if not facts.get("due_on"):
        return heading, ""
    day = day_words(date.fromisoformat(facts["due_on"]), today)
    said = [_("Nu uiterlijk %(day)s.", day=day)]
    if end := facts.get("past_end"):
        end = day_words(date.fromisoformat(end), today)
        said.append(_("Dat is na het einde van de loondoorbetaling (%(day)s).", day=end))
    return heading, " ".join(said)


def _left_service(facts: Facts, today: date) -> tuple[str, str]:
    heading = _("Uit dienst")
    if day := facts.get("left_on"):
        heading = _("Uit dienst per %(day)s", day=day_words(date.fromisoformat(day), today))
    said = [_("De open stappen van de werkgever zijn gestopt.")]
    if facts.get("dutch"):
        said.append(_("Wie ziek uit dienst gaat, valt onder de Ziektewet: UWV begeleidt verder."))
    return heading, " ".join(said)


def _advice_corrected(facts: Facts, today: date) -> tuple[str, str]:
    """A percentage that was corrected is as easy to see as one that was given."""
    heading = _("Advies van de bedrijfsarts aangepast")
    if "percentage" not in facts:
        return heading, _("Wat er eerst stond, is bij het advies te lezen.")
    before, after = facts.get("percentage_before"), facts["percentage"]
    if after is None:
        return heading, _("Er staat geen percentage meer in. Eerst stond er %(before)s%%.", before=before)
    if before is None:
        return heading, _("Arbeidsongeschikt: %(after)s%%. Eerst stond er geen percentage.", after=after)
    return heading, _(
        "Arbeidsongeschikt: %(after)s%%. Eerst stond er %(before)s%%.", after=after, before=before
    )


def _recovery_withdrawn(facts: Facts, today: date) -> tuple[str, str]:
    title, day = _("Hersteldmelding teruggenomen"), facts.get("recovered_on")
    if not day:
        return title, ""
    return title, _(
        "Toch niet vanaf %(day)s. Het dossier loopt door.", day=day_words(date.fromisoformat(day), today)
    )


CHANGES: dict[str, Callable[[Facts, date], tuple[str, str]]] = {
    "recovery_withdrawn": _recovery_withdrawn,
    "hours_confirmed": _hours_confirmed,
    "hours_recorded": _hours_recorded,
    "hours_refused": _hours_refused,
    "action_done": lambda facts, today: (_("Gedaan: %(action)s", action=_said(facts)), ""),
    "action_postponed": _action_postponed,
    "left_service": _left_service,
    "advice_corrected": _advice_corrected,
    "action_cancelled": lambda facts, today: (_("Niet nodig: %(action)s", action=_said(facts)), ""),
    "action_reopened": lambda facts, today: (_("Toch nodig: %(action)s", action=_said(facts)), ""),
    "action_withdrawn": lambda facts, today: (_("Ingetrokken: %(action)s", action=_said(facts)), ""),
}


def _change(facts: Facts, today: date) -> tuple[str, str]:
    worded = CHANGES.get(facts.get("what", ""))
    return worded(facts, today) if worded else ("", "")


WORDED: dict[str, Callable[[Facts, date], tuple[str, str]]] = {
    "report": _report,
    "recovery": _recovery,
    "partial_recovery": _partial_recovery,
    "withdrawal": _withdrawal,
    "action": _action,
    "note": note_words,
    "advice": advice_words,
    "problem_analysis": analysis_words,
    "change": _change,
}


def titled(kind: str, title: str, body: str, facts: Facts, today: date) -> tuple[str, str]:
    """Title and text of an entry. What a person wrote follows what the facts say."""
    worded = WORDED.get(kind)
    if worded is None:
        return title, body
    heading, said = worded(facts, today)
    return title or heading, "\n".join(part for part in (said, body) if part)

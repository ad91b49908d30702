"""What the team's pages show, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from backend.access.roles import Role, role_words
from backend.foundation.languages import gettext as _
from backend.foundation.words import day_words, sentence
from backend.sickleave.shown import LABEL, Contact, contact, reached
from backend.sickleave.situation import Situation
from backend.team.forms import RATHER_NOT, WORDS
from backend.team.member import Member
from backend.team.queries import Guide, Mate, Place

LABELS = LABEL | {name: label for name, (label, _help) in WORDS.items()} | {"rather_not": RATHER_NOT}
"""The questions as headings, about somebody else."""


@dataclass(frozen=True, slots=True)
class Card:
    """Somebody in the team who is away or just back: how it stands, and how to reach them."""

    mate: Mate
    status: str
    contact: Contact


def card(mate: Mate) -> Card:
    """With the number that was given for this absence, if any."""
    return Card(mate, status(mate), reached(mate.name, mate.job, mate.phone, mate.email))


def status(mate: Mate) -> str:
    """Since when, and until when; never why."""
    if mate.place == Place.BACK and mate.recovered_on:
        return _("Weer aan het werk sinds %(day)s", day=day_words(mate.recovered_on, mate.today))
    return _away(mate)


def _away(mate: Mate) -> str:
    if mate.first_sick_day is None or mate.place != Place.AWAY:
        return ""
    if mate.recovered_on:
        return _("Komt terug op %(day)s", day=day_words(mate.recovered_on, mate.today))
    return _("Ziek gemeld sinds %(day)s", day=day_words(mate.first_sick_day, mate.today))


def member_status(situation: Situation) -> str:
    """The same of one person, on their own page."""
    last, today = situation.last, situation.today
    if situation.left_on is not None and situation.left:
        return _("Uit dienst sinds %(day)s", day=day_words(situation.left_on, today))
    if last is None:
        return _("Aan het werk")
    if last.recovered_on is None:
        return _("Ziek gemeld sinds %(day)s", day=day_words(last.first_sick_day, today))
    if last.recovered_on > today:
        return _("Komt terug op %(day)s", day=day_words(last.recovered_on, today))
    return _("Weer aan het werk sinds %(day)s", day=day_words(last.recovered_on, today))


def done_words(situation: Situation, found: Member) -> str:
    """What the person who asks did today for the employee, and who hears of it; nothing otherwise."""
    last, name = situation.last, situation.first_name
    if last is None or situation.left or not found.by_me:
        return ""
    done = _("Je hebt %(name)s ziek gemeld.", name=name)
    if last.recovered_on is not None:
        done = _("Je hebt %(name)s hersteld gemeld.", name=name)
    if found.email:
        return f"{done} " + _("%(name)s krijgt daarvan bericht.", name=name)
    return f"{done} " + _("We hebben geen e-mailadres van %(name)s. Vertel het dus zelf.", name=name)


def contacts(situation: Situation, found: Member, viewer: object) -> list[Contact]:
    """The employee, with the number that they gave for this absence if they are away, and who helps them
    beside the one who looks."""
    own = reached(situation.name, sentence(situation.job.job), found.phone, found.email)
    others = [contact(helper) for helper in situation.helpers if helper.account != viewer]
    return [own, *others]


def guide(one: Guide) -> Contact:
    """A case manager's card."""
    return reached(one.name, sentence(role_words(Role.CASE_MANAGER)), one.phone, one.email)


def seen_by(situation: Situation) -> str:
    """Who else reads what is filled in for an employee."""
    if situation.role == Role.CASE_MANAGER:
        return _("%(name)s en de leidinggevende zien dit ook.", name=situation.first_name)
    if situation.case_manager:
        return _("%(name)s en de casemanager zien dit ook.", name=situation.first_name)
    return _("%(name)s ziet dit ook.", name=situation.first_name)

"""What the pages show of a situation and of a report, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from backend.access.person import Person
from backend.access.roles import LABELS
from backend.foundation.languages import N_
from backend.foundation.languages import gettext as _
from backend.foundation.phones import dialled, phone_words
from backend.foundation.words import day_words, hours_words, sentence
from backend.sickleave.answers import QUESTIONS, SickReport
from backend.sickleave.rules import joins
from backend.sickleave.situation import Helper, Situation
from backend.sickleave.telling import told

RATHER_NOT = "rather_not"
LABEL = {
    "phone": N_("Telefoonnummer waarop je nu bereikbaar bent"),
    "nursing_address": N_("Adres waar je nu bent"),
    "expected_duration": N_("Hoe lang denk je dat het duurt?"),
    "work_handover": N_("Werk dat nu door moet gaan"),
    "safety_net": N_("Geldt er een speciale regeling?"),
    "work_accident": N_("Ongeluk op het werk"),
    "third_party_accident": N_("Verkeersongeluk door een ander"),
    RATHER_NOT: N_("Zeg ik liever niet"),
}
"""The questions as headings of what was answered, and the one answer that sounds different about another."""
CHOSEN: dict[Any, str] = {"yes": N_("Ja"), "no": N_("Nee"), True: N_("Ja"), False: N_("Nee")}


@dataclass(frozen=True, slots=True)
class Contact:
    """A card: who, in what role, and how to reach them."""

    name: str
    role: str
    phone: str | None
    """As people read it."""
    tel: str | None
    """In international form, so that calling also works abroad."""
    email: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of what was filled in; `field` is where it can be changed."""

    field: str
    label: str
    value: str


def around(person: Person, situation: Situation) -> dict[str, Any]:
    """What every page of this room shows around its form."""
    return {
        "situation": situation,
        "today": situation.today,
        "contacts": contacts(person, situation),
        "seen_by": seen_by(situation),
    }


def contacts(person: Person, situation: Situation) -> list[Contact]:
    """The manager and case manager, as far as the employer shows them. Nobody is their own contact."""
    shown = {"manager": situation.show_manager, "case_manager": situation.show_case_manager}
    return [
        contact(helper)
        for helper in situation.helpers
        if shown[helper.role] and helper.account != person.account_id
    ]


def contact(helper: Helper) -> Contact:
    """One card."""
    return reached(helper.name, sentence(_(LABELS[helper.role])), helper.phone, helper.email)


def reached(name: str, role: str, phone: str | None, email: str | None) -> Contact:
    """A card of somebody whose number and address may be missing."""
    tel = dialled(phone)
    return Contact(name, role, phone_words(tel) if tel else None, tel, email or "")


def seen_by(situation: Situation) -> str:
    """Who reads what is written: beside everything a person writes."""
    if situation.manager and situation.case_manager:
        return _("Je leidinggevende en casemanager zien dit.")
    if situation.manager:
        return _("Je leidinggevende ziet dit.")
    if situation.case_manager:
        return _("Je casemanager ziet dit.")
    return _("Je werkgever ziet dit.")


def told_words(person: Person, situation: Situation) -> str:
    """Who gets a message now."""
    names = [helper.name for helper in told(person, situation)]
    if not names:
        return _("Er is nu niemand die bericht krijgt. Bel daarom zelf je werkgever.")
    if len(names) == 1:
        return _("%(name)s krijgt bericht.", name=names[0])
    return _("%(one)s en %(other)s krijgen bericht.", one=names[0], other=names[1])


def answers(report: SickReport, today: date, labels: Mapping[str, str] = LABEL) -> list[Answer]:
    """Everything that was filled in, to check before sending; `labels` are the questions as headings."""
    said = [
        Answer("first_sick_day", _("Eerste ziektedag"), near_day(report.first_sick_day, today)),
        Answer("worked_hours", _("Gewerkte uren op deze dag"), hours_words(report.worked_hours)),
    ]
    given = {question: getattr(report, question) for question in QUESTIONS}
    return said + optional_answers(given, labels)


def composite_words(situation: Situation, first_sick_day: date) -> str:
    """That a new spell adds up with the last one, when it does."""
    if not joins(situation.last, first_sick_day):
        return ""
    if situation.own:
        return _(
            "Deze ziekmelding telt mee met je vorige ziekte, in hetzelfde dossier."
            " Je was namelijk minder dan vier weken beter."
        )
    return _(
        "%(name)s was minder dan vier weken beter."
        " Daarom telt deze ziekmelding mee met de vorige ziekte, in hetzelfde dossier.",
        name=situation.first_name,
    )


def kept(report: SickReport) -> dict[str, str]:
    """Every answer as the form sends it, to go along unseen while the person checks."""
    return {name: _as_sent(value) for name, value in asdict(report).items() if value is not None}


def _as_sent(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return hours_words(value) if isinstance(value, Decimal) else str(value)


def optional_answers(given: Mapping[str, Any], labels: Mapping[str, str] = LABEL) -> list[Answer]:
    """The questions that were answered, in the order of the form."""
    return [
        Answer(question, _(labels[question]), _worded(question, given[question], labels))
        for question in QUESTIONS
        if given.get(question) is not None
    ]


def _worded(question: str, answer: Any, labels: Mapping[str, str]) -> str:
    if question == "phone":
        return phone_words(answer)
    if answer == RATHER_NOT:
        return _(labels[RATHER_NOT])
    if question in ("safety_net", "work_accident", "third_party_accident"):
        return _(CHOSEN[answer])
    return str(answer)


def near_day(day: date, today: date) -> str:
    """`vandaag, maandag 16 november`; further away only the day itself."""
    words = day_words(day, today)
    if day == today:
        return _("vandaag, %(day)s", day=words)
    if day == today - timedelta(days=1):
        return _("gisteren, %(day)s", day=words)
    if day == today + timedelta(days=1):
        return _("morgen, %(day)s", day=words)
    return words

"""What there is to choose: kinds of news, and ways to be told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from backend.access.person import Person
from backend.access.roles import Role
from backend.foundation.languages import N_
from backend.outbox.kinds import BY_MAIL_TOO, NOT_BY_ITSELF, Kind

LABELS = {
    Kind.DOSSIER: N_("Iets nieuws in je dossier"),
    Kind.OWN_REPORT: N_("Als je ziek of hersteld bent gemeld"),
    Kind.PEOPLE: N_("Nieuws over de mensen die je begeleidt"),
    Kind.ACTIONS: N_("Wat je moet doen, en wat je een ander vroeg"),
    Kind.REMINDERS: N_("Herinneringen aan wat je moet doen"),
    Kind.WEEKLY: N_("Het overzicht van de week"),
}
HELPS = {
    Kind.DOSSIER: N_("Een notitie, een document, iets om te doen of een afspraak over je uren."),
    Kind.OWN_REPORT: N_("De bevestiging, of je dat nu zelf deed of een ander."),
    Kind.PEOPLE: N_(
        "Iemand meldt zich ziek of hersteld, er is een advies van de bedrijfsarts, of wat jij van iemand mag"
        " lezen verandert."
    ),
    Kind.ACTIONS: N_("Iemand geeft je iets te doen, of wat je vroeg is klaar, later of niet meer nodig."),
    Kind.REMINDERS: N_("Een paar dagen vooraf en op de dag zelf."),
    Kind.WEEKLY: N_("Op maandag: wat te laat is en wat eraan komt."),
}
RELEVANT = {
    Role.MANAGER: (Kind.PEOPLE, Kind.ACTIONS, Kind.REMINDERS),
    Role.CASE_MANAGER: (Kind.PEOPLE, Kind.ACTIONS, Kind.REMINDERS, Kind.WEEKLY),
    Role.COMPANY_DOCTOR: (Kind.ACTIONS, Kind.REMINDERS),
}
EMPLOYEE = (Kind.DOSSIER, Kind.OWN_REPORT, Kind.REMINDERS)


@dataclass(frozen=True, slots=True)
class Offered:
    """Which ways there are for this person, besides mail, which always is."""

    push: bool
    sms: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """How one kind of news arrives."""

    kind: Kind
    mail: bool
    push: bool
    sms: bool

    @property
    def mail_stays(self) -> bool:
        """Whether mail cannot be left out."""
        return self.kind in BY_MAIL_TOO

    @property
    def label(self) -> str:
        return LABELS[self.kind]

    @property
    def help(self) -> str:
        return HELPS[self.kind]


def usual(kind: Kind) -> Choice:
    """What holds as long as the person chose nothing: mail, and a push once a device has them."""
    return Choice(kind, mail=True, push=kind not in NOT_BY_ITSELF, sms=False)


def kinds_for(person: Person) -> Iterator[Kind]:
    """What may ever happen to somebody in their roles, in the order of the list."""
    found = set(EMPLOYEE if person.employments else ())
    for position in person.positions:
        found |= set(RELEVANT.get(Role(position.role), ()))
    return (kind for kind in Kind if kind in found)

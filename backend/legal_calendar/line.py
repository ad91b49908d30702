"""One step of a dossier's calendar as the template shows it, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from backend.access.person import Person
from backend.access.roles import Role, role_words
from backend.foundation.clock import day_in
from backend.foundation.languages import gettext as _
from backend.foundation.words import day_words, sentence
from backend.legal_calendar.queries import DossierCalendar, Step
from backend.legal_calendar.terms import BY_NAME, Basis, Term, who_does


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One line of the picture. `state`: done, late, open, coming or dropped."""

    id: UUID
    title: str
    text: str
    state: str
    state_label: str
    when_label: str
    who_label: str
    ground_label: str
    """On what it rests: a law with its article, practice, or the employer's own protocol."""
    reason: str
    url: str | None
    """Where this reader can say how it went, or that it is needed after all."""
    again: int = 0
    """How many times it was done before this one, for what comes back every so many weeks."""


def line_of(calendar: DossierCalendar, step: Step, today: date, person: Person) -> ShownStep:
    """One step, as that person sees it."""
    term = BY_NAME.get(step.term)
    state = state_of(step, term, today)
    who = who_does(step.term, step.own_role)
    url = None
    if not (term and term.milestone) and may_change(calendar, step, person):
        url = f"/dossiers/{calendar.dossier}/steps/{step.id}"
    return ShownStep(
        id=step.id,
        title=step_title(step),
        text=_(term.text) if term else "",
        state=state,
        state_label=_state_label(state, step, calendar.time_zone, today),
        when_label=_("uiterlijk %(day)s", day=day_words(step.due_on, today)),
        who_label=""
        if term and (term.milestone or term.by_report)
        else _and([role_words(one) for one in who]),
        ground_label=_ground(term),
        reason=step.reason or "",
        url=url,
    )


def step_title(step: Step) -> str:
    """The step's name in the reader's language."""
    return step.own_title or _(BY_NAME[step.term].title)


def may_say(step: Step, role: Role | None) -> bool:
    """Whether somebody in that role may say how the step went: who has to do it, and the case manager, who
    guards the process. A duty of another is nobody else's to strike out."""
    return role == Role.CASE_MANAGER or role in who_does(step.term, step.own_role)


def may_reopen(step: Step, role: Role | None, person: Person) -> bool:
    """Whether somebody may say that a step is needed after all: who said that it is not, and the case
    manager. What another decided is nobody else's to turn back."""
    return step.unneeded and (role == Role.CASE_MANAGER or step.cancelled_by == person.account_id)


def may_change(calendar: DossierCalendar, step: Step, person: Person) -> bool:
    """Whether the person may say something about the step as it stands."""
    role = calendar.whose.seen_by(person)
    return may_say(step, role) and (not step.settled or may_reopen(step, role, person))


def state_of(step: Step, term: Term | None, today: date) -> str:
    """done, late, open, coming or dropped."""
    if step.done_at is not None:
        return "done"
    if step.cancelled_at is not None:
        return "dropped"
    if term and term.milestone:
        return "done" if step.due_on < today else "coming"
    if step.due_on < today:
        return "late"
    return "open" if step.opens_on <= today else "coming"


def _state_label(state: str, step: Step, time_zone: str, today: date) -> str:
    if state == "done" and step.done_at is not None:
        return _("Gedaan op %(day)s", day=day_words(day_in(time_zone, step.done_at), today))
    return {
        "done": _("Voorbij"),
        "dropped": _("Niet nodig"),
        "late": _("Te laat"),
        "open": _("Nu te doen"),
        "coming": _("Komt nog"),
    }[state]


def _ground(term: Term | None) -> str:
    if term is None:
        return _("Afspraak van de werkgever")
    if term.basis == Basis.LAW:
        return _("Wet: %(source)s", source=_(term.source))
    return _(term.source)


def _and(words: Sequence[str]) -> str:
    """`Medewerker, leidinggevende en bedrijfsarts`."""
    if len(words) == 1:
        return sentence(words[0])
    return sentence(_("%(first)s en %(last)s", first=", ".join(words[:-1]), last=words[-1]))

"""Somebody says how a step went: it is done, it gets another day, or it is not needed.

A departure from a term asks for its reason (Regeling procesgang eerste en tweede ziektejaar, art. 5), and we
ask it for practice too: whoever reads the dossier later wants to know.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from backend.access.person import Person
from backend.access.roles import Role
from backend.audit.events import Event
from backend.audit.record import record
from backend.dossier.publish import publish
from backend.foundation.database import fetch_one, fetch_value
from backend.foundation.languages import N_
from backend.foundation.refusal import NotFound, Refused
from backend.idempotency.answered import once
from backend.legal_calendar.line import may_say
from backend.legal_calendar.open_steps import STEP, stand_open
from backend.legal_calendar.queries import DossierCalendar, Step, calendar_of, title_of, today_of
from backend.legal_calendar.terms import MILESTONES

FURTHEST = timedelta(days=365)
"""No step is put off for longer."""
SETTLED = N_("Iemand heeft hier al iets over gezegd. Je hoeft niets meer te doen.")

How = Literal["done", "postponed", "cancelled"]
CHANGES = {
    "done": "done_at = $2, done_by = $3, word = $4",
    "postponed": "due_on = $2, reason = $3, postponed_from = coalesce(postponed_from, due_on)",
    "cancelled": "cancelled_at = $2, reason = $3",
}
EVENTS = {
    "done": Event.ACTION_DONE,
    "postponed": Event.ACTION_POSTPONED,
    "cancelled": Event.ACTION_CANCELLED,
}


@dataclass(frozen=True, slots=True)
class Change:
    """How it went, in words; a reason unless it was done. `due_on` is the other day."""

    how: How
    words: str
    due_on: date | None = None

    def body(self, step: UUID) -> dict[str, str]:
        """The same change always gives the same body (room `idempotency`)."""
        return {"step": str(step), "how": self.how, "words": self.words, "due_on": str(self.due_on)}


async def step_to_change(person: Person, dossier: UUID, step: UUID) -> tuple[DossierCalendar, Step]:
    """One step of a dossier that the person may say something about. Raises NotFound."""
    calendar = await calendar_of(person, dossier)
    for one in calendar.steps:
        if one.id == step and one.term not in MILESTONES and may_say(one, calendar.whose.seen_by(person)):
            return calendar, one
    raise NotFound


async def change_step(
    person: Person, dossier: UUID, step: UUID, change: Change, key: UUID, *, now: datetime
) -> str:
    """Writes it to the step's action, and to the timeline for all to read. A step that is done before it
    opened is put on the timeline first. Returns the dossier's address.

    Raises Refused, NotFound when the step is not the person's to change, AnotherBody.
    """
    location = f"/dossiers/{dossier}"

    async def do() -> str:
        calendar, found = await step_to_change(person, dossier, step)
        role = calendar.whose.seen_by(person)
        _judge(change, found, role, today_of(calendar, now))
        row = await fetch_one(f"{STEP} WHERE s.id = $1 AND s.closed_at IS NULL FOR UPDATE OF s", step)
        if row is None:
            raise Refused(SETTLED)
        entry = row["action"] or await stand_open(row, now=now)
        sql = f"UPDATE action SET {CHANGES[change.how]} WHERE entry = $1"
        values = _values(person, change, now)
        if not await fetch_value(
            f"{sql} AND done_at IS NULL AND cancelled_at IS NULL RETURNING true", entry, *values
        ):
            raise Refused(SETTLED)
        facts = {"what": f"action_{change.how}", "action": title_of(row), "due_on": change.due_on}
        await publish(
            dossier, "change", now=now, author=person, author_role=role or "", body=change.words,
            facts={name: value for name, value in facts.items() if value is not None},
        )  # fmt: skip
        await record(
            EVENTS[change.how], now=now, account=person.account_id, subject=entry,
            employment=calendar.whose.employment,
        )  # fmt: skip
        return location

    return (await once(person.account_id, key, change.body(step), now, do, expected=location))[0]


def _judge(change: Change, step: Step, role: Role | None, today: date) -> None:
    if step.settled:
        raise Refused(SETTLED)
    if change.how == "done":
        return
    if role == Role.EMPLOYEE:
        # What the law asks of both is not for the employee alone to put off.
        raise NotFound
    if not change.words:
        field = "later_reason" if change.how == "postponed" else "not_needed_reason"
        raise Refused(N_("Schrijf de reden erbij. Dat vraagt de wet."), field)
    if change.how == "postponed":
        if change.due_on is None or change.due_on <= today:
            raise Refused(N_("Kies een dag na vandaag."), "later_on")
        if change.due_on > today + FURTHEST:
            raise Refused(N_("Zo ver vooruit kan niet. Kies een dag binnen een jaar."), "later_on")


def _values(person: Person, change: Change, now: datetime) -> tuple[Any, ...]:
    if change.how == "done":
        return now, person.account_id, change.words or None
    return (change.due_on if change.how == "postponed" else now), change.words

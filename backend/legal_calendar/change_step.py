"""Somebody says how a step went: it is done, it gets a later day, it is not needed, or it is after all.

A departure from a term asks for its reason (Regeling procesgang eerste en tweede ziektejaar, art. 5), and we
ask it for practice too: whoever reads the dossier later wants to know. The employee hears of it, and so do
who has to do it and the case manager.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from backend.access.person import Person
from backend.access.roles import Role
from backend.audit.events import Event
from backend.audit.record import record
from backend.dossier.in_turn import in_turn
from backend.dossier.later_day import judge_later
from backend.dossier.publish import publish
from backend.dossier.telling import in_role, near, tell
from backend.foundation.database import fetch_one, fetch_value
from backend.foundation.languages import N_
from backend.foundation.refusal import NotFound, Refused
from backend.foundation.words import day_words
from backend.idempotency.answered import once
from backend.legal_calendar.line import may_reopen, may_say
from backend.legal_calendar.open_steps import STEP, stand_open
from backend.legal_calendar.queries import DossierCalendar, Step, calendar_of, title_of, today_of
from backend.legal_calendar.terms import BY_NAME, MILESTONES, who_does

SETTLED = N_("Iemand heeft hier al iets over gezegd. Je hoeft niets meer te doen.")
PAST_END = N_(
    "Dat is na het einde van de loondoorbetaling (%(day)s). Kies een eerdere dag, of zet een vinkje als"
    " het toch zo moet."
)

How = Literal["done", "postponed", "cancelled", "reopened"]
CHANGES = {
    "done": "done_at = $2, done_by = $3, word = $4",
    "postponed": "due_on = $2, reason = $3, postponed_from = coalesce(postponed_from, due_on)",
    "cancelled": "cancelled_at = $2, cancelled_by = $3, reason = $4",
    "reopened": "cancelled_at = NULL, cancelled_by = NULL, reason = NULL",
}
"""What reopening takes away from the action stands on the timeline: who said so, when and why."""
WHILE = dict.fromkeys(CHANGES, "cancelled_at IS NULL") | {"reopened": "cancelled_at IS NOT NULL"}
EVENTS = {
    "done": Event.ACTION_DONE,
    "postponed": Event.ACTION_POSTPONED,
    "cancelled": Event.ACTION_CANCELLED,
    "reopened": Event.ACTION_REOPENED,
}


@dataclass(frozen=True, slots=True)
class Change:
    """How it went, in words; a reason for departing from the term. `due_on` is the later day, which lies
    beyond the law's own end only with `past_end`."""

    how: How
    words: str
    due_on: date | None = None
    past_end: bool = False

    def body(self, step: UUID) -> dict[str, str]:
        """The same change always gives the same body (room `idempotency`)."""
        return {"step": str(step), "how": self.how, "words": self.words, "due_on": str(self.due_on)} | (
            {"past_end": "yes"} if self.past_end else {}
        )


async def step_to_change(person: Person, dossier: UUID, step: UUID) -> tuple[DossierCalendar, Step]:
    """One step of a dossier that the person may say something about. Raises NotFound."""
    calendar = await calendar_of(person, dossier)
    for one in calendar.steps:
        if one.id == step and one.term not in MILESTONES and may_say(one, calendar.whose.seen_by(person)):
            return calendar, one
    raise NotFound


async def change_step(
    person: Person, dossier: UUID, step: UUID, change: Change, key: UUID, *, now: datetime, back: str = ""
) -> str:
    """Writes it to the step's action, and to the timeline for all to read. A step that is done before it
    opened is put on the timeline first. Returns the dossier's address, or `back`.

    Raises Refused, NotFound when the step is not the person's to change, AnotherBody.
    """
    location = back or f"/dossiers/{dossier}"

    async def do() -> str:
        await in_turn(dossier)
        calendar, found = await step_to_change(person, dossier, step)
        role = calendar.whose.seen_by(person)
        if change.how == "reopened" and not may_reopen(found, role, person):
            raise Refused(SETTLED)
        past_end = _judge(change, found, role, calendar, today_of(calendar, now))
        row = await fetch_one(f"{STEP} WHERE s.id = $1 AND s.closed_at IS NULL FOR UPDATE OF s", step)
        if row is None:
            raise Refused(SETTLED)
        entry = row["action"] or await stand_open(row, now=now)
        sql = f"UPDATE action SET {CHANGES[change.how]} WHERE entry = $1"
        values = _values(person, change, now)
        if not await fetch_value(
            f"{sql} AND done_at IS NULL AND {WHILE[change.how]} RETURNING true", entry, *values
        ):
            raise Refused(SETTLED)
        facts = {"what": f"action_{change.how}", "action": title_of(row), "due_on": change.due_on}
        facts["past_end"] = past_end or None
        said = await publish(
            dossier, "change", now=now, author=person, author_role=role or "", body=change.words,
            facts={name: value for name, value in facts.items() if value is not None},
        )  # fmt: skip
        await record(
            EVENTS[change.how], now=now, account=person.account_id, subject=entry,
            employment=calendar.whose.employment,
        )  # fmt: skip
        around, does = await near(calendar.whose, dossier), who_does(found.term, found.own_role)
        told = in_role(around, {*does, Role.CASE_MANAGER})
        await tell(person, calendar.whose, said, told, now=now)
        return location

    return (await once(person.account_id, key, change.body(step), now, do, expected=location))[0]


def _judge(
    change: Change, step: Step, role: Role | None, calendar: DossierCalendar, today: date
) -> date | None:
    """Answers the end that a later day lies beyond. Raises Refused."""
    if change.how == "reopened":
        return None
    judge_open(step)
    if change.how == "done":
        return None
    if role == Role.EMPLOYEE:
        # What the law asks of both is not for the employee alone to put off.
        raise NotFound
    judge_reason(change)
    return judge_day(change, step, calendar, today) if change.how == "postponed" else None


def judge_open(step: Step) -> None:
    """Whether there is something left to say about it. Raises Refused."""
    if step.settled:
        raise Refused(SETTLED)


def judge_reason(change: Change) -> None:
    """Whether a departure from the term has its reason. Raises Refused."""
    if not change.words:
        field = "later_reason" if change.how == "postponed" else "not_needed_reason"
        raise Refused(N_("Schrijf de reden erbij. Dat vraagt de wet."), field)


def judge_day(change: Change, step: Step, calendar: DossierCalendar, today: date) -> date | None:
    """Whether the step may be put off to that day; answers the end that it lies beyond. Raises Refused."""
    later, end = judge_later(step.due_on, today, change.due_on, "later_on"), end_of(calendar)
    if end is None or later <= end or step.term not in BY_NAME:
        return None
    if not change.past_end:
        raise Refused(PAST_END, "later_on", day=day_words(end, today))
    return end


def end_of(calendar: DossierCalendar) -> date | None:
    """The last day of what the law counts, where it has one."""
    return next((step.due_on for step in calendar.steps if step.term in MILESTONES), None)


def _values(person: Person, change: Change, now: datetime) -> tuple[Any, ...]:
    if change.how == "reopened":
        return ()
    if change.how == "postponed":
        return change.due_on, change.words
    return now, person.account_id, change.words or None

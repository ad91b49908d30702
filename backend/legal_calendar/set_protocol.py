"""An administrator sets what the employer asks beside the law: own steps, practice, and days of notice.

The worker lays the calendars of who is away out anew; what is done, put off or found not needed stays so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from backend.access.administers import administered
from backend.access.person import Person
from backend.audit.events import Event
from backend.audit.record import record
from backend.foundation.clock import day_in
from backend.foundation.database import execute, fetch_one, transaction
from backend.foundation.languages import N_
from backend.foundation.refusal import NotFound, Refused
from backend.foundation.tokens import new_id
from backend.legal_calendar.terms import may_switch_off

ANEW = """
UPDATE calendar c SET laid_out_for = '', is_open = true
FROM dossier d JOIN employment m ON m.id = d.employment
WHERE c.dossier = d.id AND m.employer = $1 AND (d.closed_on IS NULL OR EXISTS (
    SELECT FROM calendar_step s LEFT JOIN action a ON a.entry = s.action
    WHERE s.dossier = d.id AND s.protocol_step IS NOT NULL AND s.done_at IS NULL AND s.closed_at IS NULL
        AND a.done_at IS NULL AND a.cancelled_at IS NULL))
"""
"""Who is back may still have a talk about frequent absence to come."""
EMPLOYER_OF = """
SELECT FROM employer WHERE id = (SELECT p.employer FROM protocol_step p WHERE p.id = $1) FOR NO KEY UPDATE
"""
LONGEST_NOTICE = 28
MOST_STEPS = 20
"""More is a mistake, or somebody trying."""


@dataclass(frozen=True, slots=True)
class OwnStep:
    """A step to add: what, who, so many days after the report, at every report or only the so-many-th."""

    title: str
    assignee_role: str
    days_after: int
    at_report: int | None


async def add_step(person: Person, employer: UUID, step: OwnStep, *, now: datetime) -> None:
    """Adds a step for reports from today on. Raises Refused, NotFound."""
    async with transaction():
        today = await _today(person, employer, now)
        row = await fetch_one(
            "SELECT count(*), bool_or(lower(title) = lower($2)) AS known FROM protocol_step"
            " WHERE employer = $1 AND ended_on IS NULL",
            employer, step.title,
        )  # fmt: skip
        if row and row["known"]:
            raise Refused(N_("Deze stap staat er al."), "title")
        if row and row["count"] >= MOST_STEPS:
            raise Refused(N_("Er staan al twintig stappen. Haal er eerst een weg."))
        id = new_id()
        await execute(
            "INSERT INTO protocol_step (id, employer, title, assignee_role, days_after, at_report, since)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7)",
            id, employer, step.title, step.assignee_role, step.days_after, step.at_report, today,
        )  # fmt: skip
        await _changed(person, employer, Event.PROTOCOL_STEP_ADDED, now, id)


async def end_step(person: Person, step: UUID, *, now: datetime) -> None:
    """Ends one of the employer's own steps; what is open of it is closed. Raises NotFound."""
    async with transaction():
        await execute(EMPLOYER_OF, step)
        row = await fetch_one(
            "UPDATE protocol_step p SET ended_on = ($3::timestamptz AT TIME ZONE o.time_zone)::date"
            " FROM employer o WHERE o.id = p.employer AND p.id = $1 AND o.id = ANY($2)"
            " AND p.ended_on IS NULL RETURNING p.employer",
            step, administered(person), now,
        )  # fmt: skip
        if row is None:
            raise NotFound
        await _changed(person, row["employer"], Event.PROTOCOL_STEP_ENDED, now, step)


async def switch_term(person: Person, employer: UUID, term: str, *, off: bool, now: datetime) -> None:
    """Does without a term of practice, or takes it up again. Raises Refused for law, NotFound."""
    async with transaction():
        await _today(person, employer, now)
        if not may_switch_off(term):
            raise Refused(N_("Deze stap vraagt de wet. Die kan niet uit."))
        if off:
            await execute(
                "INSERT INTO switched_off_term (id, employer, term, since, by_account)"
                " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
                new_id(), employer, term, now, person.account_id,
            )  # fmt: skip
        else:
            await execute("DELETE FROM switched_off_term WHERE employer = $1 AND term = $2", employer, term)
        await _changed(person, employer, Event.TERM_SWITCHED, now, None, term=term, off=off)


async def remind_before(person: Person, employer: UUID, days: int, *, now: datetime) -> None:
    """Sets how many days before its last day a step is reminded of. Raises Refused, NotFound."""
    if not 1 <= days <= LONGEST_NOTICE:
        raise Refused(N_("Kies 1 tot en met 28 dagen."), "days")
    async with transaction():
        await _today(person, employer, now)
        await execute(
            "UPDATE employer_settings SET reminder_days_before = $2 WHERE employer = $1", employer, days
        )
        await _changed(person, employer, Event.REMINDERS_SET, now, None, days=days)


async def _today(person: Person, employer: UUID, now: datetime) -> date:
    row = await fetch_one(
        "SELECT time_zone FROM employer WHERE id = $1 AND id = ANY($2) FOR NO KEY UPDATE",
        employer, administered(person),
    )  # fmt: skip
    if row is None:
        raise NotFound
    return day_in(row["time_zone"], now)


async def _changed(
    person: Person, employer: UUID, event: Event, now: datetime, subject: UUID | None, **details: Any
) -> None:
    await execute(ANEW, employer)
    await record(event, now=now, account=person.account_id, subject=subject or employer, **details)

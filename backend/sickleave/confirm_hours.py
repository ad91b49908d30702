"""The manager agrees with the hours that an employee proposed to work again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from backend.access.person import Person
from backend.audit.events import Event
from backend.sickleave.answer_hours import Answer, answer_hours

CONFIRMED = Answer("confirmed", "hours_confirmed", Event.PARTIAL_RECOVERY_CONFIRMED, "hours_agreed")


async def confirm_hours(person: Person, proposal_id: UUID, key: UUID, *, now: datetime) -> str:
    """Agrees with the proposal. Returns the address of the page about the employee. Raises NotFound, Refused,
    AnotherBody (see answer_hours)."""
    return await answer_hours(person, proposal_id, key, CONFIRMED, now=now)

"""The manager does not agree with the hours that an employee proposed: they talk first, and the employee may
propose others."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from backend.access.person import Person
from backend.audit.events import Event
from backend.sickleave.answer_hours import Answer, answer_hours

REFUSED = Answer("refused", "hours_refused", Event.PARTIAL_RECOVERY_REFUSED, "hours_refused")


async def refuse_hours(person: Person, proposal_id: UUID, word: str, key: UUID, *, now: datetime) -> str:
    """Closes the proposal, with a word for the employee or without; the spell runs on. Returns the address of
    the page about the employee. Raises NotFound, Refused, AnotherBody (see answer_hours)."""
    return await answer_hours(person, proposal_id, key, REFUSED, now=now, word=word)

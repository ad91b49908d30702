"""Sign another device of one's own out: a phone that was lost, a computer at work."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from backend.access.person import Person
from backend.accounts.sessions import end_other_sessions
from backend.audit.events import Event
from backend.audit.record import record
from backend.foundation.database import fetch_value, transaction
from backend.foundation.hint import changed
from backend.foundation.refusal import NotFound


async def sign_out_device(person: Person, device: UUID, *, now: datetime) -> None:
    """Ends that session at once. Raises NotFound when it is not a live one of this person."""
    async with transaction():
        ended = await fetch_value(
            "UPDATE session SET ended_at = $3, pending = NULL WHERE id = $1 AND account = $2"
            " AND ended_at IS NULL RETURNING id",
            device, person.account_id, now,
        )  # fmt: skip
        if ended is None:
            raise NotFound
        changed(device)
        await record(Event.SESSION_ENDED, now=now, account=person.account_id, subject=device)


async def sign_out_others(person: Person, *, now: datetime) -> None:
    """Ends every session of this person but the one at hand."""
    async with transaction():
        ended = await end_other_sessions(person.account_id, person.session_id, now=now)
        await record(Event.SESSIONS_ENDED, now=now, account=person.account_id, number=ended)

"""How the outbox is doing, for whoever runs the service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backend.foundation.database import fetch, fetch_one


@dataclass(frozen=True, slots=True)
class State:
    """`oldest_due_at` is None when nothing is due."""

    waiting: int
    dead: int
    oldest_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class DeadMessage:
    """A message that was given up; `why` names the kind of failure only."""

    id: UUID
    notice: str
    channel: str
    created_at: datetime
    dead_at: datetime
    attempts: int
    why: str | None


async def state() -> State:
    """What waits and what is dead."""
    row = await fetch_one(
        "SELECT (SELECT count(*) FROM message WHERE done_at IS NULL AND dead_at IS NULL) AS waiting,"
        " (SELECT count(*) FROM message WHERE dead_at IS NOT NULL) AS dead,"
        " (SELECT min(due_at) FROM message WHERE done_at IS NULL AND dead_at IS NULL) AS oldest_due_at"
    )
    return State(**row) if row else State(0, 0, None)


async def dead_messages(limit: int = 100) -> list[DeadMessage]:
    """Latest first."""
    rows = await fetch(
        "SELECT id, notice, channel, created_at, dead_at, attempts, last_error AS why FROM message"
        " WHERE dead_at IS NOT NULL ORDER BY dead_at DESC LIMIT $1",
        limit,
    )
    return [DeadMessage(**row) for row in rows]

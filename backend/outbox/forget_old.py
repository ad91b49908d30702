"""Messages that were sent long enough ago, and secrets of dead ones that nobody could use any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from backend.foundation.database import execute, fetch_value

KEPT_AFTER_DONE = timedelta(days=30)
"""Long enough to answer "did you send me that?"."""


async def forget_old_messages(*, now: datetime) -> int:
    """How many messages were thrown away."""
    await execute(
        "UPDATE message SET secret = NULL WHERE secret IS NOT NULL AND dead_at IS NOT NULL"
        " AND coalesce(expires_at, dead_at + interval '4 days') < $1",
        now,
    )
    count: int = await fetch_value(
        "WITH gone AS (DELETE FROM message WHERE done_at < $1 RETURNING 1) SELECT count(*) FROM gone",
        now - KEPT_AFTER_DONE,
    )
    return count

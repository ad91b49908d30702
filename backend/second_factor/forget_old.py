"""SMS codes that nobody can use any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from backend.foundation.database import fetch_value

KEPT_AFTER_END = timedelta(days=1)


async def forget_old_codes(*, now: datetime) -> int:
    """How many were thrown away."""
    count: int = await fetch_value(
        "WITH gone AS (DELETE FROM sms_code WHERE expires_at < $1 RETURNING 1) SELECT count(*) FROM gone",
        now - KEPT_AFTER_END,
    )
    return count

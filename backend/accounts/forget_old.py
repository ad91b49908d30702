"""Sessions and reset links that ended some time ago."""

from __future__ import annotations

from datetime import datetime, timedelta

from backend.foundation.database import fetch_value

KEPT_AFTER_END = timedelta(days=1)


async def forget_old_sessions(*, now: datetime) -> int:
    """How many were thrown away; the audit keeps what happened."""
    ended = now - KEPT_AFTER_END
    sessions: int = await fetch_value(
        "WITH gone AS (DELETE FROM session s WHERE (expires_at < $1 OR ended_at < $1)"
        " AND NOT EXISTS (SELECT FROM sms_code c WHERE c.session = s.id)"
        " RETURNING 1) SELECT count(*) FROM gone",
        ended,
    )
    links: int = await fetch_value(
        "WITH gone AS (DELETE FROM password_reset WHERE expires_at < $1 RETURNING 1)"
        " SELECT count(*) FROM gone",
        ended,
    )
    return sessions + links

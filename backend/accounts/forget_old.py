"""Sessions and reset links that ended some time ago."""

from __future__ import annotations

from datetime import datetime, timedelta

from backend.foundation.database import fetch_value

KEPT_AFTER_END = timedelta(days=1)
KEPT_FOR_PUSHES = timedelta(days=30)
"""A device where nobody signed out still hears that there is news, though it must sign in to read it."""


async def forget_old_sessions(*, now: datetime) -> int:
    """How many were thrown away; the audit keeps what happened."""
    ended = now - KEPT_AFTER_END
    sessions: int = await fetch_value(
        "WITH gone AS (DELETE FROM session s WHERE (expires_at < $1 OR ended_at < $1)"
        " AND NOT EXISTS (SELECT FROM sms_code c WHERE c.session = s.id)"
        " AND NOT EXISTS (SELECT FROM push_subscription p WHERE p.session = s.id AND s.expires_at > $2)"
        " RETURNING 1) SELECT count(*) FROM gone",
        ended,
        now - KEPT_FOR_PUSHES,
    )
    links: int = await fetch_value(
        "WITH gone AS (DELETE FROM password_reset WHERE expires_at < $1 RETURNING 1)"
        " SELECT count(*) FROM gone",
        ended,
    )
    return sessions + links

"""Codes that expired some time ago."""

from __future__ import annotations

from datetime import datetime, timedelta

from backend.foundation.database import fetch_value

KEPT_AFTER_END = timedelta(hours=1)


async def forget_old_codes(*, now: datetime) -> int:
    """How many were thrown away; the audit keeps that they were sent."""
    count: int = await fetch_value(
        "WITH gone AS (DELETE FROM sms_code WHERE expires_at < $1 RETURNING 1) SELECT count(*) FROM gone",
        now - KEPT_AFTER_END,
    )
    return count

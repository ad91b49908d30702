"""Answers to forms that no phone will send again."""

from __future__ import annotations

from datetime import datetime, timedelta

from backend.foundation.database import fetch_value

KEPT = timedelta(days=7)
"""A phone keeps a report that waits for the network for 48 hours."""


async def forget_old_answers(*, now: datetime) -> int:
    """How many were thrown away."""
    count: int = await fetch_value(
        "WITH gone AS (DELETE FROM answered_request WHERE answered_at < $1 RETURNING 1)"
        " SELECT count(*) FROM gone",
        now - KEPT,
    )
    return count

"""Tries that no limit looks back at any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from backend.foundation.database import fetch_value

LONGEST = timedelta(days=1)
"""The longest stretch in rules.py."""


async def forget_old_attempts(*, now: datetime) -> int:
    """How many keys were thrown away."""
    count: int = await fetch_value(
        "WITH gone AS (DELETE FROM attempts WHERE cardinality(moments) = 0"
        " OR moments[cardinality(moments)] < $1 RETURNING 1) SELECT count(*) FROM gone",
        now - LONGEST,
    )
    return count

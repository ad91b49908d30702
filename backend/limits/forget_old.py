"""Tries that no limit looks back at any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from backend.foundation.database import fetch_value

LONGEST = timedelta(days=1)
"""The longest stretch in rules.py."""

FORGET = """
WITH gone AS (
    DELETE FROM attempts WHERE key IN (
        SELECT key FROM attempts WHERE cardinality(moments) = 0 OR moments[cardinality(moments)] < $1
        FOR UPDATE SKIP LOCKED)
    RETURNING 1)
SELECT count(*) FROM gone
"""
"""What somebody counts at this very moment stays: who writes counts twice and holds both, and would wait
for us while we wait for them."""


async def forget_old_attempts(*, now: datetime) -> int:
    """How many keys were thrown away."""
    count: int = await fetch_value(FORGET, now - LONGEST)
    return count

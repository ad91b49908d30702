"""A problem analysis that the company doctor posted is the step itself: nobody need tick it off. It is there,
so it wins over whoever found that it was not needed."""

from __future__ import annotations

from backend.foundation.database import fetch, fetch_value, transaction

# That there is an analysis is known to all around the employee, since the plan follows from it; what it says
# is not, and is not read here.
TO_SETTLE = """
SELECT d.id FROM dossier d WHERE d.id IN (
    SELECT e.dossier FROM entry e JOIN calendar_step s ON s.dossier = e.dossier
    LEFT JOIN action a ON a.entry = s.action
    WHERE e.kind = 'problem_analysis' AND s.term = 'problem_analysis' AND s.closed_at IS NULL
        AND CASE WHEN s.action IS NULL THEN s.done_at ELSE a.done_at END IS NULL)
ORDER BY d.id FOR NO KEY UPDATE
"""
UNSEEN = """
WITH done AS (
    UPDATE calendar_step s SET done_at = e.published_at FROM entry e
    WHERE e.kind = 'problem_analysis' AND e.dossier = ANY($1) AND s.dossier = e.dossier
        AND s.term = 'problem_analysis'
        AND s.action IS NULL AND s.done_at IS NULL AND s.closed_at IS NULL
    RETURNING 1)
SELECT count(*) FROM done
"""
SEEN = """
WITH done AS (
    UPDATE action a SET done_at = e.published_at, done_by = e.author, cancelled_at = NULL,
        cancelled_by = NULL, reason = CASE WHEN a.cancelled_at IS NULL THEN a.reason END
    FROM entry e JOIN calendar_step s ON s.dossier = e.dossier AND s.term = 'problem_analysis'
    WHERE e.kind = 'problem_analysis' AND e.dossier = ANY($1) AND a.entry = s.action
        AND s.closed_at IS NULL AND a.done_at IS NULL
    RETURNING 1)
SELECT count(*) FROM done
"""


async def settle_analyses() -> int:
    """Marks the steps whose analysis was posted; answers how many."""
    async with transaction():
        dossiers = [row["id"] for row in await fetch(TO_SETTLE)]
        if not dossiers:
            return 0
        count: int = await fetch_value(UNSEEN, dossiers)
        count += await fetch_value(SEEN, dossiers)
    return count

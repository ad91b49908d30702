"""Puts a step on the timeline, as an action, once it opens."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from backend.access.roles import Role
from backend.dossier.publish import publish
from backend.foundation.database import execute, fetch, transaction
from backend.legal_calendar.asked import ASKED
from backend.legal_calendar.terms import BY_NAME, MILESTONES, who_does

PRODUCT = ""
"""The role of what the product does itself: it has none."""
MORNING = timedelta(hours=7)
"""Until seven in the morning, at the employer's, the calendar still keeps to the day before, and what is
behindhand waits as well: nobody gets a duty or a mail at night."""
AT_ONCE = 50
"""Steps that open in one transaction."""

STEP = """
SELECT s.id, s.dossier, s.term, s.turn, s.due_on, s.action, s.closed_at, s.done_at, m.manager, m.case_manager,
       p.title AS own_title, p.assignee_role AS own_role
FROM calendar_step s JOIN dossier d ON d.id = s.dossier JOIN employment m ON m.id = d.employment
JOIN employer o ON o.id = m.employer LEFT JOIN protocol_step p ON p.id = s.protocol_step
LEFT JOIN action a ON a.entry = s.action
"""
NEXT = f"""
{STEP} WHERE s.action IS NULL AND {ASKED} AND s.term <> ALL($1)
    AND s.opens_on <= ($2::timestamptz AT TIME ZONE o.time_zone - $3::interval)::date AND s.opens_on <= $4
    AND ($2::timestamptz AT TIME ZONE o.time_zone)::time >= $3::interval::time
ORDER BY s.opens_on, s.due_on, s.id LIMIT $5 FOR NO KEY UPDATE OF d SKIP LOCKED FOR UPDATE OF s SKIP LOCKED
"""
"""A dossier in which somebody writes is left for the next minute: who holds several waits for none."""


async def open_steps(*, now: datetime, limit: int = 500) -> int:
    """Puts every step that opened on its timeline, some at a time: what is there stays. Answers how many;
    what is over the limit is for the next minute."""
    tomorrow = now.date() + timedelta(days=1)
    count = 0
    while count < limit:
        async with transaction():
            rows = await fetch(NEXT, MILESTONES, now, MORNING, tomorrow, AT_ONCE)
            for row in rows:
                await stand_open(row, now=now)
        count += len(rows)
        if len(rows) < AT_ONCE:
            break
    return count


async def stand_open(row: Any, *, now: datetime) -> UUID:
    """Publishes one step (a row of STEP) in the caller's transaction; answers the entry."""
    role = who_does(row["term"], row["own_role"])[0]
    facts = {"term": row["term"], "turn": row["turn"]}
    if term := BY_NAME.get(row["term"]):
        # Stored as they were worded, and translated for whoever reads (dossier/wording.py).
        facts |= {"title": term.title, "text": term.text, "source": term.source}
    entry = await publish(
        row["dossier"], "action", now=now, author_name="Beterschap", author_role=PRODUCT,
        title=row["own_title"] or "", facts=facts,
    )  # fmt: skip
    holders = {Role.MANAGER: row["manager"], Role.CASE_MANAGER: row["case_manager"]}
    await execute(
        "INSERT INTO action (entry, assignee, assignee_role, due_on, term) VALUES ($1, $2, $3, $4, $5)",
        entry, holders.get(role), role, row["due_on"], row["term"],
    )  # fmt: skip
    await execute("UPDATE calendar_step SET action = $2 WHERE id = $1", row["id"], entry)
    return entry

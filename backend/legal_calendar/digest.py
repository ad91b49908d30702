"""Every week, for each case manager: what is late and what comes, over all their dossiers."""

from __future__ import annotations

from datetime import datetime, timedelta

from backend.foundation.clock import HOME_ZONE, day_in
from backend.foundation.database import fetch, transaction
from backend.legal_calendar.open_steps import MORNING
from backend.legal_calendar.terms import MILESTONES
from backend.outbox.add import Promise, add_many

AHEAD = timedelta(days=7)
"""What comes is what ends within the week."""
LAST_WEEKDAY = 2
"""Monday, or a day or two later when the worker stood still; after that the week is told no more."""

LINES = """
SELECT m.case_manager, m.first_name || ' ' || m.last_name AS employee, o.name AS employer, s.dossier, s.term,
       p.title AS own_title, coalesce(a.due_on, s.due_on) AS due_on
FROM calendar_step s JOIN dossier d ON d.id = s.dossier JOIN employment m ON m.id = d.employment
JOIN employer o ON o.id = m.employer LEFT JOIN protocol_step p ON p.id = s.protocol_step
LEFT JOIN action a ON a.entry = s.action
WHERE s.done_at IS NULL AND s.closed_at IS NULL AND a.done_at IS NULL AND a.cancelled_at IS NULL
    AND s.term <> ALL($1) AND coalesce(a.due_on, s.due_on) <= $2
"""
"""What is open and ends by a day, in every dossier that has a case manager."""
MARK = f"""
INSERT INTO calendar_digest (role_holder, monday, promised_at)
SELECT r.id, $3, $4 FROM role_holder r
WHERE r.role = 'case_manager' AND (r.ended_on IS NULL OR r.ended_on > CURRENT_DATE)
    AND r.id IN (SELECT t.case_manager FROM ({LINES}) t)
ON CONFLICT DO NOTHING
RETURNING role_holder
"""


async def send_digests(*, now: datetime) -> int:
    """Promises this week's digest to every case manager who has something to look at; once, and none when
    there is nothing."""
    today = day_in(HOME_ZONE, now - MORNING)
    if today.weekday() > LAST_WEEKDAY:
        return 0
    monday = today - timedelta(days=today.weekday())
    async with transaction():
        rows = await fetch(MARK, MILESTONES, today + AHEAD, monday, now)
        about = [{"role_holder": str(row["role_holder"]), "monday": str(monday)} for row in rows]
        await add_many([Promise("calendar_digest", subject) for subject in about], now=now)
    return len(rows)

"""Every week, for each case manager: what is late and what comes, over all their dossiers."""

from __future__ import annotations

from datetime import datetime, timedelta

from backend.foundation.database import fetch, transaction
from backend.legal_calendar.asked import ASKED
from backend.legal_calendar.open_steps import MORNING
from backend.legal_calendar.terms import MILESTONES
from backend.outbox.add import Promise, add_many
from backend.outbox.kinds import Kind

AHEAD = timedelta(days=7)
"""What comes is what ends within the week."""
CATCHES_UP = timedelta(days=3)
"""On Monday, or a day or two later when the worker stood still; after that the week is told no more."""

LINES = f"""
SELECT m.case_manager, m.first_name || ' ' || m.last_name AS employee, o.name AS employer, s.dossier, s.term,
       p.title AS own_title, coalesce(a.due_on, s.due_on) AS due_on
FROM calendar_step s JOIN dossier d ON d.id = s.dossier JOIN employment m ON m.id = d.employment
JOIN employer o ON o.id = m.employer LEFT JOIN protocol_step p ON p.id = s.protocol_step
LEFT JOIN action a ON a.entry = s.action
WHERE {ASKED} AND s.term <> ALL($1) AND coalesce(a.due_on, s.due_on) <= $2
"""
"""What is open and ends by a day, in every dossier that has a case manager."""
MARK = """
INSERT INTO calendar_digest (role_holder, monday, promised_at)
SELECT r.id, t.monday, $1 FROM role_holder r JOIN (
    SELECT o.provider, max(date_trunc('week', n.here)::date) AS monday FROM employer o
    CROSS JOIN LATERAL (SELECT $1::timestamptz AT TIME ZONE o.time_zone - $2::interval AS here) n
    GROUP BY o.provider HAVING bool_and(n.here < date_trunc('week', n.here) + $3::interval)) t
    ON t.provider = r.provider
WHERE r.role = 'case_manager' AND (r.ended_on IS NULL OR r.ended_on > t.monday)
ORDER BY r.id
ON CONFLICT DO NOTHING
RETURNING role_holder, monday
"""
"""Every case manager whose week began, also who has nothing to look at: what comes up on Tuesday waits for
the next Monday. The week begins once it did at each employer the provider serves, in its own time zone."""
WHO = f"SELECT DISTINCT t.case_manager FROM ({LINES}) t WHERE t.case_manager = ANY($3)"


async def send_digests(*, now: datetime) -> int:
    """Promises this week's digest to every case manager who has something to look at; once, and none when
    there is nothing."""
    async with transaction():
        marked = await fetch(MARK, now, MORNING, CATCHES_UP)
        mondays = {row["role_holder"]: row["monday"] for row in marked}
        if not mondays:
            return 0
        found = await fetch(WHO, MILESTONES, max(mondays.values()) + AHEAD, list(mondays))
        about = [
            {"role_holder": str(row["case_manager"]), "monday": str(mondays[row["case_manager"]])}
            for row in found
        ]
        promises = [Promise("calendar_digest", subject, kind=Kind.WEEKLY) for subject in about]
        await add_many(promises, now=now)
    return len(about)

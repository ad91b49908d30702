"""Reminds who has to do a step: some days before its last day, and on the day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from backend.access.roles import HELD_NOW, Role
from backend.foundation.database import fetch, transaction
from backend.legal_calendar.asked import ASKED
from backend.legal_calendar.open_steps import MORNING
from backend.legal_calendar.terms import MILESTONES, who_does
from backend.outbox.add import Promise, add_many
from backend.outbox.kinds import Kind

CAUGHT_UP = timedelta(days=3)
"""A worker that stood still still tells of the day itself so long afterwards: a weekend and a bit."""
A_DAY = timedelta(days=1)
"""It may be a day earlier or later at an employer than it is in Greenwich."""

MOST_DAYS = "SELECT max(reminder_days_before) FROM employer_settings"
AROUND = f"""
SELECT s.id FROM action a JOIN calendar_step s ON s.action = a.entry
WHERE a.done_at IS NULL AND a.cancelled_at IS NULL AND a.due_on BETWEEN $4 AND $5::date + ({MOST_DAYS})
UNION ALL
SELECT s.id FROM calendar_step s
WHERE s.action IS NULL AND s.done_at IS NULL AND s.closed_at IS NULL
    AND s.due_on BETWEEN $4 AND $5::date + ({MOST_DAYS})
"""
"""The steps that end around now, each half along its own index: what was settled costs nothing."""
DUE = f"""
SELECT s.id AS step, coalesce(a.due_on, s.due_on) AS due_on, x.reminder_days_before AS days,
       ($1::timestamptz AT TIME ZONE o.time_zone - $2::interval)::date AS today
FROM ({AROUND}) n JOIN calendar_step s ON s.id = n.id
JOIN dossier d ON d.id = s.dossier JOIN employment m ON m.id = d.employment
JOIN employer o ON o.id = m.employer JOIN employer_settings x ON x.employer = o.id
LEFT JOIN action a ON a.entry = s.action LEFT JOIN protocol_step p ON p.id = s.protocol_step
WHERE {ASKED} AND s.term <> ALL($3)
    AND ($1::timestamptz AT TIME ZONE o.time_zone)::time >= $2::interval::time
"""
MARK = f"""
INSERT INTO calendar_reminder (step, kind, due_on, reminded_at)
SELECT t.step, t.kind, t.due_on, $1
FROM (SELECT *, CASE WHEN today < due_on THEN 'before' ELSE 'day' END AS kind FROM ({DUE}) u) t
WHERE t.today BETWEEN t.due_on - t.days AND t.due_on + $6::int AND NOT EXISTS (
    SELECT FROM calendar_reminder r WHERE r.step = t.step AND r.kind = t.kind AND r.due_on = t.due_on)
ORDER BY t.step
ON CONFLICT DO NOTHING
RETURNING step
"""
WROTE = "SELECT e.author FROM entry e WHERE e.dossier = s.dossier AND e.author_role = 'company_doctor'"
WHO = f"""
SELECT s.id, s.term, p.assignee_role AS own_role, m.account,
    (SELECT r.id FROM role_holder r WHERE r.id = m.manager AND {HELD_NOW}) AS manager,
    (SELECT r.id FROM role_holder r WHERE r.id = m.case_manager AND {HELD_NOW}) AS case_manager,
    ARRAY(SELECT r.id FROM role_holder r JOIN employer o ON o.id = m.employer
          WHERE r.provider = o.provider AND r.role = 'company_doctor' AND {HELD_NOW}
              AND (r.account IN ({WROTE}) OR NOT EXISTS ({WROTE}))) AS doctors
FROM calendar_step s JOIN dossier d ON d.id = s.dossier JOIN employment m ON m.id = d.employment
LEFT JOIN protocol_step p ON p.id = s.protocol_step
WHERE s.id = ANY($1)
"""


async def remind(*, now: datetime) -> int:
    """Promises every reminder that is due and was not promised before; answers how many steps.

    The mark and the promise go in together, so neither a restart nor a second worker reminds twice; two at
    once mark in the same order, so that neither waits for the other in a circle.
    """
    async with transaction():
        around = now.date() - CAUGHT_UP - A_DAY, now.date() + A_DAY
        marked = await fetch(MARK, now, MORNING, MILESTONES, *around, CAUGHT_UP.days)
        if marked:
            rows = await fetch(WHO, [row["step"] for row in marked])
            await add_many([promise for row in rows for promise in _promises(row)], now=now)
    return len(marked)


def _promises(row: Any) -> Iterator[Promise]:
    """One for each who has to do it; the case manager when there is nobody for it. Of the provider's doctors
    the one who wrote in the dossier before, and all of them as long as none did."""
    found = list(_told(row))
    if not found and row["case_manager"]:
        found = [{"role_holder": str(row["case_manager"])}]
    for whom in found:
        yield Promise("calendar_reminder", {"step": str(row["id"])} | whom, kind=Kind.REMINDERS)


def _told(row: Any) -> Iterator[dict[str, str]]:
    for role in who_does(row["term"], row["own_role"]):
        if role == Role.EMPLOYEE:
            if row["account"]:
                yield {"account": str(row["account"])}
        elif role == Role.COMPANY_DOCTOR:
            yield from ({"role_holder": str(doctor)} for doctor in row["doctors"])
        elif row[role]:
            yield {"role_holder": str(row[role])}

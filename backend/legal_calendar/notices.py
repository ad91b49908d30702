"""The mails of the calendar. Subject lines say nothing: they show on locked phones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from backend.access.roles import HELD_NOW
from backend.foundation.database import fetch, fetch_one
from backend.foundation.languages import N_
from backend.legal_calendar.asked import ASKED
from backend.legal_calendar.digest import AHEAD, LINES
from backend.legal_calendar.queries import title_of
from backend.legal_calendar.terms import MILESTONES
from backend.outbox.letters import NEWS, Mail
from backend.outbox.registry import notice

WEEKLY = N_("Je overzicht van deze week")
SHOWN = 25
"""Lines in a digest; the caseload has them all."""

STEP = f"""
SELECT s.dossier, s.term, p.title AS own_title, coalesce(a.due_on, s.due_on) AS due_on,
       m.account, m.first_name || ' ' || m.last_name AS employee, o.name AS employer
FROM calendar_step s JOIN dossier d ON d.id = s.dossier JOIN employment m ON m.id = d.employment
JOIN employer o ON o.id = m.employer LEFT JOIN protocol_step p ON p.id = s.protocol_step
LEFT JOIN action a ON a.entry = s.action
WHERE s.id = $1 AND {ASKED}
"""
HOLDER = f"""
SELECT coalesce(a.first_name, r.name) AS name, r.email, r.language
FROM role_holder r LEFT JOIN account a ON a.id = r.account
WHERE r.id = $1 AND r.email <> '' AND {HELD_NOW}
"""
ACCOUNT = "SELECT first_name AS name, email, language FROM account WHERE id = $1"


@notice("calendar_reminder")
async def calendar_reminder(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`subject`: step, and account (the employee) or role_holder. Nobody is told of what is done by
    now, or no longer asked since somebody recovered or took the report back."""
    row = await fetch_one(STEP, UUID(subject["step"]))
    own = "account" in subject
    reader = await fetch_one(ACCOUNT if own else HOLDER, UUID(subject["account" if own else "role_holder"]))
    if row is None or reader is None:
        return None
    context = {
        "name": reader["name"], "title": title_of(row), "due_on": row["due_on"], "dossier": row["dossier"],
        "employee": None if own else row["employee"], "employer": row["employer"],
    }  # fmt: skip
    return Mail(reader["email"], NEWS, "calendar_reminder", context, reader["language"])


@notice("calendar_digest")
async def calendar_digest(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`subject`: role_holder (a case manager), monday."""
    holder, monday = UUID(subject["role_holder"]), date.fromisoformat(subject["monday"])
    reader = await fetch_one(HOLDER, holder)
    sql = f"{LINES} AND m.case_manager = $3 ORDER BY due_on, employee, s.id"
    rows = await fetch(sql, MILESTONES, monday + AHEAD, holder)
    if reader is None or not rows:
        return None
    late = sum(row["due_on"] < monday for row in rows)
    context = {
        "name": reader["name"], "late": late, "coming": len(rows) - late, "more": max(len(rows) - SHOWN, 0),
        "lines": [{**row, "title": title_of(row)} for row in rows[:SHOWN]],
    }  # fmt: skip
    return Mail(reader["email"], WEEKLY, "calendar_digest", context, reader["language"])

"""Who is told of a sick report and what follows, and in which words.

An employer may know that somebody is absent and since when, never why (BWBR0037896): the told mails carry
days and hours only, nothing that the employee wrote. Subject lines are neutral: they show on locked phones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from uuid import UUID

from backend.access.roles import HELD_NOW
from backend.foundation.database import fetch_one
from backend.outbox.letters import NEWS, Mail
from backend.outbox.registry import notice

EMPLOYEE = f"""
SELECT coalesce(a.email, e.email) AS email, coalesce(a.language, 'nl') AS language, e.first_name,
    w.name AS employer, s.dossier, s.first_sick_day, s.recovered_on, e.account,
    b.first_name || ' ' || b.last_name AS reported_by, c.first_name || ' ' || c.last_name AS recovered_by,
    ARRAY(SELECT r.name FROM role_holder r WHERE r.id IN (e.manager, e.case_manager)
        AND r.account IS DISTINCT FROM coalesce(s.recovery_reported_by, s.reported_by)
        AND r.account IS DISTINCT FROM e.account AND {HELD_NOW}
        ORDER BY r.id = e.case_manager) AS told
FROM spell s JOIN employment e ON e.id = s.employment JOIN employer w ON w.id = e.employer
    JOIN account b ON b.id = s.reported_by
    LEFT JOIN account c ON c.id = s.recovery_reported_by
    LEFT JOIN account a ON a.id = e.account
WHERE s.id = $1 AND coalesce(a.email, e.email) <> ''
"""
ROLE_HOLDER = f"""
SELECT r.email, r.language, coalesce(h.first_name, r.name) AS name, r.account, e.id AS employment,
    w.name AS employer,
    e.first_name || ' ' || e.last_name AS employee, s.first_sick_day, s.recovered_on,
    CASE WHEN s.reported_by IS DISTINCT FROM e.account
        THEN b.first_name || ' ' || b.last_name END AS reported_by,
    CASE WHEN s.recovery_reported_by IS DISTINCT FROM e.account
        THEN c.first_name || ' ' || c.last_name END AS recovered_by
FROM spell s JOIN employment e ON e.id = s.employment JOIN employer w ON w.id = e.employer
    JOIN role_holder r ON r.id = $2
    LEFT JOIN account h ON h.id = r.account
    JOIN account b ON b.id = s.reported_by
    LEFT JOIN account c ON c.id = s.recovery_reported_by
WHERE s.id = $1 AND r.email <> '' AND {HELD_NOW}
"""
PROPOSAL = """
SELECT h.starts_on, h.hours_a_week, a.first_name || ' ' || a.last_name AS answered_by
FROM partial_recovery h LEFT JOIN account a ON a.id = coalesce(h.confirmed_by, h.refused_by) WHERE h.id = $1
"""

ABOUT_A_SPELL = (
    "sick_report_confirmed", "sick_report_for_you", "sick_report_told",
    "withdrawal_confirmed", "withdrawal_for_you", "withdrawal_told",
    "recovery_confirmed", "recovery_for_you", "recovery_told",
    "recovery_withdrawn_confirmed", "recovery_withdrawn_told",
)  # fmt: skip
"""`subject`: spell. To the employee what they did (`_confirmed`) or somebody else for them (`_for_you`); to
who helps them (`_told`), whose role_holder is in `subject` too."""
ABOUT_HOURS = (
    "hours_proposal_confirmed", "hours_proposal_told", "hours_agreed", "hours_recorded", "hours_refused",
)  # fmt: skip
"""The same with a partial_recovery in `subject`. The word that goes with an answer, or with hours that were
agreed by talking, stands in the dossier alone."""


async def _mail(name: str, subject: Mapping[str, str], secret: str | None) -> Mail | None:
    spell = UUID(subject["spell"])
    if name.endswith("_told"):
        row = await fetch_one(ROLE_HOLDER, spell, UUID(subject["role_holder"]))
    else:
        row = await fetch_one(EMPLOYEE, spell)
    return Mail(row["email"], NEWS, name, dict(row), row["language"]) if row else None


async def _mail_with_hours(name: str, subject: Mapping[str, str], secret: str | None) -> Mail | None:
    mail = await _mail(name, subject, secret)
    row = await fetch_one(PROPOSAL, UUID(subject["partial_recovery"]))
    return replace(mail, context={**mail.context, **row}) if mail and row else None


for _name in ABOUT_A_SPELL:
    notice(_name)(partial(_mail, _name))
for _name in ABOUT_HOURS:
    notice(_name)(partial(_mail_with_hours, _name))

"""Who is told of a sick report and what follows, and in which words.

An employer may know that somebody is absent and since when, never why (BWBR0037896): the told mails carry
days and hours only, nothing that the employee wrote. Subject lines are neutral: they show on locked phones.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from backend.access.roles import HELD_NOW
from backend.foundation.database import fetch_one
from backend.foundation.languages import N_
from backend.outbox.letters import Mail
from backend.outbox.registry import notice

NEUTRAL = N_("Er staat iets nieuws voor je klaar")

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


async def _to_employee(template: str, subject: Mapping[str, str]) -> Mail | None:
    row = await fetch_one(EMPLOYEE, UUID(subject["spell"]))
    return Mail(row["email"], NEUTRAL, template, dict(row), row["language"]) if row else None


async def _to_role_holder(template: str, subject: Mapping[str, str]) -> Mail | None:
    row = await fetch_one(ROLE_HOLDER, UUID(subject["spell"]), UUID(subject["role_holder"]))
    return Mail(row["email"], NEUTRAL, template, dict(row), row["language"]) if row else None


async def _with_proposal(mail: Mail | None, subject: Mapping[str, str]) -> Mail | None:
    row = await fetch_one(PROPOSAL, UUID(subject["partial_recovery"]))
    if mail is None or row is None:
        return None
    return Mail(mail.to, mail.subject, mail.template, {**mail.context, **row}, mail.language)


@notice("sick_report_confirmed")
async def sick_report_confirmed(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`subject`: spell."""
    return await _to_employee("sick_report_confirmed", subject)


@notice("sick_report_for_you")
async def sick_report_for_you(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`subject`: spell. To the employee, whom somebody else reported."""
    return await _to_employee("sick_report_for_you", subject)


@notice("sick_report_told")
async def sick_report_told(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`subject`: spell, role_holder."""
    return await _to_role_holder("sick_report_told", subject)


@notice("withdrawal_confirmed")
async def withdrawal_confirmed(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`subject`: spell."""
    return await _to_employee("withdrawal_confirmed", subject)


@notice("withdrawal_for_you")
async def withdrawal_for_you(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`subject`: spell. To the employee, for whom somebody else took their own report back."""
    return await _to_employee("withdrawal_for_you", subject)


@notice("withdrawal_told")
async def withdrawal_told(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`subject`: spell, role_holder."""
    return await _to_role_holder("withdrawal_told", subject)


@notice("recovery_withdrawn_confirmed")
async def recovery_withdrawn_confirmed(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`subject`: spell."""
    return await _to_employee("recovery_withdrawn_confirmed", subject)


@notice("recovery_withdrawn_told")
async def recovery_withdrawn_told(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`subject`: spell, role_holder."""
    return await _to_role_holder("recovery_withdrawn_told", subject)


@notice("recovery_confirmed")
async def recovery_confirmed(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`subject`: spell."""
    return await _to_employee("recovery_confirmed", subject)


@notice("recovery_for_you")
async def recovery_for_you(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`subject`: spell. To the employee, whom somebody else reported."""
    return await _to_employee("recovery_for_you", subject)


@notice("recovery_told")
async def recovery_told(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`subject`: spell, role_holder."""
    return await _to_role_holder("recovery_told", subject)


@notice("hours_proposal_confirmed")
async def hours_proposal_confirmed(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`subject`: spell, partial_recovery."""
    return await _with_proposal(await _to_employee("hours_proposal_confirmed", subject), subject)


@notice("hours_proposal_told")
async def hours_proposal_told(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`subject`: spell, partial_recovery, role_holder."""
    return await _with_proposal(await _to_role_holder("hours_proposal_told", subject), subject)


@notice("hours_agreed")
async def hours_agreed(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`subject`: spell, partial_recovery. To the employee, whose proposal was confirmed."""
    return await _with_proposal(await _to_employee("hours_agreed", subject), subject)


@notice("hours_recorded")
async def hours_recorded(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`subject`: spell, partial_recovery. To the employee, with whom hours were agreed by talking; the word
    that goes with it stands in the dossier alone."""
    return await _with_proposal(await _to_employee("hours_recorded", subject), subject)


@notice("hours_refused")
async def hours_refused(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`subject`: spell, partial_recovery. To the employee; the word that goes with it stands in the dossier
    alone."""
    return await _with_proposal(await _to_employee("hours_refused", subject), subject)

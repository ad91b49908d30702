"""The employee, and who around them has to know, are told that something new is there, and never what: mails
show on locked phones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backend.access.roles import HELD_NOW
from backend.foundation.database import fetch_one
from backend.outbox.letters import NEWS, Mail
from backend.outbox.registry import notice

EMPLOYEE = """
SELECT a.email, a.language, a.first_name, e.dossier
FROM entry e JOIN dossier d ON d.id = e.dossier JOIN employment m ON m.id = d.employment
    JOIN account a ON a.id = m.account
WHERE e.id = $1
"""
HELPER = f"""
SELECT r.email, r.language, coalesce(a.first_name, r.name) AS name, e.dossier,
       m.first_name || ' ' || m.last_name AS employee
FROM entry e JOIN dossier d ON d.id = e.dossier JOIN employment m ON m.id = d.employment
    JOIN employer o ON o.id = m.employer
    JOIN role_holder r ON r.id = $2 AND (r.id IN (m.manager, m.case_manager)
        OR (r.role = 'company_doctor' AND r.provider = o.provider))
    LEFT JOIN account a ON a.id = r.account
WHERE e.id = $1 AND r.email <> '' AND {HELD_NOW}
    AND (e.audience = 'shared' OR r.role = 'company_doctor')
"""
"""A helper who stands around the employee no longer hears nothing; of what is medical only doctors do."""


@notice("entry_posted")
async def entry_posted(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`subject`: entry. Nobody to tell when the employee has no account."""
    return _mail("entry_posted", await fetch_one(EMPLOYEE, UUID(subject["entry"])))


@notice("entry_for_helper")
async def entry_for_helper(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`subject`: entry, role_holder."""
    row = await fetch_one(HELPER, UUID(subject["entry"]), UUID(subject["role_holder"]))
    return _mail("entry_for_helper", row)


def _mail(name: str, row: Any) -> Mail | None:
    if row is None:
        return None
    return Mail(row["email"], NEWS, name, dict(row), row["language"], f"/dossiers/{row['dossier']}")

"""The employee is told that something new is there, and never what: mails show on locked phones."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from backend.foundation.database import fetch_one
from backend.foundation.languages import N_
from backend.outbox.letters import Mail
from backend.outbox.registry import notice

EMPLOYEE = """
SELECT a.email, a.language, a.first_name, e.dossier
FROM entry e JOIN dossier d ON d.id = e.dossier JOIN employment m ON m.id = d.employment
    JOIN account a ON a.id = m.account
WHERE e.id = $1
"""


@notice("entry_posted")
async def entry_posted(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`subject`: entry. Nobody to tell when the employee has no account."""
    row = await fetch_one(EMPLOYEE, UUID(subject["entry"]))
    if row is None:
        return None
    subject_line = N_("Er staat iets nieuws voor je klaar")
    opens = f"/dossiers/{row['dossier']}"
    return Mail(row["email"], subject_line, "entry_posted", dict(row), row["language"], opens)

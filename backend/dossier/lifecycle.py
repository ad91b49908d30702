"""A dossier opens at a sick report, closes at recovery, and runs on when the next spell belongs to it.

Each joins the caller's transaction; whoever calls has judged that it may, and records it.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from backend.foundation.database import execute
from backend.foundation.tokens import new_id

REOPEN = """
UPDATE dossier d SET closed_on = NULL
FROM (SELECT m.id FROM employment m WHERE m.id = (SELECT o.employment FROM dossier o WHERE o.id = $1)
      FOR NO KEY UPDATE) m
WHERE d.id = $1 AND d.employment = m.id
"""
"""The job first and its dossier after, like whoever changes a job: a spell that is written with it writes
in the job as well."""


async def open_dossier(employment_id: UUID, opened_on: date, *, now: datetime) -> UUID:
    """Opens a dossier from the first sick day on and returns its id."""
    dossier_id = new_id()
    await execute(
        "INSERT INTO dossier (id, employment, opened_on, opened_at) VALUES ($1, $2, $3, $4)",
        dossier_id, employment_id, opened_on, now,
    )  # fmt: skip
    return dossier_id


async def close_dossier(dossier_id: UUID, closed_on: date) -> None:
    """Closes it with its last day; it stays readable for good."""
    await execute("UPDATE dossier SET closed_on = $2 WHERE id = $1", dossier_id, closed_on)


async def reopen_dossier(dossier_id: UUID) -> None:
    """Lets it run on: a new spell joined it (BW 7:629(10))."""
    await execute(REOPEN, dossier_id)

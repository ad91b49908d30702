"""Who looked at what of somebody else, for the employee to read (NEN 7513)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from backend.foundation.database import execute

What = Literal["dossier", "note", "document"]

ONE_VISIT = timedelta(minutes=15)
"""Reloading and scrolling within one visit is one look. Every viewer, thing and quarter of an hour stays
visible, and the employee's list stays short enough to be read."""


async def looked(
    *,
    employment: UUID,
    employee: UUID | None,
    viewer: UUID,
    viewer_name: str,
    viewer_role: str,
    what: What,
    subject: UUID,
    now: datetime,
) -> None:
    """Remembers that `viewer` (an account) opened `subject`; nothing when the viewer is the employee's own
    account. At most one line per viewer, thing and ONE_VISIT."""
    if viewer == employee:
        return
    await execute(
        "INSERT INTO access_log_line (at, employment, viewer, viewer_name, viewer_role, what, subject)"
        " SELECT $1, $2, $3, $4, $5, $6, $7 WHERE NOT EXISTS ("
        " SELECT FROM access_log_line WHERE employment = $2 AND at > $8"
        " AND viewer = $3 AND viewer_role = $5::varchar AND what = $6::varchar AND subject = $7)",
        now,
        employment,
        viewer,
        viewer_name,
        viewer_role,
        what,
        subject,
        now - ONE_VISIT,
    )

"""What a person may read about who looked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backend.foundation.database import fetch


@dataclass(frozen=True, slots=True)
class Look:
    """One line of "Wie heeft mijn dossier bekeken"."""

    id: int
    at: datetime
    employment: UUID
    viewer_name: str
    viewer_role: str
    what: str
    subject: UUID


async def access_log(
    employment_ids: Sequence[UUID], before: int | None = None, limit: int = 50
) -> list[Look]:
    """Newest first; `before` is the id of the last line already shown. The ids must be the reader's own
    employments."""
    rows = await fetch(
        "SELECT id, at, employment, viewer_name, viewer_role, what, subject FROM access_log_line"
        " WHERE employment = ANY($1::uuid[])"
        " AND ($2::bigint IS NULL OR (at, id) < (SELECT at, id FROM access_log_line WHERE id = $2))"
        " ORDER BY at DESC, id DESC LIMIT $3",
        list(employment_ids),
        before,
        limit,
    )
    return [Look(**row) for row in rows]

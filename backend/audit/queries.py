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
    medical: bool
    """Whether something medical was there to be seen, as far as that is known."""
    kind: str | None
    """Of the entry that was opened by itself, and so are the next two; else None."""
    title: str | None
    published_at: datetime | None


LOOKS = """
SELECT l.id, l.at, l.employment, l.viewer_name, l.viewer_role, l.what, l.subject,
       coalesce(l.medical, e.audience = 'medical', false) AS medical, e.kind, e.title, e.published_at
FROM access_log_line l LEFT JOIN entry e ON e.id = l.subject
WHERE l.employment = ANY($1::uuid[])
  AND ($2::bigint IS NULL OR (l.at, l.id) < (SELECT at, id FROM access_log_line WHERE id = $2))
ORDER BY l.at DESC, l.id DESC LIMIT $3
"""


async def access_log(
    employment_ids: Sequence[UUID], before: int | None = None, limit: int = 50
) -> list[Look]:
    """Newest first; `before` is the id of the last line already shown. The ids must be the reader's own
    employments."""
    rows = await fetch(LOOKS, list(employment_ids), before, limit)
    return [Look(**row) for row in rows]

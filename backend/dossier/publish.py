"""Puts an entry on a timeline."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

from backend.access.person import Person
from backend.foundation.database import execute
from backend.foundation.hint import changed
from backend.foundation.tokens import new_id


async def publish(
    dossier_id: UUID,
    kind: str,
    *,
    now: datetime,
    author: Person | None = None,
    author_name: str | None = None,
    author_role: str = "employee",
    title: str = "",
    body: str = "",
    facts: dict[str, object] | None = None,
    audience: str = "shared",
) -> UUID:
    """Publishes one entry in the caller's transaction and returns its id. Nothing ever erases it. Pages
    on which the dossier stands open hear of it once that commits.

    What the product can word itself goes into `facts` (see wording.py), so that each reader gets it in their
    own language; what a person wrote goes into `title` and `body`. Dates and hours may be given as such.
    """
    entry_id = new_id()
    await execute(
        "INSERT INTO entry (id, dossier, kind, published_at, author, author_name, author_role, audience,"
        " title, body, facts) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        entry_id, dossier_id, kind, now, author and author.account_id,
        author_name or (author.name if author else ""), author_role, audience, title, body,
        json.dumps(facts or {}, default=str),
    )  # fmt: skip
    changed(dossier_id)
    return entry_id

"""The person has seen a timeline up to some moment."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from backend.access import scopes
from backend.access.person import Person
from backend.foundation.database import fetch_value
from backend.foundation.refusal import NotFound
from backend.foundation.tokens import new_id


async def mark_seen(person: Person, dossier_id: UUID, *, until: datetime) -> None:
    """Entries published and corrected up to `until` are new no more; it never goes back. Raises NotFound.

    `until` is the newest that was shown, not the present: what came in meanwhile stays new.
    """
    scope = scopes.dossiers(person, after=4)
    marked = await fetch_value(
        "INSERT INTO dossier_seen (id, account, dossier, seen_at)"
        f" SELECT $1, $2, d.id, $4 FROM dossier d WHERE d.id = $3 AND {scope.sql}"
        " ON CONFLICT (account, dossier) DO UPDATE"
        " SET seen_at = greatest(dossier_seen.seen_at, excluded.seen_at) RETURNING true",
        new_id(), person.account_id, dossier_id, until, *scope.args,
    )  # fmt: skip
    if not marked:
        raise NotFound

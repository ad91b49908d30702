"""What a person may read of what was written and corrected: their own drafts, and how a note read before."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from markupsafe import Markup

from backend.access import scopes
from backend.access.person import Person
from backend.dossier.formatted import formatted
from backend.foundation.database import fetch, fetch_one
from backend.foundation.refusal import NotFound

DRAFTS = "SELECT kind FROM draft WHERE dossier = $1 AND author = $2"
ANALYSED = """
SELECT FROM entry e JOIN dossier d ON d.id = e.dossier
WHERE e.dossier = $1 AND e.kind = 'problem_analysis' AND e.audience = 'shared' AND {scope}
"""
DRAFT = """
SELECT title, body, audience, fields, updated_at FROM draft WHERE dossier = $1 AND author = $2 AND kind = $3
"""
EARLIER = """
SELECT c.title, c.body, c.corrected_at FROM correction c JOIN entry e ON e.id = c.entry
JOIN dossier d ON d.id = e.dossier
WHERE c.entry = $1 AND {scope} ORDER BY c.corrected_at DESC, c.id DESC
"""
OWN_NOTE = """
SELECT e.title, e.body, e.facts, e.audience FROM entry e JOIN dossier d ON d.id = e.dossier
WHERE e.id = $1 AND e.dossier = $2 AND e.author = $3 AND e.kind = 'note' AND {scope}
"""


@dataclass(frozen=True, slots=True)
class Earlier:
    """How a note read, up to when."""

    title: str
    html: Markup
    until: datetime


async def draft_kinds(person: Person, dossier_id: UUID) -> frozenset[str]:
    """Of which kinds of entry the person has a draft in this dossier."""
    return frozenset(row["kind"] for row in await fetch(DRAFTS, dossier_id, person.account_id))


async def is_analysed(person: Person, dossier_id: UUID) -> bool:
    """Whether the dossier has its problem analysis, which is written once."""
    scope = scopes.entries(person, after=1)
    return await fetch_one(ANALYSED.format(scope=scope.sql), dossier_id, *scope.args) is not None


async def draft(person: Person, dossier_id: UUID, kind: str) -> dict[str, Any]:
    """The person's own draft as their form's data, or nothing."""
    row = await fetch_one(DRAFT, dossier_id, person.account_id, kind)
    if row is None:
        return {}
    return {"title": row["title"], "body": row["body"], "audience": row["audience"],
            "updated_at": row["updated_at"], **json.loads(row["fields"])}  # fmt: skip


async def earlier(person: Person, entry: UUID) -> list[Earlier]:
    """Every reading of a note before the present one, the latest first."""
    scope = scopes.entries(person, after=1)
    rows = await fetch(EARLIER.format(scope=scope.sql), entry, *scope.args)
    return [Earlier(row["title"], formatted(row["body"]), row["corrected_at"]) for row in rows]


async def own_note(person: Person, dossier_id: UUID, entry: UUID) -> dict[str, Any]:
    """A note as its writer corrects it. Raises NotFound for who did not write it."""
    scope = scopes.entries(person, after=3)
    args = (entry, dossier_id, person.account_id, *scope.args)
    row = await fetch_one(OWN_NOTE.format(scope=scope.sql), *args)
    if row is None:
        raise NotFound
    return {"title": row["title"], "body": row["body"], "audience": row["audience"],
            "kind": json.loads(row["facts"]).get("note_kind", "other")}  # fmt: skip

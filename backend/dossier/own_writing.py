"""What a person may read of what was written and corrected: their drafts, and how an entry read before."""

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
from backend.dossier.posted_wording import advice_words
from backend.foundation.database import fetch, fetch_one

DRAFTS = "SELECT kind FROM draft WHERE dossier = $1 AND author = $2"
ANALYSED = """
SELECT FROM entry e JOIN dossier d ON d.id = e.dossier
WHERE e.dossier = $1 AND e.kind = 'problem_analysis' AND e.audience = 'shared' AND {scope}
"""
DRAFT = """
SELECT title, body, audience, fields, updated_at FROM draft WHERE dossier = $1 AND author = $2 AND kind = $3
"""
EARLIER = """
SELECT e.kind, c.title, c.body, c.facts, c.corrected_at FROM correction c JOIN entry e ON e.id = c.entry
JOIN dossier d ON d.id = e.dossier
WHERE c.entry = $1 AND {scope} ORDER BY c.corrected_at DESC, c.id DESC
"""


@dataclass(frozen=True, slots=True)
class Earlier:
    """How an entry read, up to when."""

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
    """Every reading of an entry before the present one, the latest first."""
    scope = scopes.entries(person, after=1)
    rows = await fetch(EARLIER.format(scope=scope.sql), entry, *scope.args)
    return [Earlier(row["title"], formatted(_said(row)), row["corrected_at"]) for row in rows]


def _said(row: Any) -> str:
    """An advice in words, field by field; of others the text is what was written."""
    if row["kind"] != "advice":
        return str(row["body"])
    return advice_words(json.loads(row["facts"]), row["corrected_at"].date())[1]

"""What somebody is still writing is kept as they type, and seen by nobody else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from backend.access.person import Person
from backend.dossier.desk import desk
from backend.dossier.in_turn import in_turn
from backend.foundation.database import execute, fetch_one, transaction
from backend.foundation.tokens import new_id

SAVE = """
INSERT INTO draft (id, dossier, author, kind, title, body, audience, fields, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (dossier, author, kind) DO UPDATE SET title = excluded.title, body = excluded.body,
    audience = excluded.audience, fields = excluded.fields, updated_at = excluded.updated_at
"""

DROP = "DELETE FROM draft WHERE dossier = $1 AND author = $2 AND kind = $3"
DOCTORS = ("advice", "problem_analysis")
CHOSEN = ("kind", "audience", "entry", "assignee", "due_on")


@dataclass(frozen=True, slots=True)
class Words:
    """What was typed so far; `fields` are those that only this kind of entry has."""

    title: str = ""
    body: str = ""
    audience: str = "shared"
    fields: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether anything was typed: what is only chosen is no loss."""
        typed = (text for name, text in self.fields.items() if name not in CHOSEN)
        return bool(self.title or self.body or any(typed))


async def save_draft(
    person: Person, dossier_id: UUID, kind: str, words: Words, key: UUID, *, now: datetime
) -> bool:
    """Keeps it in place of what was kept before, and says whether it did: an empty sheet leaves no draft, nor
    does a form that was published under this key in the meantime. Raises NotFound."""
    async with transaction():
        place = await desk(person, dossier_id, now=now)
        if kind in DOCTORS:
            place.need_doctor()
        place.need(words.audience)
        await in_turn(dossier_id)  # who publishes it has it until the draft is gone
        if await fetch_one("SELECT FROM answered_request WHERE key = $1", key) is not None:
            return False
        if not words:
            await execute(DROP, dossier_id, person.account_id, kind)
            return False
        await execute(
            SAVE, new_id(), dossier_id, person.account_id, kind, words.title, words.body, words.audience,
            json.dumps(dict(words.fields)), now,
        )  # fmt: skip
    return True


async def drop_draft(person: Person, dossier_id: UUID, kind: str, *, now: datetime) -> None:
    """Throws the person's own draft away; no matter when there is none. Raises NotFound."""
    await desk(person, dossier_id, now=now)
    await execute(DROP, dossier_id, person.account_id, kind)

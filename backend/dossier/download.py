"""A document leaves the file store, to somebody who may have it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backend.access import scopes
from backend.access.person import Person
from backend.access.whose import COLUMNS, Whose
from backend.audit.events import Event
from backend.audit.record import record
from backend.dossier.look import look
from backend.foundation.database import fetch_one
from backend.foundation.refusal import NotFound
from backend.gateways.files import files

DOCUMENT = f"""
SELECT f.filename, f.content_type, f.size, f.stored_as, f.key, e.audience, {COLUMNS}
FROM document f JOIN entry e ON e.id = f.entry JOIN dossier d ON d.id = e.dossier
JOIN employment m ON m.id = d.employment JOIN employer o ON o.id = m.employer
WHERE f.entry = $1 AND {{scope}}
"""


@dataclass(frozen=True, slots=True)
class Download:
    """A file on its way: its readable content comes in pieces, and is never in memory as a whole."""

    filename: str
    content_type: str
    size: int
    pieces: AsyncIterator[bytes]


async def download(person: Person, entry_id: UUID, *, now: datetime) -> Download:
    """Opens a document and records that it was taken, for the employee to read too. Raises NotFound; and
    FileGone or FileDamaged, before a byte was sent, when the file store cannot give what it should."""
    scope = scopes.entries(person, after=1)
    row = await fetch_one(DOCUMENT.format(scope=scope.sql), entry_id, *scope.args)
    if row is None:
        raise NotFound
    pieces = files().open(row["stored_as"], row["key"])
    first = await anext(pieces, b"")
    await record(
        Event.DOCUMENT_DOWNLOADED, now=now, account=person.account_id, employment=row["employment"],
        subject=entry_id,
    )  # fmt: skip
    medical = row["audience"] == "medical"
    await look(person, Whose.of(row), "document", entry_id, now=now, medical=medical)
    return Download(row["filename"], row["content_type"], row["size"], _all(first, pieces))


async def _all(first: bytes, others: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for piece in others:
        yield piece

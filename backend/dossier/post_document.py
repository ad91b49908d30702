"""Documents go on the timeline: the rows that point to files already in the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backend.access.person import Person
from backend.audit.events import Event
from backend.dossier.desk import desk
from backend.dossier.posted import posted
from backend.dossier.publish import publish
from backend.foundation.database import execute
from backend.foundation.refusal import NotFound, Refused
from backend.idempotency.answered import AnotherBody, once
from backend.uploads.keep import Kept, drop

INSERT = """
INSERT INTO document (entry, filename, content_type, size, stored_as, key) VALUES ($1, $2, $3, $4, $5, $6)
"""


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes along with one or more files: a title, or each is called after its file."""

    title: str
    body: str
    audience: str = "shared"


async def post_document(
    person: Person, dossier_id: UUID, kept: Sequence[Kept], letter: Letter, key: UUID, *, now: datetime
) -> str:
    """Publishes each file as an entry, once per key; the text goes with the first. Returns where that stands.
    Files that come to stand nowhere, because it was sent before or is refused, leave the store again. When it
    breaks off they stay: the commit may have come through, and who sweeps the store looks (uploads/sweep.py).

    Raises NotFound when the dossier, or writing for this audience, is not the person's; TooOften,
    AnotherBody.
    """

    async def do() -> str:
        place = await desk(person, dossier_id, now=now)
        place.need(letter.audience)
        entry = None
        for number in reversed(range(len(kept))):  # the first is the newest, so that it stands on top
            file = kept[number]
            entry = await publish(
                dossier_id, "document", now=now, author=person, author_role=place.role,
                title=letter.title or file.filename.rpartition(".")[0],
                body=letter.body if number == 0 else "", audience=letter.audience,
            )  # fmt: skip
            await execute(
                INSERT, entry, file.filename, file.content_type, file.stored.size, file.stored.stored_as,
                file.stored.key,
            )  # fmt: skip
        assert entry is not None  # noqa: S101 (a form without files never comes here)
        return await posted(
            person, place, Event.DOCUMENT_POSTED, entry, now=now, draft="document", audience=letter.audience,
            files=len(kept),
        )  # fmt: skip

    body = {
        "dossier": str(dossier_id), "title": letter.title, "body": letter.body, "audience": letter.audience,
        "files": " ".join(file.digest for file in kept),
    }  # fmt: skip
    try:
        location, earlier = await once(person.account_id, key, body, now, do)
    except (NotFound, Refused, AnotherBody):
        await _drop(kept)
        raise
    if earlier:
        await _drop(kept)
    return location


async def _drop(kept: Sequence[Kept]) -> None:
    for file in kept:
        await drop(file)

"""A note goes on the timeline."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from backend.access.person import Person
from backend.audit.events import Event
from backend.dossier.desk import desk
from backend.dossier.posted import posted
from backend.dossier.publish import publish
from backend.idempotency.answered import once


@dataclass(frozen=True, slots=True)
class Note:
    """`kind` is one of NOTE_KINDS; without a title it is called after its kind."""

    kind: str
    title: str
    body: str
    audience: str = "shared"


async def post_note(person: Person, dossier_id: UUID, note: Note, key: UUID, *, now: datetime) -> str:
    """Publishes it once per key, takes its draft away and promises to tell the employee. Returns where it
    stands. Raises NotFound when the dossier, or writing for this audience, is not the person's; AnotherBody.
    """

    async def do() -> str:
        place = await desk(person, dossier_id, now=now)
        place.need(note.audience)
        entry = await publish(
            dossier_id, "note", now=now, author=person, author_role=place.role, title=note.title,
            body=note.body, facts={"note_kind": note.kind}, audience=note.audience,
        )  # fmt: skip
        return await posted(
            person, place, Event.NOTE_POSTED, entry, now=now, draft="note", audience=note.audience
        )

    body = {"dossier": str(dossier_id), **asdict(note)}
    return (await once(person.account_id, key, body, now, do))[0]

"""The writer of a note corrects it; how it read before stays readable."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from backend.access import scopes
from backend.access.person import Person
from backend.audit.events import Event
from backend.dossier.desk import desk
from backend.dossier.posted import posted
from backend.foundation.database import execute, fetch_one
from backend.foundation.hint import changed
from backend.foundation.languages import N_
from backend.foundation.refusal import NotFound, Refused
from backend.foundation.tokens import new_id
from backend.idempotency.answered import once

OWN = """
SELECT e.title, e.body FROM entry e JOIN dossier d ON d.id = e.dossier
WHERE e.id = $1 AND e.dossier = $2 AND e.author = $3 AND e.kind = 'note' AND {scope}
FOR UPDATE OF e
"""


async def correct_note(
    person: Person, dossier_id: UUID, entry: UUID, title: str, body: str, key: UUID, *, now: datetime
) -> str:
    """Keeps the earlier title and text beside the new. Returns where the note stands.

    Raises NotFound when the person did not write it or writes in this dossier no longer, Refused when nothing
    changed, AnotherBody.
    """

    async def do() -> str:
        place = await desk(person, dossier_id, now=now)
        scope = scopes.entries(person, after=3)
        args = (entry, dossier_id, person.account_id, *scope.args)
        before = await fetch_one(OWN.format(scope=scope.sql), *args)
        if before is None:
            raise NotFound
        if (before["title"], before["body"]) == (title, body):
            raise Refused(N_("Er is nog niets veranderd."), "body")
        await execute(
            "INSERT INTO correction (id, entry, title, body, corrected_at, corrected_by)"
            " VALUES ($1, $2, $3, $4, $5, $6)",
            new_id(), entry, before["title"], before["body"], now, person.account_id,
        )  # fmt: skip
        await execute("UPDATE entry SET title = $2, body = $3 WHERE id = $1", entry, title, body)
        await posted(person, place, Event.NOTE_CORRECTED, entry, now=now, draft="correction")
        changed(dossier_id)
        return f"/dossiers/{dossier_id}/notes/{entry}"

    given = {"entry": str(entry), "title": title, "body": body}
    return (await once(person.account_id, key, given, now, do))[0]

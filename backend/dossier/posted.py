"""What every posting does besides: it is recorded, the draft goes, and the employee is told."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from backend.access.person import Person
from backend.audit.events import Event
from backend.audit.record import record
from backend.dossier.desk import Desk
from backend.foundation.database import execute
from backend.outbox.add import add
from backend.outbox.kinds import Kind


async def posted(
    person: Person,
    desk: Desk,
    event: Event,
    entry: UUID,
    *,
    now: datetime,
    draft: str = "",
    **details: object,
) -> str:
    """Joins the caller's transaction. Returns where the entry stands."""
    await record(
        event, now=now, account=person.account_id, employment=desk.whose.employment, subject=entry,
        dossier=desk.dossier, **details,
    )  # fmt: skip
    if draft:
        await execute(
            "DELETE FROM draft WHERE dossier = $1 AND author = $2 AND kind = $3",
            desk.dossier, person.account_id, draft,
        )  # fmt: skip
    if desk.whose.employee is not None:
        about = {"entry": str(entry)}
        await add("entry_posted", about, now=now, reader=desk.whose.employee, kind=Kind.DOSSIER)
    return f"/dossiers/{desk.dossier}#entry-{entry}"

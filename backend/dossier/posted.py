"""What every posting does besides: it counts, is recorded, the draft goes, and who it concerns is told."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from backend.access.person import Person
from backend.access.roles import Role
from backend.audit.events import Event
from backend.audit.record import record
from backend.dossier.count_writing import count_writing
from backend.dossier.desk import Desk
from backend.dossier.telling import Near, in_role, near, tell
from backend.foundation.database import execute
from backend.outbox.kinds import Kind

FOR_THE_EMPLOYER = {Event.ADVICE_POSTED, Event.ADVICE_CORRECTED, Event.PROBLEM_ANALYSIS_POSTED}
"""What the manager acts on and the case manager guards: that it is there. Nothing medical is."""


async def posted(
    person: Person,
    desk: Desk,
    event: Event,
    entry: UUID,
    *,
    now: datetime,
    draft: str = "",
    assignee: tuple[Role, UUID | None] | None = None,
    **details: object,
) -> str:
    """Joins the caller's transaction. `assignee` is who gets an action: the role, and which doctor. Returns
    where the entry stands. Raises TooOften, which undoes it all, after too many in a day."""
    await count_writing(person, desk.dossier, now=now)
    await record(
        event, now=now, account=person.account_id, employment=desk.whose.employment, subject=entry,
        dossier=desk.dossier, **details,
    )  # fmt: skip
    if draft:
        await execute(
            "DELETE FROM draft WHERE dossier = $1 AND author = $2 AND kind = $3",
            desk.dossier, person.account_id, draft,
        )  # fmt: skip
    helpers: list[Near] = []
    kind = Kind.ACTIONS
    if event in FOR_THE_EMPLOYER:
        kind = Kind.PEOPLE
        helpers = in_role(await near(desk.whose, desk.dossier), {Role.MANAGER, Role.CASE_MANAGER})
    elif assignee is not None and assignee[0] != Role.EMPLOYEE:
        role, given = assignee
        helpers = in_role(await near(desk.whose, desk.dossier), {role}, given)
    await tell(person, desk.whose, entry, helpers, now=now, kind=kind)
    return f"/dossiers/{desk.dossier}#entry-{entry}"

"""Something is agreed: who does what, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from backend.access.person import Person
from backend.access.roles import Role
from backend.audit.events import Event
from backend.dossier.desk import Desk, around, desk
from backend.dossier.posted import posted
from backend.dossier.publish import publish
from backend.foundation.database import execute
from backend.foundation.languages import N_
from backend.foundation.refusal import NotFound, Refused
from backend.idempotency.answered import once

AHEAD = timedelta(days=3 * 366)
"""An action lies within the years that a dossier can run."""


@dataclass(frozen=True, slots=True)
class NewAction:
    """`assignee` is a role holder around the employee, or None: the employee."""

    what: str
    explanation: str
    assignee: UUID | None
    due_on: date

    def body(self, dossier_id: UUID) -> dict[str, str]:
        """The same action always gives the same body (room `idempotency`)."""
        return {"dossier": str(dossier_id), "what": self.what, "explanation": self.explanation,
                "assignee": str(self.assignee), "due_on": str(self.due_on)}  # fmt: skip


async def post_action(
    person: Person, dossier_id: UUID, action: NewAction, key: UUID, *, now: datetime
) -> str:
    """Publishes it once per key, for all to see. Returns where it stands. Raises Refused for a day that is
    past or too far away, NotFound when the dossier or the assignee is not the person's; AnotherBody."""

    async def do() -> str:
        place = await desk(person, dossier_id, now=now)
        judge_due(place.today, action.due_on)
        role = await _role(person, place, action.assignee)
        entry = await publish(
            dossier_id, "action", now=now, author=person, author_role=place.role, title=action.what,
            body=action.explanation,
        )  # fmt: skip
        await execute(
            "INSERT INTO action (entry, assignee, assignee_role, due_on) VALUES ($1, $2, $3, $4)",
            entry, action.assignee, role, action.due_on,
        )  # fmt: skip
        return await posted(
            person, place, Event.ACTION_POSTED, entry, now=now, draft="action",
            assignee=(role, action.assignee),
        )  # fmt: skip

    return (await once(person.account_id, key, action.body(dossier_id), now, do))[0]


def judge_due(today: date, due_on: date) -> None:
    """Whether an action may be asked by that day. Raises Refused."""
    if due_on < today:
        raise Refused(N_("Kies vandaag of een latere dag."), "due_on")
    if due_on > today + AHEAD:
        raise Refused(N_("Kies een dag die dichterbij ligt."), "due_on")


async def _role(person: Person, place: Desk, assignee: UUID | None) -> Role:
    if assignee is None:
        return Role.EMPLOYEE
    found = next((one.role for one in await around(person, place) if one.id == assignee), None)
    if found is None:
        raise NotFound
    return found

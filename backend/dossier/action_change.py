"""What doing, putting off, dropping and withdrawing an action have in common."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from backend.access.person import Person
from backend.audit.events import Event
from backend.audit.record import record
from backend.dossier.in_turn import in_turn_of
from backend.dossier.own_actions import OwnAction, own_action
from backend.dossier.publish import publish
from backend.dossier.telling import in_role, near, tell
from backend.foundation.database import fetch_value
from backend.foundation.languages import N_
from backend.foundation.refusal import NotFound, Refused
from backend.idempotency.answered import once

CHANGE = """
UPDATE action SET {changes} WHERE entry = $1 AND done_at IS NULL AND cancelled_at IS NULL RETURNING true
"""
CLOSED = N_("Deze actie is al afgerond. Je hoeft niets meer te doen.")
WHAT = {
    Event.ACTION_DONE: "action_done",
    Event.ACTION_POSTPONED: "action_postponed",
    Event.ACTION_CANCELLED: "action_cancelled",
}


async def change_action(
    person: Person,
    entry_id: UUID,
    key: UUID,
    *,
    now: datetime,
    sql: str,
    change: Callable[[OwnAction], tuple[Any, ...]],
    event: Event,
    body: str,
    due_on: date | None = None,
) -> str:
    """Changes one of the person's own open actions, once per key, and says so on the timeline to whoever
    could read the action: the employee always. They are told, and so is who asked. Raises NotFound, also for
    a step of the law, which goes by its own rule (legal_calendar/change_step.py); Refused, AnotherBody."""
    location = f"/to-do?changed={entry_id}"

    async def do() -> str:
        await in_turn_of(entry_id)
        action = await own_action(person, entry_id, now=now)
        if action.term is not None:
            raise NotFound
        judge_open(action)
        values = change(action)
        if not await fetch_value(CHANGE.format(changes=sql), entry_id, *values):
            raise Refused(CLOSED)
        facts: dict[str, object] = {"what": WHAT[event], "action": action.unworded}
        if due_on is not None:
            facts["due_on"] = due_on
        role = action.whose.seen_by(person)
        said = await publish(
            action.dossier, "change", now=now, author=person, author_role=role or "", body=body,
            facts=facts, audience=action.audience,
        )  # fmt: skip
        await record(
            event, now=now, account=person.account_id, employment=action.whose.employment, subject=entry_id
        )  # fmt: skip
        await tell_of(person, action, said, now=now)
        return location

    given = {"entry": str(entry_id), "event": str(event), "body": body, "due_on": str(due_on)}
    return (await once(person.account_id, key, given, now, do, expected=location))[0]


def judge_open(action: OwnAction) -> None:
    """Whether there is something left to say about it. Raises Refused."""
    if not action.is_open:
        raise Refused(CLOSED)


async def tell_of(person: Person, action: OwnAction, said: UUID, *, now: datetime) -> None:
    """Tells the employee, who asked for it, and who has it to do, of what was said about an action."""
    around = await near(action.whose, action.dossier)
    asked = [one for one in around if one.account is not None and one.account == action.author]
    does = in_role(around, {action.role}, action.assignee)
    await tell(person, action.whose, said, [*asked, *does], now=now)

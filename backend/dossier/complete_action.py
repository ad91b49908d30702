"""An action is done."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from backend.access.person import Person
from backend.audit.events import Event
from backend.dossier.action_change import change_action
from backend.dossier.own_actions import OwnAction

DONE = "done_at = $2, done_by = $3, word = $4"


async def complete_action(person: Person, entry_id: UUID, word: str, key: UUID, *, now: datetime) -> str:
    """Marks one of the person's own actions as done, with a word or without. Returns the address of what is
    still to do. Raises NotFound, Refused when it was closed before, AnotherBody."""

    def change(action: OwnAction) -> tuple[object, ...]:
        return now, person.account_id, word or None

    return await change_action(
        person, entry_id, key, now=now, sql=DONE, change=change, event=Event.ACTION_DONE, body=word
    )  # fmt: skip

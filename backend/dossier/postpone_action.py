"""An action gets a later day."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from backend.access.person import Person
from backend.audit.events import Event
from backend.dossier.action_change import change_action
from backend.dossier.later_day import judge_later
from backend.dossier.own_actions import OwnAction
from backend.foundation.languages import N_
from backend.foundation.refusal import Refused

POSTPONED = "due_on = $2, reason = $3, postponed_from = coalesce(postponed_from, due_on)"


async def postpone_action(
    person: Person, entry_id: UUID, due_on: date, reason: str, key: UUID, *, now: datetime
) -> str:
    """Puts off one of the person's own actions, with its reason (see cancel_action). The day on which it was
    first due stays known. Returns the address of what is still to do. Raises NotFound, Refused,
    AnotherBody."""
    if not reason:
        raise Refused(N_("Schrijf waarom dit later wordt."), "reason")

    def change(action: OwnAction) -> tuple[object, ...]:
        return judge_later(action.due_on, action.today, due_on, "due_on"), reason

    return await change_action(
        person, entry_id, key, now=now, sql=POSTPONED, change=change, event=Event.ACTION_POSTPONED,
        body=reason, due_on=due_on,
    )  # fmt: skip

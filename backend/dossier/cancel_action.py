"""An action turns out not to be needed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from backend.access.person import Person
from backend.audit.events import Event
from backend.dossier.action_change import change_action
from backend.dossier.own_actions import OwnAction
from backend.foundation.languages import N_
from backend.foundation.refusal import Refused

CANCELLED = "cancelled_at = $2, cancelled_by = $3, reason = $4"


async def cancel_action(person: Person, entry_id: UUID, reason: str, key: UUID, *, now: datetime) -> str:
    """Closes one of the person's own actions undone; a departure from a term needs its reason (Regeling
    procesgang eerste en tweede ziektejaar, art. 5), and so do all others. Returns the address of what is
    still to do. Raises NotFound, Refused, AnotherBody."""
    if not reason:
        raise Refused(N_("Schrijf waarom dit niet nodig is."), "reason")

    def change(action: OwnAction) -> tuple[object, ...]:
        return now, person.account_id, reason

    return await change_action(
        person, entry_id, key, now=now, sql=CANCELLED, change=change, event=Event.ACTION_CANCELLED,
        body=reason,
    )  # fmt: skip

"""No more pushes on a device."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from backend.access.person import Person
from backend.audit.events import Event
from backend.audit.record import record
from backend.foundation.database import fetch_value, transaction
from backend.foundation.refusal import NotFound

REMOVE = "DELETE FROM push_subscription WHERE id = $1 AND account = $2 RETURNING true"


async def turn_off(person: Person, device: UUID, *, now: datetime) -> None:
    """At once: what was promised to it is dropped. Raises NotFound when it is not one of the person's."""
    async with transaction():
        if not await fetch_value(REMOVE, device, person.account_id):
            raise NotFound
        await record(Event.PUSH_TURNED_OFF, now=now, account=person.account_id, subject=device)

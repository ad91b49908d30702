"""Take an invitation back, as long as it was not used."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from backend.audit.events import Event
from backend.audit.record import record
from backend.foundation.database import execute, transaction
from backend.foundation.languages import N_
from backend.foundation.refusal import NotFound, Refused
from backend.invitations.state import State, UnknownLink, by_id


async def withdraw(invitation_id: UUID, *, now: datetime, by: UUID | None = None) -> None:
    """Kills the link; its page says so from now on. Raises NotFound, or Refused when it was used. One that
    ended otherwise is left as it is."""
    async with transaction():
        try:
            invitation = await by_id(invitation_id, now=now, locked=True)
        except UnknownLink:
            raise NotFound from None
        if invitation.state is State.USED:
            raise Refused(N_("Deze uitnodiging is al gebruikt. Intrekken kan niet meer."))
        if invitation.state is not State.OPEN:
            return
        await execute("UPDATE invitation SET withdrawn_at = $2 WHERE id = $1", invitation.id, now)
        await record(
            Event.INVITATION_WITHDRAWN,
            now=now,
            account=by,
            employment=invitation.employment,
            subject=invitation.id,
        )

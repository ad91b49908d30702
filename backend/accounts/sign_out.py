"""Sign this device out."""

from __future__ import annotations

from datetime import datetime

from backend.accounts.sessions import Session, end_session
from backend.audit.events import Event
from backend.audit.record import record
from backend.foundation.database import transaction


async def sign_out(session: Session, *, now: datetime) -> None:
    """Ends the session at once, wherever it had come to."""
    async with transaction():
        await end_session(session.id, now=now)
        await record(Event.SESSION_ENDED, now=now, account=session.account, subject=session.id)

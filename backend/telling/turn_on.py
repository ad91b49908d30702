"""Pushes on this device, from now on."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from backend.access.person import Person
from backend.audit.events import Event
from backend.audit.record import record
from backend.foundation.database import execute, fetch_value, transaction
from backend.foundation.refusal import NotFound
from backend.foundation.tokens import new_id
from backend.telling.subscription import Subscription

ACCOUNT = "SELECT FROM account WHERE id = $1 FOR KEY SHARE"
"""The account first, then its sessions, like who signs every device out."""
SESSION = "SELECT true FROM session WHERE id = $1 AND ended_at IS NULL FOR UPDATE"
SAME = "SELECT id FROM push_subscription WHERE session = $1 AND endpoint_hash = $2"
TAKE = "DELETE FROM push_subscription WHERE session = $1 OR endpoint_hash = $2"
KEEP = """
INSERT INTO push_subscription (id, account, session, endpoint_hash, secret, created_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (endpoint_hash) DO UPDATE SET id = excluded.id, account = excluded.account,
    session = excluded.session, secret = excluded.secret, created_at = excluded.created_at
"""


async def turn_on(person: Person, subscription: Subscription, *, now: datetime, own: str = "") -> UUID:
    """Ties the browser to the session at hand and returns the id of that. A browser is told about one person
    alone: if it was somebody else's, it is taken over. Doing it again changes nothing.

    Raises Refused as `Subscription.judge` does, NotFound when the session ended in the meantime.
    """
    subscription.judge(own)
    id, browser = new_id(), subscription.hash
    async with transaction():
        await execute(ACCOUNT, person.account_id)
        if not await fetch_value(SESSION, person.session_id):
            raise NotFound
        same: UUID | None = await fetch_value(SAME, person.session_id, browser)
        if same is not None:
            return same
        await execute(TAKE, person.session_id, browser)
        await execute(KEEP, id, person.account_id, person.session_id, browser, subscription.sealed(), now)
        await record(Event.PUSH_TURNED_ON, now=now, account=person.account_id, subject=id)
    return id

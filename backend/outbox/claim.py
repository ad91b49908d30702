"""Takes a waiting message for a while, and says how it went.

A message is never marked before it was sent: whoever dies in between leaves a lease that runs out, after
which it is sent again under the same id.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from backend.audit.events import Event
from backend.audit.record import record
from backend.foundation.database import execute, fetch_one, fetch_value, transaction
from backend.foundation.encryption import keyring
from backend.outbox.add import SECRET_FIELD

LEASE = timedelta(seconds=45)
"""Longer than sending and marking may take together, so that no two workers send the same message."""
MOST_ATTEMPTS = 40
"""With the waits below some 32 hours, a working day and a night of a broken mail server."""
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(hours=1)

CLAIM = """
UPDATE message SET leased_until = $1 + $3::interval, attempts = attempts + 1
WHERE id = (
    SELECT id FROM message
    WHERE done_at IS NULL AND dead_at IS NULL AND due_at <= $1 AND channel = $2
        AND (leased_until IS NULL OR leased_until <= $1)
    ORDER BY {order} LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, notice, channel, subject, secret, created_at, expires_at, attempts
"""
CLAIM_FIRST_DUE = CLAIM.format(order="due_at")
CLAIM_SMS = CLAIM.format(order="expires_at IS NULL, due_at")
"""What expires is a code that somebody waits for; news by SMS lets it go first."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that is this worker's until the lease runs out."""

    id: UUID
    notice: str
    channel: str
    subject: dict[str, str]
    secret: bytes | None = field(repr=False)
    created_at: datetime
    expires_at: datetime | None
    attempts: int

    def opened_secret(self) -> str | None:
        """What only the message may hold readable. Raises encryption.CannotDecrypt."""
        return None if self.secret is None else keyring().decrypt(self.secret, SECRET_FIELD)


async def claim(channel: str, *, now: datetime) -> Claimed | None:
    """The message that waited longest, or None; among SMS a code before any news."""
    row = await fetch_one(CLAIM_SMS if channel == "sms" else CLAIM_FIRST_DUE, now, channel, LEASE)
    return Claimed(**{**row, "subject": json.loads(row["subject"])}) if row else None


async def mark_done(id: UUID, *, now: datetime, why: str | None = None) -> None:
    """It was sent, or need not be (`why`). Its secret is erased."""
    await execute(
        "UPDATE message SET done_at = $2, secret = NULL, leased_until = NULL, last_error = $3 WHERE id = $1",
        id,
        now,
        why,
    )


async def put_back(message: Claimed, why: str, *, now: datetime, at_least: timedelta | None = None) -> None:
    """It failed for now: again later, each time after a longer wait. The other side may ask for more of it
    (`at_least`), up to an hour."""
    asked = min(at_least or timedelta(), LONGEST_WAIT)
    await execute(
        "UPDATE message SET leased_until = NULL, due_at = $2, last_error = $3 WHERE id = $1",
        message.id,
        now + max(wait_after(message.attempts), asked),
        why,
    )


async def mark_dead(message: Claimed, why: str, *, now: datetime) -> None:
    """It is given up and waits for somebody to look. Its secret stays for `revive`, until it expires."""
    async with transaction():
        await execute(
            "UPDATE message SET dead_at = $2, leased_until = NULL, last_error = $3 WHERE id = $1",
            message.id,
            now,
            why,
        )
        await record(Event.MESSAGE_DEAD, now=now, subject=message.id, notice=message.notice, why=why)


async def revive(id: UUID, *, now: datetime) -> bool:
    """Gives a dead message all its attempts again; False when it is not dead."""
    return bool(
        await fetch_value(
            "UPDATE message SET dead_at = NULL, attempts = 0, due_at = $2"
            " WHERE id = $1 AND dead_at IS NOT NULL RETURNING true",
            id,
            now,
        )
    )


def wait_after(attempts: int) -> timedelta:
    """Doubles from 5 seconds up to an hour, give or take a fifth lest many failures return at once."""
    doublings: int = 2 ** min(attempts - 1, 20)
    return min(FIRST_WAIT * doublings, LONGEST_WAIT) * random.uniform(0.8, 1.2)

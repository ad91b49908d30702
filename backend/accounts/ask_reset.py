"""Ask for a link to choose a new password. Whether there is such an account is told to nobody."""

from __future__ import annotations

from datetime import datetime, timedelta
from operator import itemgetter
from uuid import UUID, uuid5

from backend.audit.events import Event
from backend.audit.record import record
from backend.foundation.database import fetch, fetch_value, transaction
from backend.foundation.tokens import new_id, new_token, token_hash
from backend.limits.rules import RESET_ASKS, RESET_MAILS, address_key, person_key
from backend.limits.take import take
from backend.outbox.add import add

VALID = timedelta(hours=1)
"""For who asked a moment ago."""
VALID_UNASKED = timedelta(days=4)
"""For who did not ask, and finds the mail when it comes: as long as an invitation."""
MOST = 5
"""Accounts that share one e-mail address and are all mailed; a family."""


async def ask_reset(typed: str, *, address: str, now: datetime) -> None:
    """Promises to look who has this user name or e-mail address, and to mail them a link. The worker looks
    (`send_links`): here somebody and nobody cost the same, so that the answer's time tells no more than its
    words (ASVS 6.3.8)."""
    if not await take(address_key("reset", address), *RESET_ASKS, now=now):
        return
    if not await take(person_key("reset", typed), *RESET_MAILS, now=now):
        return
    asked = {"asked": str(new_id()), "at": now.isoformat()}
    await add("password_reset_asked", asked, now=now, secret=typed, expires_at=now + VALID)


async def send_links(typed: str, asked: UUID, *, now: datetime) -> None:
    """Promises a link to every account with this user name or e-mail address, once for each `asked`, however
    often it is called: whoever kept the first promise may have been killed before saying so."""
    async with transaction():
        accounts = await fetch(
            "SELECT id FROM account WHERE (lower(username) = lower($1) OR lower(email) = lower($1))"
            " AND blocked_at IS NULL ORDER BY lower(username) = lower($1) DESC, id LIMIT $2",
            typed, MOST,
        )  # fmt: skip
        for row in sorted(accounts, key=itemgetter("id")):  # in the order of reset_factors
            await promise_link(row["id"], now=now, id=uuid5(asked, str(row["id"])))


async def promise_link(
    account: UUID,
    *,
    now: datetime,
    notice: str = "password_reset",
    valid: timedelta = VALID,
    id: UUID | None = None,
) -> None:
    """Promises one account a link to choose a password, in the transaction of whoever calls. `notice` is the
    mail that carries it and says why it comes. Nothing happens when the `id` was promised before."""
    id, token, expires_at = id or new_id(), new_token(), now + valid
    first = await fetch_value(
        "INSERT INTO password_reset (id, account, token_hash, created_at, expires_at)"
        " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING RETURNING true",
        id, account, token_hash(token), now, expires_at,
    )  # fmt: skip
    if not first:
        return
    await record(Event.PASSWORD_RESET_ASKED, now=now, account=account, subject=id)
    await add(notice, {"reset": str(id)}, now=now, secret=token, expires_at=expires_at)

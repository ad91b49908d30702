"""Sign in with user name and password. The second factor comes next, so this opens a session half-way."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from backend.accounts.hash_password import hash_password, is_outdated, verify_password
from backend.accounts.sessions import Session, end_session, open_session
from backend.audit.events import Event
from backend.audit.record import record
from backend.foundation.database import execute, fetch_one, fetch_value, transaction
from backend.foundation.languages import N_
from backend.foundation.refusal import Refused
from backend.limits.passwords import LONGEST_WAIT, is_news, try_password
from backend.limits.too_often import TooOften

STILL = """
SELECT true FROM account WHERE id = $1 AND password_changed_at IS NOT DISTINCT FROM $2 FOR NO KEY UPDATE
"""
"""The account first, then its sessions, like whoever chooses another password and signs every device out: the
old one opens nothing after that."""
WRONG = N_("De gebruikersnaam of het wachtwoord klopt niet. Probeer het nog een keer.")
TOO_OFTEN = N_("Je hebt het te vaak geprobeerd. Probeer het %(when)s opnieuw.")
BLOCKED = N_("Je account is geblokkeerd. Vraag je werkgever om hulp.")


async def sign_in(
    username: str,
    password: str,
    *,
    now: datetime,
    address: str,
    agent: str,
    device: str | None,
    remember: bool = False,
    before: Session | None = None,
) -> str:
    """The secret of a new session at `password`, for the cookie. Raises Refused.

    `before` is the session this browser had: it ends, and its invitation comes along. Unknown user names cost
    as much time, and are told as much, as known ones; that an account is blocked is told to its owner only.
    """
    counted = await try_password(username, address, device=device, now=now)
    row = await fetch_one(
        "SELECT id, password_hash, password_changed_at, blocked_at FROM account"
        " WHERE lower(username) = lower($1)",
        username,
    )
    account: UUID | None = row["id"] if row else None
    if counted is None:
        if await is_news(username, address, now=now):
            await record(Event.LOGIN_LIMITED, now=now, account=account)
        raise TooOften(TOO_OFTEN, LONGEST_WAIT)
    if not await verify_password(row["password_hash"] if row else None, password) or row is None:
        await record(Event.LOGIN_FAILURE, now=now, account=account)
        raise Refused(WRONG)
    await counted.right()
    if row["blocked_at"] is not None:
        await record(Event.LOGIN_FAILURE, now=now, account=account, reason="blocked")
        raise Refused(BLOCKED)
    newer = await hash_password(password) if is_outdated(row["password_hash"]) else None
    async with transaction():
        if not await fetch_value(STILL, account, row["password_changed_at"]):
            raise Refused(WRONG)
        if newer:
            await execute("UPDATE account SET password_hash = $2 WHERE id = $1", account, newer)
        if before is not None:
            await end_session(before.id, now=now)
        await record(Event.LOGIN_SUCCESS, now=now, account=account)
        return await open_session(
            "password", now=now, agent=agent, account=account, remember=remember,
            invitation=before.invitation if before else None,
        )  # fmt: skip

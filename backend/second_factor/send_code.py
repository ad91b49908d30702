"""Sending a code by SMS, to a phone that is known or one that is still to be proven."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg

from backend.accounts.sessions import Session
from backend.audit.events import Event
from backend.audit.record import record
from backend.foundation.database import execute, fetch_one, transaction
from backend.foundation.encryption import keyring
from backend.foundation.tokens import new_digits, new_id
from backend.limits.rules import SMS_PAUSE, SMS_SENDS, sms_keys, sms_pause_keys
from backend.limits.take import Limit, forget, take, wait_of
from backend.outbox.add import add
from backend.second_factor.add_factor import may_add
from backend.second_factor.kinds import Kind
from backend.second_factor.queries import standing_of
from backend.second_factor.refusals import AlreadyAdded, NotAllowed, ProveFirst, StartAgain, TooManyCodes
from backend.second_factor.sealed import open_phone, seal_phone

LIVES = timedelta(minutes=10)
"""NIST SP 800-63B-4."""
RESEND = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class SentCode:
    """The last code of a session that still lives."""

    factor: UUID | None
    phone: str = field(repr=False)
    sent_at: datetime

    def wait(self, now: datetime) -> int:
        """Seconds before another may be asked."""
        return max(0, int((self.sent_at + RESEND - now).total_seconds()))


async def send_to_new_phone(session: Session, number: str, *, sms: bool, now: datetime) -> None:
    """Sends a code to a number (E.164) that is to become a factor.

    Raises ProveFirst, NotAllowed, AlreadyAdded or TooManyCodes.
    """
    standing = await standing_of(session, sms=sms)
    if not may_add(session, standing, now=now):
        raise ProveFirst
    if Kind.SMS not in standing.allowed:
        raise NotAllowed
    if any(factor.kind == Kind.SMS and factor.secret == number for factor in standing.factors):
        raise AlreadyAdded("phone")
    await _send(session, number, None, now=now)


async def send_again(session: Session, *, sms: bool, now: datetime) -> None:
    """Sends another code to the number that is being proven. Raises StartAgain when there is none."""
    last = await last_code(session, new=True, now=now)
    if last is None:
        raise StartAgain
    await send_to_new_phone(session, last.phone, sms=sms, now=now)


async def send_to_factor(session: Session, factor: UUID | None, *, sms: bool, now: datetime) -> None:
    """Sends a code to a phone of the account: the one named, or the last used.

    Raises NotAllowed or TooManyCodes.
    """
    phones = (await standing_of(session, sms=sms)).of(Kind.SMS) if sms else ()
    chosen = next((own for own in phones if factor in (None, own.id)), None)
    if chosen is None:
        raise NotAllowed
    await _send(session, chosen.secret, chosen.id, now=now)


async def _send(session: Session, number: str, factor: UUID | None, *, now: datetime) -> None:
    if session.account is None:
        raise StartAgain
    await _count(sms_pause_keys(session.account, number), SMS_PAUSE, now=now)
    await _count(sms_keys(session.account, number), SMS_SENDS, now=now)
    try:
        await _promise(session, session.account, number, factor, now)
    except asyncpg.ForeignKeyViolationError as error:  # the phone was removed a moment ago
        raise NotAllowed from error


async def _promise(session: Session, account: UUID, number: str, factor: UUID | None, now: datetime) -> None:
    id, code = new_id(), new_digits()
    async with transaction():
        await execute(
            "INSERT INTO sms_code (id, account, session, factor, phone, code_hash, sent_at, expires_at)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            id, account, session.id, factor, seal_phone(number), code_hash(session, code), now,
            now + LIVES,
        )  # fmt: skip
        subject = {"code": str(id)}
        await add("sms_code", subject, channel="sms", secret=code, expires_at=now + LIVES, now=now)
        await record(Event.SMS_CODE_SENT, now=now, account=account, subject=factor)


async def _count(keys: Sequence[str], limits: Sequence[Limit], *, now: datetime) -> None:
    for key in keys:
        if not await take(key, *limits, now=now):
            raise TooManyCodes(await wait_of(key, *limits, now=now))


async def came_back(account: UUID, number: str) -> None:
    """The code proved the phone, so the next may be sent at once; those of an hour and a day still count.

    Must be called before a transaction is opened, or after it.
    """
    for key in sms_pause_keys(account, number):
        await forget(key)


def code_hash(session: Session, code: str) -> bytes:
    """Bound to the session: another's code is no code here."""
    return keyring().keyed_hash(b"sms code", session.id.bytes + code.encode())


async def last_code(session: Session, *, new: bool, now: datetime) -> SentCode | None:
    """The last code sent to this session that may still be used; `new`: to a number being proven."""
    row = await fetch_one(
        "SELECT factor, phone, sent_at FROM sms_code WHERE session = $1 AND (factor IS NULL) = $2"
        " AND used_at IS NULL AND expires_at > $3 ORDER BY sent_at DESC LIMIT 1",
        session.id, new, now,
    )  # fmt: skip
    if row is None:
        return None
    return SentCode(row["factor"], open_phone(row["phone"]), row["sent_at"])

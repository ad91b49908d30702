"""Codes that came back: a phone is added with one, and proves the person with one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from backend.accounts.sessions import Session
from backend.foundation.database import execute, fetch_one
from backend.second_factor.add_factor import NewFactor, add_factor, lock_account
from backend.second_factor.after_proof import NextStep, after_proof
from backend.second_factor.kinds import Kind
from backend.second_factor.queries import standing_of
from backend.second_factor.refusals import ExpiredCode, NotAllowed, StartAgain, UsedCode, WrongCode
from backend.second_factor.sealed import open_phone
from backend.second_factor.send_code import came_back, code_hash
from backend.second_factor.tries import judged, used


async def add_phone(session: Session, code: str, *, sms: bool, now: datetime) -> NextStep:
    """Adds the number that the code was sent to. Raises WrongCode, UsedCode, ExpiredCode and what
    `add_factor` raises."""
    if session.account is None:
        raise StartAgain
    async with judged(session.account, "add sms", now=now):
        await lock_account(session)
        row = await _use(session, code, new=True, now=now)
        number = open_phone(row["phone"])
        new = NewFactor(kind=Kind.SMS, name="", secret=number)
        step = await add_factor(session, new, sms=sms, now=now)
    await came_back(session.account, number)
    return step


async def prove_sms(session: Session, code: str, *, sms: bool, now: datetime, then: str = "/") -> NextStep:
    """Raises WrongCode, UsedCode, ExpiredCode, NotAllowed."""
    if session.account is None:
        raise StartAgain
    async with judged(session.account, Kind.SMS, now=now):
        row = await _use(session, code, new=False, now=now)
        standing = await standing_of(session, sms=sms)
        if not any(own.id == row["factor"] for own in standing.of(Kind.SMS)):
            raise NotAllowed
        await execute("UPDATE factor SET used_at = $2 WHERE id = $1", row["factor"], now)
        await used(session.account, Kind.SMS, row["factor"], now=now)
        step = await after_proof(session, standing, now=now, then=then)
    await came_back(session.account, open_phone(row["phone"]))
    return step


async def _use(session: Session, code: str, *, new: bool, now: datetime) -> Any:
    """The row of a code of this session, used up here and now.

    An earlier code of the same session works until it expires, as SMS do not always arrive in order.
    """
    hashed = code_hash(session, code)
    row = await fetch_one(
        "UPDATE sms_code SET used_at = $4 WHERE session = $1 AND (factor IS NULL) = $2 AND code_hash = $3"
        " AND used_at IS NULL AND expires_at > $4 RETURNING factor, phone",
        session.id, new, hashed, now,
    )  # fmt: skip
    if row is not None:
        return row
    seen = await fetch_one(
        "SELECT used_at FROM sms_code WHERE session = $1 AND (factor IS NULL) = $2 AND code_hash = $3"
        " ORDER BY sent_at DESC LIMIT 1",
        session.id, new, hashed,
    )  # fmt: skip
    if seen is None:
        raise WrongCode
    raise UsedCode if seen["used_at"] else ExpiredCode

"""The recovery code: shown once, kept as a hash, replaced after use (ASVS 6.5)."""

from __future__ import annotations

from datetime import datetime

from backend.accounts.sessions import Session, set_pending
from backend.audit.events import Event
from backend.audit.record import record
from backend.foundation.database import execute, fetch_value, transaction
from backend.foundation.tokens import new_id, new_recovery_code, token_hash
from backend.outbox.add import add
from backend.second_factor.add_factor import lock_account
from backend.second_factor.after_proof import NextStep, after_proof, enter
from backend.second_factor.ceremony import replace_pending
from backend.second_factor.queries import standing_of
from backend.second_factor.refusals import StartAgain, UsedRecoveryCode, WrongRecoveryCode
from backend.second_factor.tries import judged


def code_hash(code: str) -> bytes:
    """What is stored: 98 random bits need no key and no slow hash. Case, dashes and spaces do not count."""
    return token_hash("".join(sign for sign in code.upper() if sign.isalnum()))


def shown_code(session: Session) -> str | None:
    """The code that waits on the screen to be put away."""
    code: str | None = session.pending.get("recovery_code")
    return code


async def begin_recovery_code(session: Session) -> None:
    """Makes a code for the screen. The stored one stays good until the new one is put away."""
    if shown_code(session) is None:
        await set_pending(session.id, {"recovery_code": new_recovery_code()})


async def put_away(session: Session, *, now: datetime) -> NextStep:
    """The person has kept the code on the screen: from now on it is the one. Half-way in, this lets them in.

    Raises StartAgain when there is none, or another window was first.
    """
    code, then = shown_code(session), session.pending.get("then", "/")
    if code is None:
        raise StartAgain
    async with transaction():
        account = await lock_account(session)
        if not await replace_pending(session, None):
            raise StartAgain
        await execute(
            "UPDATE recovery_code SET replaced_at = $2"
            " WHERE account = $1 AND used_at IS NULL AND replaced_at IS NULL",
            account, now,
        )  # fmt: skip
        await execute(
            "INSERT INTO recovery_code (id, account, code_hash, created_at) VALUES ($1, $2, $3, $4)",
            new_id(), account, code_hash(code), now,
        )  # fmt: skip
        await record(Event.RECOVERY_CODE_MADE, now=now, account=account)
        if session.level == "full":
            await add("recovery_code_made", {"account": str(account)}, now=now)
        step = None if session.level == "full" else await enter(session, now=now, then=then)
    return step or NextStep("/account/factors?said=code")


async def use_recovery_code(
    session: Session, code: str, *, sms: bool, now: datetime, then: str = "/"
) -> NextStep:
    """Proves the person once; the use is mailed and a new code comes first. Raises WrongRecoveryCode,
    UsedRecoveryCode."""
    account = session.account
    if account is None:
        raise StartAgain
    async with judged(account, "recovery_code", now=now):
        used: object = await fetch_value(
            "UPDATE recovery_code SET used_at = $3 WHERE account = $1 AND code_hash = $2"
            " AND used_at IS NULL AND replaced_at IS NULL RETURNING id",
            account, code_hash(code), now,
        )  # fmt: skip
        if used is None:
            raise await _refusal(session, code)
        await record(Event.RECOVERY_CODE_USED, now=now, account=account)
        await add("recovery_code_used", {"account": str(account)}, now=now)
        return await after_proof(
            session, await standing_of(session, sms=sms), now=now, then=then, by="recovery_code"
        )


async def _refusal(session: Session, code: str) -> UsedRecoveryCode | WrongRecoveryCode:
    known = await fetch_value(
        "SELECT true FROM recovery_code WHERE account = $1 AND code_hash = $2",
        session.account, code_hash(code),
    )  # fmt: skip
    return UsedRecoveryCode() if known else WrongRecoveryCode()

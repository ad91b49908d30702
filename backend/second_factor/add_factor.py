"""Adding a factor that was just proven."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from backend.accounts.sessions import Session, set_pending
from backend.audit.events import Event
from backend.audit.record import record
from backend.foundation.database import execute, fetch_value
from backend.foundation.tokens import new_id
from backend.outbox.add import add
from backend.second_factor.after_proof import NextStep, after_proof
from backend.second_factor.kinds import Kind
from backend.second_factor.queries import Standing, factors_of, standing_of
from backend.second_factor.refusals import AlreadyAdded, NotAllowed, ProveFirst, StartAgain
from backend.second_factor.sealed import seal_factor


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFactor:
    """What is kept of a proven factor; see the table for each field."""

    kind: Kind
    name: str
    secret: str | None = field(default=None, repr=False)
    last_step: int | None = None
    credential_id: bytes | None = None
    public_key: bytes | None = None
    sign_count: int = 0
    passkey: bool = False


def may_add(session: Session, standing: Standing, *, now: datetime) -> bool:
    """Signed in: after a fresh confirmation. Half-way: while there is no factor at all, or once one (or the
    recovery code) was proven in this session: a stolen password must not bring its own second factor."""
    if session.level == "full":
        return session.confirmed(now)
    return not standing.factors or bool(session.pending.get("proven"))


async def add_factor(session: Session, new: NewFactor, *, sms: bool, now: datetime) -> NextStep:
    """Stores it. Call inside the transaction of its proof; raises ProveFirst, NotAllowed or AlreadyAdded."""
    account = await lock_account(session)
    standing = await standing_of(session, sms=sms)
    if not may_add(session, standing, now=now):
        raise ProveFirst
    if new.kind not in standing.allowed:
        raise NotAllowed
    if new.secret and any(own.sealed and own.secret == new.secret for own in standing.factors):
        raise AlreadyAdded
    id = await _store(account, new, now=now)
    await record(Event.FACTOR_ADDED, now=now, account=account, subject=id, kind=str(new.kind))
    if standing.factors or session.level == "full":
        await add("factor_added", {"account": str(account), "kind": str(new.kind)}, now=now)
    if session.level == "full":
        await set_pending(session.id, None)
        return NextStep("/account/factors?said=added")
    standing = replace(standing, factors=await factors_of(account))
    return await after_proof(session, standing, now=now, then=session.pending.get("then", "/"))


async def lock_account(session: Session) -> UUID:
    """Lets changes to the factors of one account queue, until the transaction ends. First of all: what
    belongs to the account comes after it. Raises StartAgain for a session that was ended while it queued."""
    id: UUID | None = await fetch_value("SELECT id FROM account WHERE id = $1 FOR UPDATE", session.account)
    if id is None:
        raise ValueError("a session without an account has no factors")
    if not await fetch_value("SELECT true FROM session WHERE id = $1 AND ended_at IS NULL", session.id):
        raise StartAgain
    return id


async def _store(account: UUID, new: NewFactor, *, now: datetime) -> UUID:
    if new.credential_id and await fetch_value(
        "SELECT true FROM factor WHERE credential_id = $1", new.credential_id
    ):
        raise AlreadyAdded
    id = new_id()
    await execute(
        "INSERT INTO factor (id, account, kind, name, secret, last_step, credential_id, public_key,"
        " sign_count, passkey, created_at, used_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)",
        id, account, str(new.kind), new.name[:80], seal_factor(new.secret) if new.secret else None,
        new.last_step, new.credential_id, new.public_key, new.sign_count, new.passkey, now,
    )  # fmt: skip
    return id

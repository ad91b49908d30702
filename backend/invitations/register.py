"""Make an account with a proven invitation: one user name, one password, the job joined to it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from backend.accounts.change_username import judge_username
from backend.accounts.hash_password import hash_password, verify_password
from backend.accounts.make_account import make_account
from backend.accounts.password_strength import refuse_weak
from backend.accounts.sessions import Session, step_up
from backend.audit.events import Event
from backend.audit.record import record
from backend.foundation.database import execute, fetch_one, transaction
from backend.invitations.state import Invitation, State, UnknownLink, by_id, must_be_open


async def register(session: Session, username: str, password: str, *, now: datetime, language: str) -> str:
    """Makes the account and raises the session to `password`; returns its new secret.

    The same form sent twice at once makes one account and lets both in. Raises Refused beside the field,
    EndedLink when the invitation was used, withdrawn or replaced in the meantime.
    """
    invitation = await held_by(session, now=now)
    if invitation.state is State.USED:
        return await _again(session, invitation, username, password, now=now)
    must_be_open(invitation)
    judge_username(username)
    await judge_password(invitation, username, password)
    password_hash = await hash_password(password)
    async with transaction():
        invitation = await by_id(invitation.id, now=now, locked=True)
        if invitation.state is not State.USED:
            must_be_open(invitation)
            account = await make_account(
                username=username, password_hash=password_hash, email=invitation.email,
                first_name=invitation.first_name, last_name=invitation.last_name, language=language, now=now,
            )  # fmt: skip
            await join(invitation, account, Event.INVITATION_USED, now=now)
            return await step_up(session.id, "password", now=now, account=account)
    return await _again(session, invitation, username, password, now=now)


async def judge_password(invitation: Invitation, username: str, password: str) -> None:
    """Whether others would guess it, who know the person. Raises Refused."""
    await refuse_weak(password, [username, invitation.email, invitation.first_name, invitation.last_name])


async def held_by(session: Session, *, now: datetime) -> Invitation:
    """The invitation in a session's hands. Raises UnknownLink when there is none."""
    if session.invitation is None:
        raise UnknownLink
    return await by_id(session.invitation, now=now)


async def join(invitation: Invitation, account: UUID, event: Event, *, now: datetime) -> None:
    """The job belongs to the account from now on, and no session holds the invitation any more. Within the
    caller's transaction, with the invitation locked."""
    await execute("UPDATE invitation SET used_at = $2 WHERE id = $1", invitation.id, now)
    await execute("UPDATE employment SET account = $2 WHERE id = $1", invitation.employment, account)
    await execute("UPDATE session SET invitation = NULL WHERE invitation = $1", invitation.id)
    await record(event, now=now, account=account, employment=invitation.employment, subject=invitation.id)


async def _again(
    session: Session, invitation: Invitation, username: str, password: str, *, now: datetime
) -> str:
    """The second of two taps: this session made the account a moment ago, with this name and password."""
    row = await fetch_one(
        "SELECT a.id, a.password_hash FROM session s JOIN account a ON a.id = s.account WHERE s.id = $1"
        " AND s.level = 'password' AND s.ended_at IS NULL AND lower(a.username) = lower($2)",
        session.id, username,
    )  # fmt: skip
    if row is None or not await verify_password(row["password_hash"], password):
        must_be_open(invitation)
        raise UnknownLink
    return await step_up(session.id, "password", now=now)

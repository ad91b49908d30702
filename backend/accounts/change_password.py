"""Change one's own password; the page asks the old one first."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from backend.access.person import Person
from backend.accounts.hash_password import hash_password
from backend.accounts.password_strength import refuse_weak
from backend.accounts.sessions import end_other_sessions, step_up
from backend.audit.events import Event
from backend.audit.record import record
from backend.foundation.database import execute, fetch_value, transaction
from backend.foundation.refusal import NotFound
from backend.outbox.add import add

LIVES = "SELECT true FROM session WHERE id = $1 AND ended_at IS NULL"


async def change_password(person: Person, password: str, *, now: datetime) -> str:
    """Stores the password, signs the other devices out and mails the person. Returns this device's new
    secret. Raises Refused when the password is weak, NotFound when another device signed this one out just
    before."""
    email = await fetch_value("SELECT email FROM account WHERE id = $1", person.account_id)
    await refuse_weak(password, [person.username, email, person.first_name, person.last_name])
    password_hash = await hash_password(password)
    async with transaction():
        await store_password(person.account_id, password_hash, now=now)
        if not await fetch_value(LIVES, person.session_id):
            raise NotFound
        ended = await end_other_sessions(person.account_id, person.session_id, now=now)
        await record(Event.PASSWORD_CHANGED, now=now, account=person.account_id)
        await record(Event.SESSIONS_ENDED, now=now, account=person.account_id, number=ended)
        await add("password_changed", {"account": str(person.account_id)}, now=now)
        return await step_up(person.session_id, "full", now=now)


async def store_password(account: UUID, password_hash: str, *, now: datetime) -> None:
    """Writes the new hash; mailed links for a new password die with it."""
    await execute(
        "UPDATE account SET password_hash = $2, password_changed_at = $3 WHERE id = $1",
        account,
        password_hash,
        now,
    )
    await execute(
        "UPDATE password_reset SET used_at = $2 WHERE account = $1 AND used_at IS NULL", account, now
    )

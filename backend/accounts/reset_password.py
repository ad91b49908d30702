"""Choose a password with a mailed link. The second factor is still asked at the next sign in; who has none
gives the birth date here, as the mailbox alone would otherwise set one up."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from backend.accounts.change_password import store_password
from backend.accounts.hash_password import hash_password
from backend.accounts.password_strength import refuse_weak
from backend.accounts.prove_birth_date import MOST_TRIES, PROOF_ASKED, DeadLink, prove_birth_date
from backend.accounts.sessions import end_other_sessions
from backend.audit.events import Event
from backend.audit.record import record
from backend.foundation.database import execute, fetch_one, transaction
from backend.foundation.tokens import token_hash
from backend.limits.passwords import forgive
from backend.outbox.add import add

OPEN = f"""
SELECT r.id, r.account, a.username, a.email, a.first_name, a.last_name,
       EXISTS (SELECT FROM factor WHERE account = a.id) AS enrolled, {PROOF_ASKED} AS proof_asked
FROM password_reset r JOIN account a ON a.id = r.account
WHERE r.token_hash = $1 AND r.used_at IS NULL AND r.expires_at > $2 AND r.wrong_tries < {MOST_TRIES}
AND a.blocked_at IS NULL
"""


async def open_reset(token: str, *, now: datetime) -> Any:
    """What the link is for; changes nothing. Raises DeadLink."""
    row = await fetch_one(OPEN, token_hash(token), now)
    if row is None:
        raise DeadLink
    return row


async def reset_password(
    token: str, password: str, birth_date: date | None = None, *, now: datetime, address: str
) -> None:
    """Stores the password, kills this link and the account's others, and signs every device out. Raises
    DeadLink, or Refused when the password is weak, or when the birth date is asked and is another one."""
    link = await open_reset(token, now=now)
    await refuse_weak(password, about_of(link))
    if link["proof_asked"]:
        await prove_birth_date(link["id"], link["account"], birth_date, now=now)
    password_hash = await hash_password(password)
    async with transaction():
        account = link["account"]
        await execute("SELECT FROM account WHERE id = $1 FOR UPDATE", account)
        link = await open_reset(token, now=now)
        await store_password(account, password_hash, now=now)
        ended = await end_other_sessions(account, None, now=now)
        await record(Event.PASSWORD_RESET, now=now, account=account, subject=link["id"])
        await record(Event.SESSIONS_ENDED, now=now, account=account, number=ended)
        await add("password_changed", {"account": str(account)}, now=now)
    await forgive(link["username"], address)


def about_of(row: Any) -> list[str]:
    """What others may know of the person, and a password may not lean on."""
    return [row["username"], row["email"], row["first_name"], row["last_name"]]

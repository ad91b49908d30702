"""Whoever has a role gets an account, by hand of whoever runs the service. They choose their password by the
mailed link and set up a second factor at the first visit, as an employee does."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from backend.accounts.ask_reset import VALID_UNASKED, promise_link
from backend.accounts.hash_password import hash_password
from backend.accounts.make_account import make_account
from backend.foundation.clock import HOME_ZONE, day_in
from backend.foundation.database import execute, fetch, transaction
from backend.foundation.tokens import new_token

WAITING = """
SELECT id, name, email, language FROM role_holder
WHERE lower(email) = lower($1) AND account IS NULL AND (ended_on IS NULL OR ended_on > $2)
ORDER BY id FOR NO KEY UPDATE
"""
"""Whoever asks something of them need not wait: an action names the role, not its account."""
SAME_PERSON = """
SELECT id FROM account WHERE lower(email) = lower($1) AND lower(first_name || ' ' || last_name) = lower($2)
AND blocked_at IS NULL
"""


async def give_access(email: str, *, now: datetime) -> int:
    """Gives every role held under this e-mail address an account: the one that the same person has already,
    or a new one with a password that nobody knows, and a link by mail to choose one. Returns how many roles
    there were. Raises Refused when the address is somebody else's user name."""
    async with transaction():
        waiting = await fetch(WAITING, email.strip(), day_in(HOME_ZONE, now))
        for role in waiting:
            account = await _account(role, now)
            await execute("UPDATE role_holder SET account = $2 WHERE id = $1", role["id"], account)
    return len(waiting)


async def _account(role: Any, now: datetime) -> UUID:
    known = await fetch(SAME_PERSON, role["email"], role["name"])
    if len(known) == 1:
        return UUID(str(known[0]["id"]))
    first_name, _space, last_name = role["name"].partition(" ")
    account = await make_account(
        username=role["email"], password_hash=await hash_password(new_token()), email=role["email"],
        first_name=first_name, last_name=last_name, language=role["language"], now=now,
    )  # fmt: skip
    await promise_link(account, now=now, notice="welcome", valid=VALID_UNASKED)
    return account

"""For who lost the extra check and the recovery code: what let them in is gone, and they begin again.

By hand of whoever runs the service, asked by the employer's administrator, who never chooses or learns a
secret. The password goes too: otherwise somebody who knows it alone would set up the new extra check. Where
their birth date is known it is asked with the new password, as at enrolment.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from backend.accounts.ask_reset import VALID_UNASKED, promise_link
from backend.accounts.change_password import store_password
from backend.accounts.hash_password import hash_password
from backend.accounts.sessions import end_other_sessions
from backend.audit.events import Event
from backend.audit.record import record
from backend.foundation.database import execute, fetch, transaction
from backend.foundation.tokens import new_token
from backend.outbox.add import add

FOUND = """
SELECT id, lower(username) = lower($1) AS named FROM account
WHERE (lower(username) = lower($1) OR lower(email) = lower($1)) AND blocked_at IS NULL
ORDER BY id FOR UPDATE
"""


async def reset_factors(name: str, *, now: datetime) -> int:
    """Resets the one account with this user name, or else with this e-mail address; answers how many it could
    be, and does nothing unless that is one. The person is mailed a link to choose a password, and sets up a
    factor and a recovery code at the next sign in, as at the first."""
    password_hash = await hash_password(new_token())
    async with transaction():
        found = await fetch(FOUND, name.strip())
        # A family may share an address; a user name is one's own.
        found = [row for row in found if row["named"]] or found
        if len(found) == 1:
            await _reset(found[0]["id"], password_hash, now)
    return len(found)


async def _reset(account: UUID, password_hash: str, now: datetime) -> None:
    await execute("DELETE FROM sms_code WHERE account = $1", account)
    await execute("DELETE FROM factor WHERE account = $1", account)
    await execute(
        "UPDATE recovery_code SET replaced_at = $2"
        " WHERE account = $1 AND used_at IS NULL AND replaced_at IS NULL",
        account, now,
    )  # fmt: skip
    await store_password(account, password_hash, now=now)
    ended = await end_other_sessions(account, None, now=now)
    await record(Event.FACTORS_RESET, now=now, account=account)
    await record(Event.SESSIONS_ENDED, now=now, account=account, number=ended)
    await add("factors_reset", {"account": str(account)}, now=now)
    await promise_link(account, now=now, notice="begin_again", valid=VALID_UNASKED)

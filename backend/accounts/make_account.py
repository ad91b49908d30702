"""An account begins: with an invitation in hand, a user name and a password."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from backend.audit.events import Event
from backend.audit.record import record
from backend.foundation.database import fetch_value
from backend.foundation.languages import N_
from backend.foundation.refusal import Refused
from backend.foundation.tokens import new_id

TAKEN = N_("Deze gebruikersnaam is al in gebruik. Kies een andere.")


async def make_account(
    *,
    username: str,
    password_hash: str,
    email: str,
    first_name: str,
    last_name: str,
    language: str,
    now: datetime,
) -> UUID:
    """Writes the account, in the transaction of whoever calls. Raises Refused when the user name is taken,
    also by somebody who takes it at this very moment."""
    account = await fetch_value(
        "INSERT INTO account (id, username, email, first_name, last_name, password_hash, language,"
        " created_at, password_changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)"
        " ON CONFLICT (lower(username)) DO NOTHING RETURNING id",
        new_id(), username, email, first_name, last_name, password_hash, language, now,
    )  # fmt: skip
    if account is None:
        raise Refused(TAKEN, field="username")
    await record(Event.ACCOUNT_MADE, now=now, account=account)
    return UUID(str(account))

"""What a session keeps between two steps, changed only by who still sees what is there."""

from __future__ import annotations

import json
from typing import Any

from backend.accounts.sessions import Session
from backend.foundation.database import fetch_value
from backend.foundation.encryption import keyring


async def replace_pending(session: Session, pending: dict[str, Any] | None) -> bool:
    """Puts something else in place of what this request read; False when another request was first, so that
    a challenge or a code in it serves once."""
    sealed = None if pending is None else keyring().encrypt(json.dumps(pending), "session.pending")
    return bool(
        await fetch_value(
            "UPDATE session SET pending = $3 WHERE id = $1 AND pending = $2 RETURNING true",
            session.id, session.sealed, sealed,
        )
    )  # fmt: skip


async def take(session: Session, name: str) -> str | None:
    """The named value, gone from the session: for one caller alone, and None for every other."""
    pending = session.pending
    value: str | None = pending.pop(name, None)
    if value is None or not await replace_pending(session, pending or None):
        return None
    return value

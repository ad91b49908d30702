"""The same form twice leads to one change and one answer (modelled on Stripe's idempotency keys)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from uuid import UUID

from backend.foundation.database import execute, fetch_one, fetch_value, transaction
from backend.foundation.encryption import keyring

FIELD = "answered_request.body_hash"


class AnotherBody(Exception):
    """The key was used before for another form, or by another account."""


async def once(
    account_id: UUID,
    key: UUID,
    body: Mapping[str, str],
    now: datetime,
    do: Callable[[], Awaitable[str]],
    expected: str = "",
) -> tuple[str, bool]:
    """Runs `do` exactly once per key, in one transaction with the mark that it ran; gives the location it led
    to and whether that is an earlier answer. Who knows beforehand where it leads, says so in `expected` and
    saves a statement.

    The mark goes in first: a second try at the same moment waits there for the first to commit, or takes over
    when the first fails. When `do` raises, nothing is kept and the key is free again. Raises AnotherBody.
    """
    async with transaction():
        first = await _claim(account_id, key, body, expected, now)
        if first:
            location = await do()
            if location != expected:
                await execute("UPDATE answered_request SET location = $2 WHERE key = $1", key, location)
        else:
            location = await _earlier(account_id, key, body)
    return location, not first


async def _claim(account_id: UUID, key: UUID, body: Mapping[str, str], location: str, now: datetime) -> bool:
    return bool(
        await fetch_value(
            "INSERT INTO answered_request (key, account, body_hash, location, answered_at)"
            " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (key) DO NOTHING RETURNING true",
            key,
            account_id,
            keyring().encrypt(_hash(body), FIELD),
            location,
            now,
        )
    )


async def _earlier(account_id: UUID, key: UUID, body: Mapping[str, str]) -> str:
    row = await fetch_one("SELECT account, body_hash, location FROM answered_request WHERE key = $1", key)
    if row is None or row["account"] != account_id:
        raise AnotherBody(str(key))
    if keyring().decrypt_bytes(row["body_hash"], FIELD) != _hash(body):
        raise AnotherBody(str(key))
    return str(row["location"])


def _hash(body: Mapping[str, str]) -> bytes:
    """Stored encrypted: a bare hash of a form would let its few possible answers be guessed."""
    return hashlib.sha256(json.dumps(sorted(body.items())).encode()).digest()

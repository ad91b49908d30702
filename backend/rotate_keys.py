"""Seals everything that is encrypted anew, so that an old key may be thrown away."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backend.audit.events import Event
from backend.audit.record import record
from backend.foundation.database import fetch, fetch_value
from backend.foundation.encryption import CannotDecrypt, keyring

SEALED = (
    ("answered_request", "key", "body_hash"),
    ("document", "entry", "key"),
    ("factor", "id", "secret"),
    ("message", "id", "secret"),
    ("push_subscription", "id", "secret"),
    ("role_holder", "id", "phone"),
    ("session", "id", "pending"),
    ("sms_code", "id", "phone"),
    ("spell", "id", "nursing_address"),
    ("spell", "id", "phone"),
)
"""Table, primary key, and the column that keyring().encrypt() filled under the name `table.column`.
A document's file stays as it is: only its key is sealed anew."""
AT_A_TIME = 500


@dataclass
class Outcome:
    """How many values of one column were sealed anew, and how many no key of ours opens."""

    done: int = 0
    unreadable: int = 0


async def rotate_keys(*, now: datetime) -> dict[str, Outcome]:
    """Seals with the first key what another one sealed. Safe beside a running service, and to stop half-way:
    what changed in the meantime is left alone, and the next run goes on."""
    outcomes = {f"{table}.{column}": await _column(table, key, column) for table, key, column in SEALED}
    await record(Event.KEYS_ROTATED, now=now, sealed=sum(outcome.done for outcome in outcomes.values()))
    return outcomes


async def _column(table: str, key: str, column: str) -> Outcome:
    outcome, field = Outcome(), f"{table}.{column}"
    async for id, stored in _stored(table, key, column):
        if keyring().is_current(stored):
            continue
        try:
            anew = keyring().encrypt(keyring().decrypt_bytes(stored, field), field)
        except CannotDecrypt:
            outcome.unreadable += 1
            continue
        replaced = await fetch_value(
            f"UPDATE {table} SET {column} = $3 WHERE {key} = $1 AND {column} = $2 RETURNING true",
            id, stored, anew,
        )  # fmt: skip
        outcome.done += bool(replaced)
    return outcome


async def _stored(table: str, key: str, column: str) -> AsyncIterator[tuple[Any, bytes]]:
    last = None
    while True:
        rows = await fetch(
            f"SELECT {key} AS id, {column} AS stored FROM {table} WHERE {column} IS NOT NULL"
            f" AND ($1::uuid IS NULL OR {key} > $1) ORDER BY {key} LIMIT {AT_A_TIME}",
            last,
        )
        for row in rows:
            yield row["id"], row["stored"]
        if len(rows) < AT_A_TIME:
            return
        last = rows[-1]["id"]

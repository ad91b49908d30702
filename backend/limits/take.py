"""Counts a try before it is judged, or a deed with what it writes, in a strict sliding window kept in
PostgreSQL."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import asyncpg

from backend.foundation.database import DB, fetch

KEY_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `times` tries in any stretch of `seconds`."""

    times: int
    seconds: int


TAKE = """
INSERT INTO attempts AS a (key, moments) VALUES ($1, ARRAY[$2::timestamptz])
ON CONFLICT (key) DO UPDATE
    SET moments = ARRAY(SELECT m FROM unnest(a.moments) m WHERE m > $2 - $5::interval ORDER BY m) || $2
    WHERE NOT EXISTS (
        SELECT FROM unnest($3::int[], $4::interval[]) AS l(times, span)
        WHERE (SELECT count(*) FROM unnest(a.moments) m WHERE m > $2 - l.span) >= l.times)
RETURNING true
"""
"""The row's lock makes simultaneous tries queue, so that each sees those before it."""
WAIT = """
SELECT max(m.moment + l.span - $2::timestamptz) FROM attempts a
CROSS JOIN unnest($3::int[], $4::interval[]) AS l(times, span)
CROSS JOIN LATERAL (SELECT moment FROM unnest(a.moments) moment WHERE moment > $2::timestamptz - l.span
    ORDER BY moment DESC OFFSET l.times - 1 LIMIT 1) m
WHERE a.key = $1
"""
"""Of each limit that is full: when the try that fills it is too old to count."""


async def take(key: str, *limits: Limit, now: datetime) -> bool:
    """Whether one more try under `key` is allowed; an allowed try is counted at once and for good, a refused
    one is not.

    Must be called before a transaction is opened, as a rolled back count would limit nothing: raises
    RuntimeError inside one. Raises when the database is away, so that a limit fails closed.
    """
    return bool(await _apart(TAKE, *_asked(key, limits, now), _longest(limits)))


async def take_within(key: str, *limits: Limit, now: datetime) -> bool:
    """The same for what limits deeds and not tries: counted in the caller's transaction, so that what is
    rolled back used up nothing. Others under `key` wait for it to end. Raises RuntimeError outside one."""
    if DB.current_transaction.get() is None:
        raise RuntimeError("count a deed in the transaction that does it")
    return bool(await fetch(TAKE, *_asked(key, limits, now), _longest(limits)))


async def wait_of(key: str, *limits: Limit, now: datetime) -> timedelta:
    """How long until one more under `key` is allowed; nothing when it is now."""
    (row,) = await fetch(WAIT, *_asked(key, limits, now))
    return row[0] or timedelta()


def _asked(key: str, limits: Sequence[Limit], now: datetime) -> tuple[object, ...]:
    spans = [timedelta(seconds=limit.seconds) for limit in limits]
    return _stored(key), now, [limit.times for limit in limits], spans


def _longest(limits: Sequence[Limit]) -> timedelta:
    return timedelta(seconds=max(limit.seconds for limit in limits))


async def give_back(key: str, *, now: datetime) -> None:
    """Takes back the try counted at `now`, because it was right: only wrong ones use up the limit."""
    await _apart("UPDATE attempts SET moments = array_remove(moments, $2) WHERE key = $1", _stored(key), now)


async def forget(key: str) -> None:
    """Forgets all tries under `key`."""
    await _apart("DELETE FROM attempts WHERE key = $1", _stored(key))


async def _apart(sql: str, *args: object) -> Sequence[asyncpg.Record]:
    """Runs one statement that commits by itself."""
    if DB.current_transaction.get() is not None:
        raise RuntimeError("count a try before the transaction opens: a rollback would undo the count")
    if DB.pool is None:
        return await DB._run_in_new_connection(sql, args)  # type: ignore[no-any-return]
    return await DB._run_in_pool(sql, args)  # type: ignore[no-any-return]


def _stored(key: str) -> str:
    """A key that fits the column, whatever a visitor typed into it."""
    if len(key) <= KEY_LENGTH and key.isprintable():
        return key
    return "hashed:" + hashlib.sha256(key.encode(errors="replace")).hexdigest()

"""A hint that something changed, for the pages that stand open. Only a hint: it says where and not what, and
a page that missed it catches up by itself (backend/live/follow.py)."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from uuid import UUID

from redis.asyncio import Redis
from redis.exceptions import RedisError

from backend.foundation.database import after_commit

CHANNEL = "live"
"""One for the whole product: each process looks up whether anybody there has it open."""
PATIENCE = 0.2
"""Seconds; a Redis that is away costs no more."""

_redis: Redis | None = None
_under_way: set[asyncio.Task[None]] = set()
"""The loop itself holds its tasks only weakly."""


def use(redis: Redis | None) -> None:
    """Where hints go, set once at the start of a program; without one they go nowhere."""
    global _redis
    _redis = redis


def changed(id: UUID) -> None:
    """Hints that something changed in a dossier; or, by the id of a session or of a role somebody holds, in
    what its person may see. Once the current transaction has committed, however often it is called within
    it. Never raises, and nobody waits for it."""
    after_commit((CHANNEL, id), partial(_hint, id))


def _hint(id: UUID) -> None:
    if _redis is None:
        return
    task = asyncio.create_task(_publish(_redis, id))
    _under_way.add(task)
    task.add_done_callback(_under_way.discard)


async def _publish(redis: Redis, id: UUID) -> None:
    with suppress(RedisError, OSError, TimeoutError):
        await asyncio.wait_for(redis.publish(CHANNEL, id.bytes), PATIENCE)

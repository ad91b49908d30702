"""A hint to the worker that something waits. Only a hint: the worker looks by itself every few seconds."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from redis.asyncio import Redis
from redis.exceptions import RedisError

WAKE_CHANNEL = "outbox:wake"
PATIENCE = 0.2
"""Seconds; a request never waits longer for a Redis that is away."""


async def wake(redis: Redis | None) -> None:
    """Call after the commit. Never raises, never keeps a request waiting."""
    if redis is None:
        return
    with suppress(RedisError, OSError, TimeoutError):
        await asyncio.wait_for(redis.publish(WAKE_CHANNEL, b""), PATIENCE)

"""One subscription for the whole process, however many pages are open."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from backend.foundation.hint import CHANNEL

AGAIN = 2.0
"""Seconds until a Redis that is away is tried again."""
PING = 30
"""Seconds of silence after which the connection is tried, so that one that died unnoticed is found out."""

log = structlog.get_logger("live")


async def hear(redis_url: str, heard: Callable[[UUID], None]) -> None:
    """Calls `heard` for each hint, until cancelled. While Redis is away nothing is heard."""
    redis: Redis = Redis.from_url(redis_url, socket_connect_timeout=2, health_check_interval=PING)
    away = False
    try:
        while True:
            try:
                async with redis.pubsub(ignore_subscribe_messages=True) as hints:
                    await hints.subscribe(CHANNEL)
                    away = False
                    while True:
                        message = await hints.get_message(timeout=PING)
                        if message is not None:
                            _tell(message["data"], heard)
            except (RedisError, OSError):
                if not away:
                    log.warning("nothing is heard: Redis is away")
                away = True
                await asyncio.sleep(AGAIN)
    finally:
        with suppress(RedisError, OSError):
            await redis.aclose()


def _tell(data: bytes, heard: Callable[[UUID], None]) -> None:
    with suppress(ValueError):  # another version may say more
        heard(UUID(bytes=data))

"""Keeps sending what waits, woken by hints but never in need of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from backend.foundation import clock
from backend.outbox.deliver import Gateways, deliver_one
from backend.outbox.wake import WAKE_CHANNEL

TICK = 5.0
"""Seconds between looks when nobody hints: the promise behind the hint."""

log = structlog.get_logger("outbox")


class Lane:
    """Sends the messages of one channel one after the other."""

    def __init__(
        self, channel: str, gateways: Gateways, now: Callable[[], datetime] = clock.now, tick: float = TICK
    ) -> None:
        self._channel, self._gateways, self._now, self._tick = channel, gateways, now, tick
        self._hint = asyncio.Event()
        self._stopping = False

    def hurry(self) -> None:
        """Something may be waiting."""
        self._hint.set()

    def stop(self) -> None:
        """End after the message at hand."""
        self._stopping = True
        self._hint.set()

    async def run(self) -> None:
        """Until stopped. A database that is away is tried again at the next tick."""
        away = False
        while not self._stopping:
            self._hint.clear()
            try:
                while not self._stopping and await deliver_one(self._channel, self._gateways, self._now):
                    pass
                away = False
            except Exception:
                if not away:
                    log.warning("waiting for the database", exc_info=True)
                away = True
                self._hint.clear()
            await self._gateways.mail.rest()
            if not self._stopping:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._hint.wait(), self._tick)


async def hear_hints(redis: Redis, heard: Callable[[], None], again: float = 2.0) -> None:
    """Calls `heard` at every hint, until cancelled; a Redis that is away is tried again."""
    away = False
    while True:
        try:
            async with redis.pubsub() as hints:
                await hints.subscribe(WAKE_CHANNEL)
                away = False
                while True:
                    if await hints.get_message(timeout=30):
                        heard()
        except (RedisError, OSError):
            if not away:
                log.warning("no hints: Redis is away")
            away = True
            await asyncio.sleep(again)

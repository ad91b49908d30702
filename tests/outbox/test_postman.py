"""Hints make it fast; nothing depends on them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from redis.asyncio import Redis

from backend.foundation import clock
from backend.foundation.database import close_pool, open_pool
from backend.outbox.add import Promise, add, add_many
from backend.outbox.deliver import Gateways
from backend.outbox.postman import Lane, hear_hints
from backend.outbox.queries import state
from backend.outbox.wake import wake
from backend.settings import Settings
from backend.worker import LANES
from tests.cast import Cast
from tests.gateways.post_office import PostOffice


async def until(true: Callable[[], bool], seconds: float = 10) -> float:
    """Waits, and says how long it took."""
    start = time.monotonic()
    while not true():
        assert time.monotonic() - start < seconds, "it never came"
        await asyncio.sleep(0.01)
    return time.monotonic() - start


@asynccontextmanager
async def running(*lanes: Lane) -> AsyncIterator[list[asyncio.Task[None]]]:
    tasks = [asyncio.create_task(lane.run()) for lane in lanes]
    try:
        yield tasks
    finally:
        for lane in lanes:
            lane.stop()
        await asyncio.wait(tasks, timeout=5)
        for task in tasks:
            task.cancel()


async def test_a_hint_sends_at_once(
    database: Cast, redis: Redis, gateways: Gateways, office: PostOffice
) -> None:
    lane = Lane("mail", gateways, tick=60)
    hearing = asyncio.create_task(hear_hints(redis, lane.hurry))
    async with running(lane):
        await asyncio.sleep(0.3)
        await add("greeting", {}, now=clock.now())
        await wake(redis)
        assert await until(lambda: len(office.accepted) == 1) < 2
    hearing.cancel()


async def test_without_any_hint_it_is_sent_at_the_next_look(
    database: Cast, gateways: Gateways, office: PostOffice
) -> None:
    async with running(Lane("mail", gateways, tick=0.2)):
        await asyncio.sleep(0.1)
        await add("greeting", {}, now=clock.now())
        await until(lambda: len(office.accepted) == 1)


async def test_a_hint_never_fails_nor_delays_the_request(settings: Settings) -> None:
    away = Redis.from_url("redis://192.0.2.1:6379")
    start = time.monotonic()
    await wake(away)
    await wake(Redis.from_url("unix:///nonexistent.sock"))
    await wake(None)
    assert time.monotonic() - start < 1


async def test_it_waits_for_a_database_that_is_away(
    database: Cast, settings: Settings, gateways: Gateways, office: PostOffice
) -> None:
    await add("greeting", {}, now=clock.now())
    await close_pool()
    await open_pool("postgresql://nobody@/none?host=/nonexistent")
    async with running(Lane("mail", gateways, tick=0.1)) as (task,):
        await asyncio.sleep(0.5)
        assert not task.done()
        await close_pool()
        await open_pool(settings.database_url)
        await until(lambda: len(office.accepted) == 1)


async def test_asked_to_stop_it_finishes_the_message_at_hand(
    database: Cast, gateways: Gateways, office: PostOffice
) -> None:
    await add_many([Promise("greeting", {})] * 500, now=clock.now())
    lane = Lane("mail", gateways, tick=60)
    async with running(lane) as (task,):
        await until(lambda: len(office.accepted) >= 3)
        lane.stop()
        await asyncio.wait([task], timeout=5)
    assert task.done()
    assert 3 <= len(office.accepted) < 500
    assert (await state()).waiting == 500 - len(office.accepted)


async def test_hints_are_heard_again_after_redis_was_away(redis: Redis) -> None:
    heard: list[None] = []
    hearing = asyncio.create_task(hear_hints(redis, lambda: heard.append(None), again=0.1))
    await until(lambda: len(heard) == 1)
    await redis.client_kill_filter(_type="pubsub")
    await until(lambda: len(heard) == 2)
    await wake(redis)
    await until(lambda: len(heard) >= 3)
    hearing.cancel()
    with suppress(asyncio.CancelledError):
        await hearing


def test_a_kill_can_repeat_one_mail_at_most() -> None:
    assert LANES.count("mail") == 1

"""Hints make it fast; nothing depends on them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import datetime

import pytest
from redis.asyncio import Redis

from backend.foundation import clock
from backend.foundation.database import close_pool, open_pool
from backend.gateways.mail import MailGateway, OutgoingMail
from backend.outbox.add import Promise, add, add_many
from backend.outbox.deliver import Gateways
from backend.outbox.postman import Lane, hear_hints
from backend.outbox.queries import state
from backend.outbox.wake import wake
from backend.settings import Settings
from backend.worker import LANES
from tests.cast import Cast
from tests.gateways.post_office import PostOffice
from tests.until import never_answering, until

NEVER = 3600.0


class Resting:
    """A lane's mail gateway; it counts how often the lane went to rest, as it does when it found no more."""

    def __init__(self, mail: MailGateway) -> None:
        self.mail, self.times = mail, 0

    async def send(self, mail: OutgoingMail) -> None:
        await self.mail.send(mail)

    async def rest(self) -> None:
        await self.mail.rest()
        self.times += 1


@asynccontextmanager
async def running(*lanes: Lane) -> AsyncIterator[list[asyncio.Task[None]]]:
    """They end after what they have at hand, which must not wait for ever."""
    tasks = [asyncio.create_task(lane.run()) for lane in lanes]
    try:
        yield tasks
    finally:
        for lane in lanes:
            lane.stop()
        await asyncio.gather(*tasks)


async def test_a_hint_sends_at_once(
    database: Cast, redis: Redis, gateways: Gateways, office: PostOffice
) -> None:
    """Without it nobody would look for an hour."""
    resting, heard = Resting(gateways.mail), asyncio.Event()
    lane = Lane("mail", replace(gateways, mail=resting), tick=NEVER)

    def hurry() -> None:
        heard.set()
        lane.hurry()

    hearing = asyncio.create_task(hear_hints(redis, hurry))
    await until(heard.is_set, "the subscription")
    async with running(lane):
        await until(lambda: resting.times == 1, "the first look")
        await add("greeting", {}, now=clock.now())
        await wake(redis)
        await until(lambda: len(office.accepted) == 1, "the mail")
    hearing.cancel()


async def test_without_any_hint_it_is_sent_at_the_next_look(
    database: Cast, gateways: Gateways, office: PostOffice
) -> None:
    resting = Resting(gateways.mail)
    async with running(Lane("mail", replace(gateways, mail=resting), tick=0.01)):
        await until(lambda: resting.times >= 1, "the first look")
        await add("greeting", {}, now=clock.now())
        await until(lambda: len(office.accepted) == 1, "the mail")


async def test_a_hint_never_fails_nor_holds_up_the_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.outbox.wake.PATIENCE", 0.01)
    async with never_answering() as port, Redis(port=port) as silent:
        await wake(silent)
    await wake(Redis.from_url("unix:///nonexistent.sock"))
    await wake(None)


async def test_it_waits_for_a_database_that_is_away(
    database: Cast, settings: Settings, gateways: Gateways, office: PostOffice
) -> None:
    await add("greeting", {}, now=clock.now())
    await close_pool()
    await open_pool("postgresql://nobody@/none?host=/nonexistent")
    looks = 0

    def now() -> datetime:
        nonlocal looks
        looks += 1
        return clock.now()

    async with running(Lane("mail", gateways, now, tick=0.01)) as (task,):
        await until(lambda: looks > 2, "another try")
        assert not task.done()
        await close_pool()
        await open_pool(settings.database_url)
        await until(lambda: len(office.accepted) == 1, "the mail")


async def test_asked_to_stop_it_finishes_the_message_at_hand(
    database: Cast, gateways: Gateways, office: PostOffice
) -> None:
    await add_many([Promise("greeting", {})] * 500, now=clock.now())
    lane, office.may_answer = Lane("mail", gateways, tick=NEVER), asyncio.Event()
    async with running(lane) as (task,):
        await until(lambda: len(office.accepted) == 1, "a message at hand")
        lane.stop()
        office.may_answer.set()
        await until(task.done, "the stop")
    assert len(office.accepted) == 1
    assert (await state()).waiting == 499


async def test_hints_are_heard_again_after_redis_was_away(redis: Redis) -> None:
    heard: list[None] = []
    hearing = asyncio.create_task(hear_hints(redis, lambda: heard.append(None), again=0.01))
    await until(lambda: len(heard) == 1, "the subscription")
    await redis.client_kill_filter(_type="pubsub")
    await until(lambda: len(heard) == 2, "the subscription anew")
    await wake(redis)
    await until(lambda: len(heard) == 3, "the hint")
    hearing.cancel()
    with suppress(asyncio.CancelledError):
        await hearing


def test_a_kill_can_repeat_one_mail_at_most() -> None:
    assert LANES.count("mail") == 1

"""The worker as a process of its own."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from redis.asyncio import Redis

from backend.foundation import clock
from backend.gateways.inbox import Inbox, Item
from backend.outbox.add import add
from backend.outbox.queries import state
from backend.outbox.wake import wake
from backend.settings import Settings
from tests.cast import Cast
from tests.conftest import SECRET
from tests.gateways.post_office import PostOffice

ROOT = Path(__file__).resolve().parent.parent.parent


@asynccontextmanager
async def worker(settings: Settings, **more: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Running on this test's database and Redis; killed in the end if it still runs."""
    env = {
        "PATH": os.environ["PATH"], "BETERSCHAP_ENV": "development", "SECRET_KEY": SECRET,
        "DATABASE_URL": settings.database_url, "REDIS_URL": settings.redis_url,
        "PUBLIC_URL": "http://localhost", **more,
    }  # fmt: skip
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "backend.worker", cwd=ROOT, env=env, stdout=asyncio.subprocess.PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def newest(redis: Redis, count: int) -> list[Item]:
    """As many items as expected, once they are there."""
    for _ in range(200):
        if len(found := await Inbox(redis).newest()) >= count:
            return found
        await asyncio.sleep(0.05)
    raise AssertionError("the inbox stayed empty")


async def changed(cast: Cast, redis: Redis | None) -> None:
    await add("password_changed", {"account": str(cast.anna.account)}, now=clock.now())
    await wake(redis)


async def test_it_sends_stops_when_asked_and_logs_nobody(
    database: Cast, settings: Settings, redis: Redis
) -> None:
    async with worker(settings) as process:
        await changed(database, None)
        assert (await newest(redis, 1))[0].to == "anna@voorbeeld.example"
        await changed(database, redis)
        await newest(redis, 2)
        process.send_signal(signal.SIGTERM)
        said, _ = await asyncio.wait_for(process.communicate(), 10)
    assert process.returncode == 0
    assert b"anna" not in said
    lines = [json.loads(line) for line in said.splitlines()]
    assert [line["event"] for line in lines] == ["worker started", "message", "message", "worker stopped"]


async def test_asked_to_stop_while_sending_it_finishes_and_marks(
    database: Cast, settings: Settings, redis: Redis, office: PostOffice
) -> None:
    office.pause = 1.0
    async with worker(settings, SMTP_URL=office.url) as process:
        await changed(database, None)
        while not office.accepted:
            await asyncio.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.communicate(), 10)
    assert process.returncode == 0
    assert (await state()).waiting == 0
    assert len(office.accepted) == 1


async def test_it_works_without_redis(database: Cast, settings: Settings, office: PostOffice) -> None:
    async with worker(settings, SMTP_URL=office.url, REDIS_URL="unix:///nonexistent.sock") as process:
        await changed(database, None)
        for _ in range(200):
            if office.accepted:
                break
            await asyncio.sleep(0.05)
        assert len(office.accepted) == 1
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.communicate(), 15)
    assert process.returncode == 0

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
from tests.until import PATIENCE, until

ROOT = Path(__file__).resolve().parent.parent.parent
BY_THE_CLOCK = ("kept house", "kept calendars")
"""What it does at its minute, whoever tests at that minute."""


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
    found: list[Item] = []

    async def there() -> bool:
        found[:] = await Inbox(redis).newest()
        return len(found) >= count

    await until(there, f"item {count}")
    return found


async def said_until_its_end(process: asyncio.subprocess.Process) -> bytes:
    """Asks it to stop, and waits until it did; what it wrote."""
    process.send_signal(signal.SIGTERM)
    said, _ = await asyncio.wait_for(process.communicate(), PATIENCE)
    return said


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
        said = await said_until_its_end(process)
    assert process.returncode == 0
    assert b"anna" not in said
    events = [json.loads(line)["event"] for line in said.splitlines()]
    told = [event for event in events if event not in BY_THE_CLOCK]
    assert told == ["worker started", "message", "message", "worker stopped"]


async def test_asked_to_stop_while_sending_it_finishes_and_marks(
    database: Cast, settings: Settings, redis: Redis, office: PostOffice
) -> None:
    office.may_answer = asyncio.Event()
    async with worker(settings, SMTP_URL=office.url) as process:
        await changed(database, None)
        await until(lambda: len(office.accepted) == 1, "a message at hand")
        ending = asyncio.create_task(said_until_its_end(process))
        await asyncio.sleep(0)  # it was asked
        office.may_answer.set()
        await ending
    assert process.returncode == 0
    assert (await state()).waiting == 0
    assert len(office.accepted) == 1


async def test_it_works_without_redis(database: Cast, settings: Settings, office: PostOffice) -> None:
    async with worker(settings, SMTP_URL=office.url, REDIS_URL="unix:///nonexistent.sock") as process:
        await changed(database, None)
        await until(lambda: len(office.accepted) == 1, "the mail")
        await said_until_its_end(process)
    assert process.returncode == 0

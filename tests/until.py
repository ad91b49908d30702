"""Waits for the thing itself, with a patience that only fails what does not come at all.

How long anything takes is a matter of the machine: no test of ours may fail because one was busy.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from inspect import isawaitable

import pytest
from redis.asyncio import Redis

PATIENCE = 120.0
"""Seconds to wait for what is bound to come; a wait that ends early is the usual one."""
OUR_LIMITS = (
    "backend.foundation.database.TURN_SECONDS",
    "backend.foundation.hint.PATIENCE",
    "backend.gateways.mail.SECONDS",
    "backend.gateways.sms.SECONDS",
    "backend.gateways.web_push.SECONDS",
    "backend.outbox.deliver.SEND_SECONDS",
    "backend.outbox.wake.PATIENCE",
    "backend.uploads.judge.SECONDS",
)
"""Seconds after which the product gives something up that on a busy machine may well come later."""


async def until(true: Callable[[], bool | Awaitable[bool]], what: str, patience: float = PATIENCE) -> None:
    """Waits until it is true; `what` says in the failure what never came."""
    deadline = time.monotonic() + patience
    while not await _answer(true()):
        assert time.monotonic() < deadline, f"not within {patience:g} s: {what}"
        await asyncio.sleep(0.01)


async def _answer(found: bool | Awaitable[bool]) -> bool:
    return await found if isawaitable(found) else found


async def until_heard(redis: Redis, channel: str) -> None:
    """Waits until somebody listens there: what is said before is lost."""

    async def somebody() -> bool:
        return bool((await redis.pubsub_numsub(channel))[0][1])

    await until(somebody, f"nobody listens to {channel}")


def be_patient(patched: pytest.MonkeyPatch) -> None:
    """Widens our own limits of time in this process. A test of one sets it itself, against a party that never
    answers."""
    for limit in OUR_LIMITS:
        patched.setattr(limit, PATIENCE)


@asynccontextmanager
async def never_answering() -> AsyncIterator[int]:
    """The port of somebody who takes what is said to them and answers nothing."""
    over = asyncio.Event()

    async def listen(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await over.wait()
        writer.close()

    server = await asyncio.start_server(listen, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        over.set()
        server.close()

"""An answer that goes on: server-sent events, until either side ends it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from typing import Any

import structlog
from litestar.types import Receive, Scope, Send

from backend.web.errors import AWAY

SLOW = 10.0
"""Seconds that a reader may leave a line waiting before it is dropped."""
HEADERS = (
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),  # nginx and its kin pass each line on at once
)
log = structlog.get_logger("web")


class EventStream:
    """Sends the lines as they come. `left` is called once, however it ends.

    A database that is away ends it quietly, as the network would: the browser tries again.
    """

    def __init__(self, lines: AsyncGenerator[bytes, None], left: Callable[[], None]) -> None:
        self._lines, self._left = lines, left

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        tasks: list[asyncio.Task[Any]] = []
        try:
            await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
            tasks = [asyncio.create_task(self._write(send)), asyncio.create_task(_gone(receive))]
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._left()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _write(self, send: Send) -> None:
        try:
            async for line in self._lines:
                async with asyncio.timeout(SLOW):
                    await send({"type": "http.response.body", "body": line, "more_body": True})
        except AWAY as error:
            log.info("stream ended", kind=type(error).__name__)
        except Exception:
            log.exception("stream broke")
        finally:
            await self._lines.aclose()
        with suppress(OSError):
            await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass

"""Streams, as the page would hold them: in this process, and on a web server of their own."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import httpx
import pytest

from backend.dossier.lifecycle import open_dossier
from backend.foundation import clock
from backend.live.follow import follow
from backend.live.hub import Hub, Stream
from backend.settings import Settings
from tests.cast import NOW, Cast, Member, session_of
from tests.journeys.site import Site, free_port, start_web, until_ready
from tests.posting.conftest import dossiers
from tests.until import PATIENCE

__all__ = ["dossiers"]
SOON = PATIENCE


@dataclass
class Told:
    """What one page was told, and how often its stream looked."""

    stream: Stream
    dossier: Any = None
    lines: list[bytes] = field(default_factory=list)
    begun: asyncio.Queue[None] = field(default_factory=asyncio.Queue)
    done: asyncio.Queue[None] = field(default_factory=asyncio.Queue)
    task: asyncio.Task[None] | None = None

    async def looked(self) -> None:
        """Waits for the end of one look more. What the look before it found is told by then."""
        async with asyncio.timeout(SOON):
            await self.begun.get()
            await self.done.get()

    async def ended(self) -> None:
        """Waits for its end."""
        assert self.task
        await asyncio.wait_for(self.task, SOON)

    def names(self) -> list[str]:
        """The names of the events so far."""
        words = [line.split(b"\n")[0].decode() for line in self.lines]
        return [word.removeprefix("event: ") for word in words]


def told(hub: Hub, member: Member, dossier: Any, look: Any, known: str = "", **how: Any) -> Told:
    """A stream that looks as often as it is woken, without a beat of its own."""
    assert member.account
    found = Told(hub.join(member.account, {dossier}), dossier)

    async def counted() -> str | None:
        found.begun.put_nowait(None)
        state: str | None = await look()
        found.done.put_nowait(None)
        return state

    async def keep(lines: AsyncGenerator[bytes, None]) -> None:
        async for line in lines:
            found.lines.append(line)

    lines = follow(found.stream, counted, known, **{"beat": (600.0, 600.0), "gap": 0.0, **how})
    found.task = asyncio.create_task(keep(lines))
    return found


async def twice(hub: Hub, *streams: Told) -> None:
    """Two hints, each looked at: whatever the first was about is told by then, and no look is under way."""
    for _time in range(2):
        for one in streams:
            hub.hear(one.dossier)
        for one in streams:
            await one.looked()


@asynccontextmanager
async def server(settings: Settings, **more: str) -> AsyncIterator[Site]:
    """A web server on this test's database (unhurried.py), ended at the end if it still runs."""
    port = free_port()
    environment = {
        "BETERSCHAP_ENV": "development", "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url, "SECRET_KEY": settings.secret_keys[0].decode(),
        "PUBLIC_URL": f"http://localhost:{port}", "FILES_URL": settings.files_url, "LOG_LEVEL": "warning",
        **more,
    }  # fmt: skip
    web = start_web(environment, port, "tests.unhurried:create_app")
    site = Site(f"http://localhost:{port}", environment, web, web)
    try:
        await until_ready(site)
        yield site
    finally:
        web.terminate()
        try:
            web.wait(timeout=20)
        except subprocess.TimeoutExpired:
            web.kill()
            web.wait()


class Listener:
    """A page's stream over the wire."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer
        self._lines = answer.aiter_lines()

    async def event(self) -> str:
        """The name of the next event; nothing at the end of the stream."""
        async with asyncio.timeout(SOON):
            async for line in self._lines:
                if line.startswith("event: "):
                    return line.removeprefix("event: ")
        return ""


@asynccontextmanager
async def phones(site: Site) -> AsyncIterator[Any]:
    """`page = await listen(member, dossier)`: a stream, over a connection of its own."""
    async with AsyncExitStack() as stack:

        async def client_of(member: Member) -> httpx.AsyncClient:
            token = await session_of(member, now=clock.now())
            headers = {"Sec-Fetch-Site": "same-origin", "Cookie": f"session={token}"}
            limits = httpx.Limits(max_connections=200)
            client = httpx.AsyncClient(base_url=site.url, headers=headers, timeout=PATIENCE, limits=limits)
            return await stack.enter_async_context(client)

        async def listen(
            client: httpx.AsyncClient, dossier: Any = "", since: str = "", path: str = ""
        ) -> Listener:
            address = httpx.URL(path or f"/live?dossier={dossier}").copy_add_param("since", since)
            asked = client.stream("GET", address)
            return Listener(await stack.enter_async_context(asked))

        yield client_of, listen


@pytest.fixture
async def annas(database: Cast) -> Any:
    """Anna's dossier, still empty."""
    assert database.anna.employment
    return await open_dossier(database.anna.employment, date(2026, 11, 2), now=NOW)

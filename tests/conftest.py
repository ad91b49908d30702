"""One embedded PostgreSQL and Redis a test process; a database of its own, with the cast, for each test.

`database` gives the cast in a fresh database with the pool open; `app` the application on it; `client_of` a
browser-like client that is signed in as somebody; with `still` it stays the cast's moment, on pages too.
"""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from datetime import datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar import Litestar
from redis.asyncio import Redis

from backend.app import create_app
from backend.embedded import Servers
from backend.foundation import clock, encryption
from backend.foundation.database import close_pool, open_pool
from backend.gateways import files, virus_scan
from backend.live.hub import Hub
from backend.settings import Settings, load
from tests.cast import NOW, Cast, Member, make_cast, session_of
from tests.servers import copy_database, running
from tests.until import PATIENCE, be_patient

SECRET = "tests.only!" * 4
TEMPLATE = "cast"
Client = Callable[..., Awaitable[httpx.AsyncClient]]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What tests counted: their property `figures`, also when another process ran them."""
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, told in getattr(report, "user_properties", ()):
                if name == "figures" and report.when == "call":
                    terminalreporter.write_line(str(told))


@pytest.fixture(scope="session", autouse=True)
def patient() -> Iterator[None]:
    """Nothing of ours gives up because this machine is busy."""
    with pytest.MonkeyPatch.context() as patched:
        be_patient(patched)
        yield


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes long (it has a time limit of its own) comes first in each worker's share.

    At the end of one, all would wait for it: a worker is given its share in one piece, and of its last two
    tests others can take over neither.
    """
    workers = getattr(config, "workerinput", {"workercount": 1})["workercount"]
    long = [one for one in items if one.get_closest_marker("timeout")]
    short = iter([one for one in items if not one.get_closest_marker("timeout")])
    shared: list[pytest.Item] = []
    for worker in range(workers):
        share = (len(items) - len(shared)) // (workers - worker)
        first = long[worker::workers]
        shared += [*first, *islice(short, max(0, share - len(first)))]
    items[:] = [*shared, *short]


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """PostgreSQL and Redis of this test process."""
    with running() as started:
        yield started


@pytest.fixture(scope="session")
def cast_template(servers: Servers) -> Cast:
    """A migrated database with the cast, which every test's own is copied from."""
    servers.postgres.sql(f'CREATE DATABASE "{TEMPLATE}"')
    encryption.use((SECRET.encode(),))

    async def fill() -> Cast:
        from backend.cli import migrate

        await open_pool(servers.postgres.url_of(TEMPLATE))
        try:
            await migrate()
            return await make_cast()
        finally:
            await close_pool()

    return asyncio.run(fill())


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """It is the cast's moment and stays so: what a page says then does not hang on the day of the run."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return NOW


@pytest.fixture
async def settings(servers: Servers, cast_template: Cast, tmp_path: Path) -> Settings:
    """Development settings on this test's own database."""
    return load(
        {
            "BETERSCHAP_ENV": "development",
            "DATABASE_URL": await copy_database(servers, TEMPLATE, "test"),
            "REDIS_URL": servers.redis_url,
            "SECRET_KEY": SECRET,
            "PUBLIC_URL": "http://localhost",
            "FILES_URL": (tmp_path / "files").as_uri(),
            "LOG_LEVEL": "warning",
        }
    )


@pytest.fixture
async def database(settings: Settings, cast_template: Cast) -> AsyncIterator[Cast]:
    """The cast, in a fresh database with the pool open."""
    encryption.use(settings.secret_keys)
    await open_pool(settings.database_url, largest=30, patience=PATIENCE)
    try:
        yield cast_template
    finally:
        await close_pool()


@pytest.fixture
async def redis(settings: Settings) -> AsyncIterator[Redis]:
    """An empty Redis."""
    connection = Redis.from_url(settings.redis_url)
    await connection.flushdb()
    yield connection
    await connection.aclose()


@cache
def _application(settings: Settings) -> Litestar:
    """Made once a process: that takes longer than most tests."""
    return create_app(settings)


@pytest.fixture
async def app(database: Cast, settings: Settings, redis: Redis) -> Litestar:
    """The application on this test's database; its pool is the test's, and so are its files and streams."""
    application = _application(dataclasses.replace(settings, files_url="file:///nowhere"))
    files.use(settings.files_url)
    virus_scan.use(settings.clamd_url)
    application.state.update({"settings": settings, "redis": redis, "live": Hub()})
    return application


@pytest.fixture
async def client_of(app: Litestar) -> AsyncIterator[Client]:
    """`await client_of(cast.anna)`: a client signed in as Anna; `await client_of(None)`: a stranger.

    Options: `level="password"`, `confirmed=True`. It says it is our own page, as a browser would.
    """
    async with AsyncExitStack() as stack:

        async def make(member: Member | None, **how: Any) -> httpx.AsyncClient:
            client = httpx.AsyncClient(
                transport=httpx.ASGITransport(app=app, raise_app_exceptions=False),  # type: ignore[arg-type]
                base_url="http://localhost",
                headers={"Sec-Fetch-Site": "same-origin", "Accept-Language": "nl"},
            )
            if member is not None:
                token = await session_of(member, now=clock.now(), **how)
                # The domain as the cookie jar writes it, so that a new secret takes the old one's place.
                client.cookies.set("session", token, domain="localhost.local")
            return await stack.enter_async_context(client)

        yield make

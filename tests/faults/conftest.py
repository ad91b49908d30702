"""A house to break things in, for each test its own, on servers that wait for the disk."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from backend.cli import migrate
from backend.embedded import Servers
from backend.foundation import encryption
from backend.foundation.database import close_pool, open_pool
from tests.cast import Member, make_cast
from tests.faults.house import SECRET, House
from tests.faults.people import Employee, hire, sign_in
from tests.gateways.post_office import post_office
from tests.servers import copy_database, running

PEOPLE = 64
TEMPLATE = "bakery"
Figures = Callable[[str], None]


@pytest.fixture(scope="session")
async def ground() -> AsyncIterator[tuple[Servers, ThreadPoolExecutor, list[Member]]]:
    """Durable servers, in the thread that may restart them, with the people in a database to copy."""
    loop = asyncio.get_running_loop()
    encryption.use((bytes.fromhex(SECRET),))
    with ThreadPoolExecutor(1) as thread, ExitStack() as stack:
        servers = await loop.run_in_executor(thread, stack.enter_context, running(durable=True))
        try:
            servers.postgres.sql(f'CREATE DATABASE "{TEMPLATE}"')
            await open_pool(servers.postgres.url_of(TEMPLATE))
            await migrate()
            people = await hire(await make_cast(), PEOPLE)
            await close_pool()
            yield servers, thread, people
        finally:
            await loop.run_in_executor(thread, stack.close)


@pytest.fixture
async def house(
    ground: tuple[Servers, ThreadPoolExecutor, list[Member]], tmp_path: Path
) -> AsyncIterator[House]:
    """Nothing runs yet but PostgreSQL, Redis and the mail server; this process's pool is open on it."""
    servers, thread, _people = ground
    encryption.use((bytes.fromhex(SECRET),))
    url = await copy_database(servers, TEMPLATE, "house")
    async with post_office() as office:
        built = House(servers, thread, url, office, tmp_path)
        await open_pool(url, largest=2)
        try:
            yield built
        finally:
            await close_pool()
            built.close()


@pytest.fixture
async def people(house: House, ground: tuple[Servers, ThreadPoolExecutor, list[Member]]) -> list[Employee]:
    """All employees, each signed in on a phone."""
    return await sign_in(ground[2])


@pytest.fixture
def figures(record_property: Callable[[str, object], None]) -> Figures:
    """Shown at the end of the run, whether or not the test passes."""

    def show(table: str) -> None:
        record_property("figures", table)

    return show

"""A page keeps one connection, and nobody's connection stays behind."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from backend.foundation.database import DB, Kept, fetch_value, kept, transaction
from tests.cast import Cast
from tests.conftest import Client

BACKEND = "SELECT pg_backend_pid()"


@pytest.fixture
def keeper() -> Iterator[Kept]:
    keeper = Kept()
    token = kept.set(keeper)
    yield keeper
    kept.reset(token)


def lent() -> int:
    """Connections that are not in the pool."""
    assert DB.pool is not None
    return DB.pool.get_size() - DB.pool.get_idle_size()


async def test_a_page_keeps_one_connection_until_its_answer_begins(database: Cast, keeper: Kept) -> None:
    assert await fetch_value(BACKEND) == await fetch_value(BACKEND)
    async with transaction():
        await fetch_value(BACKEND)
    assert lent() == 1
    await keeper.end()
    assert lent() == 0
    await fetch_value(BACKEND)
    assert lent() == 0


async def test_what_is_asked_at_once_takes_a_turn_of_its_own(database: Cast, keeper: Kept) -> None:
    own = await fetch_value(BACKEND)
    keeper.free = False
    assert await fetch_value(BACKEND) != own
    await keeper.end()
    assert lent() == 0


async def test_two_who_wait_for_the_first_connection_leave_none_behind(database: Cast, keeper: Kept) -> None:
    pool = DB.pool
    assert pool is not None
    held = [await pool.acquire() for _one in range(pool.get_max_size() - 1)]
    first = asyncio.create_task(fetch_value(BACKEND))
    second = asyncio.create_task(fetch_value(BACKEND))
    await asyncio.wait([first, second], return_when=asyncio.FIRST_COMPLETED)
    await pool.release(held.pop())
    assert await first != await second
    await keeper.end()
    assert lent() == len(held)
    for one in held:
        await pool.release(one)


async def test_a_connection_that_comes_after_the_answer_began_goes_back(database: Cast, keeper: Kept) -> None:
    pool = DB.pool
    assert pool is not None
    held = [await pool.acquire() for _one in range(pool.get_max_size())]
    late = asyncio.create_task(fetch_value("SELECT 1"))
    await asyncio.sleep(0)
    await keeper.end()
    for one in held:
        await pool.release(one)
    assert await late == 1
    assert lent() == 0


async def test_a_failing_statement_leaves_no_connection_behind(database: Cast, keeper: Kept) -> None:
    for _time in range(20):
        with pytest.raises(Exception, match="division by zero"):
            await fetch_value("SELECT 1 / 0")
    await keeper.end()
    assert lent() == 0


async def test_a_connection_that_cannot_be_given_back_spoils_no_answer(
    database: Cast, keeper: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fetch_value(BACKEND)
    connection, pool = keeper.connection, DB.pool
    assert pool is not None

    async def fail(*_given: object, **_named: object) -> None:
        raise TimeoutError

    with monkeypatch.context() as changed:
        changed.setattr(type(pool), "release", fail)
        await keeper.end()
    assert keeper.over
    await pool.release(connection)


async def test_a_connection_that_died_is_not_given_to_the_next_page(database: Cast, keeper: Kept) -> None:
    own = await fetch_value(BACKEND)
    kept.set(None)
    await fetch_value("SELECT pg_terminate_backend($1)", own)
    kept.set(keeper)
    with pytest.raises(Exception):  # noqa: B017 (how it ends depends on when the news arrives)
        while True:
            await fetch_value(BACKEND)
    await keeper.end()
    kept.set(None)
    for _time in range(12):
        assert await fetch_value("SELECT 1") == 1
    assert lent() == 0


async def test_pages_and_forms_give_every_connection_back(database: Cast, client_of: Client) -> None:
    client = await client_of(database.anna)
    for path in ("/", "/dossiers", "/account", "/nowhere", "/absence/report"):
        await client.get(path)
        assert lent() == 0
    await client.post("/absence/report", data={"first_sick_day": "nonsense"})
    assert lent() == 0

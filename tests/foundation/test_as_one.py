"""What is written together is one statement: all of it or nothing, and nothing to read before."""

from __future__ import annotations

import asyncpg
import pytest

from backend.foundation.as_one import as_one
from backend.foundation.database import execute, fetch, fetch_value, together
from backend.foundation.tokens import new_id
from tests.cast import NOW, Cast

NOTE = "INSERT INTO audit_event (id, at, event, details) VALUES ($1, $2, $3, '{}')"
SINCE = "SELECT event FROM audit_event WHERE at = $1 ORDER BY event"


async def test_it_is_one_statement(database: Cast) -> None:
    async with together():
        await execute(NOTE, new_id(), NOW, "one")
        await execute(NOTE, new_id(), NOW, "two")
    assert [row["event"] for row in await fetch(SINCE, NOW)] == ["one", "two"]


async def test_one_that_fails_fails_all(database: Cast) -> None:
    twice = new_id()
    with pytest.raises(asyncpg.UniqueViolationError):
        async with together():
            await execute(NOTE, twice, NOW, "one")
            await execute(NOTE, twice, NOW, "two")
    assert await fetch(SINCE, NOW) == []


async def test_what_is_given_up_half_way_is_not_written(database: Cast) -> None:
    with pytest.raises(ZeroDivisionError):
        async with together():
            await execute(NOTE, new_id(), NOW, "one")
            raise ZeroDivisionError
    await execute(NOTE, new_id(), NOW, "apart")
    assert [row["event"] for row in await fetch(SINCE, NOW)] == ["apart"]


async def test_nothing_is_read_in_between(database: Cast) -> None:
    async with together():
        with pytest.raises(RuntimeError, match="written together"):
            await fetch_value("SELECT 1")


async def test_nothing_together_asks_nothing(database: Cast) -> None:
    async with together():
        pass


def test_numbers_go_on_where_the_one_before_ended() -> None:
    sql, values = as_one(
        [("INSERT INTO a VALUES ($1, $2)", ["x", 2]), ("INSERT INTO b VALUES ($2, $1)", [3, 4])]
    )
    assert (
        sql
        == "WITH part_0 AS (INSERT INTO a VALUES ($1, $2)), part_1 AS (INSERT INTO b VALUES ($4, $3)) SELECT"
    )
    assert values == ["x", 2, 3, 4]

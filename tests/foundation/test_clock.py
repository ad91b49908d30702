"""Days belong to a time zone that somebody knows."""

from __future__ import annotations

from datetime import UTC, date, datetime

import asyncpg
import pytest

from backend.foundation.clock import day_in
from backend.foundation.database import execute, fetch_value
from tests.cast import Cast
from tests.conftest import Client


@pytest.mark.parametrize("name", ["Europe/Amsterdm", "", "../../etc/passwd", "Mars/Base"])
def test_a_day_in_an_unknown_zone_is_a_day_at_home(name: str) -> None:
    assert day_in(name, datetime(2026, 11, 15, 23, 30, tzinfo=UTC)) == date(2026, 11, 16)


@pytest.mark.parametrize("name", ["Europe/Amsterdm", "", "Amsterdam", "XYZ3", "cet", "Europe/Amsterdam "])
async def test_no_employer_gets_a_zone_that_nobody_knows(database: Cast, name: str) -> None:
    with pytest.raises((asyncpg.CheckViolationError, asyncpg.InvalidParameterValueError)):
        await execute("UPDATE employer SET time_zone = $2 WHERE id = $1", database.bakery, name)
    assert await fetch_value("SELECT time_zone FROM employer WHERE id = $1", database.bakery) == (
        "Europe/Amsterdam"
    )


@pytest.mark.parametrize("name", ["America/Argentina/Buenos_Aires", "UTC", "Etc/GMT+5", "Asia/Kolkata"])
async def test_an_employer_may_be_anywhere(database: Cast, client_of: Client, name: str) -> None:
    await execute("UPDATE employer SET time_zone = $2 WHERE id = $1", database.bakery, name)
    for who, page in ((database.anna, "/"), (database.bram, "/team")):
        assert (await (await client_of(who)).get(page)).status_code == 200

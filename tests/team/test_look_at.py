"""Whoever opens the page about an employee is written down for them, with what they said at the report."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from backend.foundation.clock import day_in
from backend.foundation.clock import now as real_now
from backend.foundation.database import execute, fetch
from tests.cast import Cast
from tests.conftest import Client
from tests.sickleave.steps import falls_sick
from tests.statements import counted


def today() -> date:
    return day_in("Europe/Amsterdam", real_now())


@pytest.fixture
async def spell(database: Cast) -> UUID:
    """Anna's, which she is in."""
    return await falls_sick(database.anna, today(), now=real_now(), phone="+31611111111")


async def looks() -> list[tuple[str, UUID, str, str]]:
    rows = await fetch("SELECT * FROM access_log_line ORDER BY id")
    return [(row["what"], row["subject"], row["viewer_name"], row["viewer_role"]) for row in rows]


async def log_of(client_of: Client, database: Cast) -> str:
    anna = await client_of(database.anna, confirmed=True)
    return (await anna.get("/account/access-log")).text


async def test_what_was_said_at_the_report_is_not_read_unseen(
    database: Cast, spell: UUID, client_of: Client
) -> None:
    path = f"/team/{database.anna.employment}"
    for name in ("bram", "carla"):
        client = await client_of(database.everyone()[name])
        for _twice in range(2):
            assert "+31611111111" in (await client.get(path)).text
        await client.get(f"{path}/hours")
    assert await looks() == [
        ("absence", spell, "Bram Bos", "manager"), ("absence", spell, "Carla Claes", "case_manager"),
    ]  # fmt: skip
    log = await log_of(client_of, database)
    assert log.count("Bekeek je ziekmelding en hoe je te bereiken bent") == 2


async def test_hours_that_were_proposed_since_are_a_line_more(
    database: Cast, spell: UUID, client_of: Client
) -> None:
    bram = await client_of(database.bram)
    for _twice in range(2):
        await bram.get(f"/team/{database.anna.employment}")
        await execute(
            "INSERT INTO partial_recovery (id, spell, starts_on, hours_a_week, proposed_at, proposed_by)"
            " VALUES (gen_random_uuid(), $1, $2, 8, now(), $3)",
            spell, today(), database.anna.account,
        )  # fmt: skip
    assert [what for what, *_rest in await looks()] == ["absence"] * 2


async def test_of_who_is_back_the_periods_are_seen(database: Cast, spell: UUID, client_of: Client) -> None:
    await execute("UPDATE spell SET recovered_on = first_sick_day, recovery_reported_at = now()")
    bram, anna = await client_of(database.bram), database.anna.employment
    assert anna and "+31611111111" not in (await bram.get(f"/team/{anna}")).text
    assert await looks() == [("periods", anna, "Bram Bos", "manager")]
    assert "Bekeek wanneer je ziek was" in await log_of(client_of, database)


async def test_of_who_was_never_sick_nothing_is_recorded(database: Cast, client_of: Client) -> None:
    bram = await client_of(database.bram)
    assert (await bram.get(f"/team/{database.anna.employment}")).status_code == 200
    assert await looks() == []


async def test_who_may_not_open_it_leaves_no_line_and_neither_does_a_list(
    database: Cast, spell: UUID, client_of: Client
) -> None:
    for name in ("anna", "daan", "hanna", "wim", "dirk", "ada"):
        client = await client_of(database.everyone()[name])
        assert (await client.get(f"/team/{database.anna.employment}")).status_code == 404
    bram = await client_of(database.bram)
    assert (await bram.get("/team")).status_code == 200
    assert (await bram.head(f"/team/{database.anna.employment}")).status_code == 405
    assert (await bram.get(f"/absence/{spell}")).status_code == 404, "that page is the employee's own"
    assert await looks() == []


async def test_it_takes_one_statement_whether_it_is_a_line_or_not(
    database: Cast, spell: UUID, client_of: Client
) -> None:
    bram = await client_of(database.bram)
    for _twice in range(2):
        with counted() as said:
            await bram.get(f"/team/{database.anna.employment}")
        assert len([one for one in said if "access_log_line" in one]) == 1

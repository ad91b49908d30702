"""What the manager's pages ask of the database: the same for a few people as for thousands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import httpx
import pytest

from backend.foundation.clock import day_in
from backend.foundation.clock import now as real_now
from backend.foundation.database import execute, fetch
from backend.team import queries
from backend.team.queries import team
from tests.cast import Cast, person_of
from tests.conftest import Client
from tests.sickleave.steps import falls_sick
from tests.statements import counted

MANY = 3000
PEOPLE = """
INSERT INTO employment (id, employer, first_name, last_name, personnel_number, job, manager, case_manager)
SELECT gen_random_uuid(), $1, 'Voornaam' || n, 'Zomer', n, 'bakker', $2, $3 FROM generate_series(1, $4) n
"""
SICK = """
WITH away AS (SELECT id FROM employment WHERE last_name = 'Zomer' LIMIT 200),
     opened AS (INSERT INTO dossier (id, employment, opened_on, opened_at)
                SELECT gen_random_uuid(), id, $1, now() FROM away RETURNING id, employment),
     begun AS (INSERT INTO spell (id, employment, dossier, first_sick_day, worked_hours, reported_at,
                                  reported_by)
               SELECT gen_random_uuid(), employment, id, $1, 0, now(), $2 FROM opened RETURNING id, dossier),
     written AS (INSERT INTO entry (id, dossier, kind, published_at, author_name, author_role, title)
                 SELECT gen_random_uuid(), dossier, 'action', now(), 'Carla Claes', 'case_manager', 'Bellen'
                 FROM begun RETURNING id),
     given AS (INSERT INTO action (entry, assignee_role, due_on) SELECT id, 'manager', $1 FROM written)
INSERT INTO partial_recovery (id, spell, starts_on, hours_a_week, proposed_at, proposed_by)
SELECT gen_random_uuid(), id, $1, 8, now(), $2 FROM begun
"""


def today() -> date:
    return day_in("Europe/Amsterdam", real_now())


async def asked(client: httpx.AsyncClient, path: str) -> int:
    """How many statements a page takes, once everything is warm."""
    assert (await client.get(path)).status_code == 200
    with counted() as said:
        await client.get(path)
    return len(said)


@pytest.mark.parametrize(
    ("path", "most"), [("/team", 3), ("/team?q=zomer", 3), ("/to-do", 3), ("/team/{anna}", 4)]
)
async def test_thousands_take_as_many_as_a_few(
    database: Cast, client_of: Client, path: str, most: int
) -> None:
    await falls_sick(database.anna, today(), now=real_now(), phone="+31611111111")
    await execute(PEOPLE, database.bakery, database.bram_as_manager, database.carla, 3)
    await execute(SICK, today(), database.anna.account)
    path, bram = path.format(anna=database.anna.employment), await client_of(database.bram)
    few = await asked(bram, path)
    await execute(PEOPLE, database.bakery, database.bram_as_manager, database.carla, MANY)
    await execute(SICK.replace("LIMIT", "AND personnel_number > '3' LIMIT"), today(), database.anna.account)
    assert await asked(bram, path) == few <= most


@pytest.mark.parametrize("away", ["1 = 1", "personnel_number LIKE '%7'", "1 = 0"])
async def test_pages_of_thousands_are_read_from_an_index_alone(database: Cast, away: str) -> None:
    """Whoever is away: all, a tenth or nobody. The people of the page aside, nobody's row is read."""
    await execute(PEOPLE, database.bakery, database.bram_as_manager, database.carla, MANY)
    await execute(f"UPDATE employment SET absent_until = '9999-01-01' WHERE last_name = 'Zomer' AND {away}")
    await execute("VACUUM (ANALYZE) employment")
    bram, now = await person_of(database.bram), real_now()
    last = (await team(bram, now=now)).pages
    for page in (1, 2, last // 2, last - 1, last):
        with explained() as plans:
            found = await team(bram, now=now, page=page)
        assert found.mates and len(plans) == 2
        for plan in plans:
            assert touched(plan) < 1_000, (page, plan)


def touched(plan: Any) -> int:
    """How many pages of PostgreSQL were looked at."""
    return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])


@contextmanager
def explained() -> Iterator[list[Any]]:
    """The plan, as it went, of every statement of the team while it lasts."""
    plans: list[Any] = []

    async def explaining(sql: str, *args: Any) -> Any:
        (row,) = await fetch(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", *args)
        plans.append(json.loads(row[0])[0]["Plan"])
        return await fetch(sql, *args)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(queries, "fetch", explaining)
        yield plans

"""Recovery: the spell ends, the dossier closes and stays."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

import pytest

from backend.foundation.database import execute, fetch_one, fetch_value
from backend.foundation.refusal import NotFound, Refused
from backend.foundation.tokens import new_id
from backend.idempotency.answered import AnotherBody
from backend.sickleave.report_recovery import report_recovery
from tests.cast import NOW, Cast, person_of
from tests.sickleave.steps import TODAY, counts, events, falls_sick, promised, recovers, spell


async def test_the_spell_ends_and_the_dossier_closes(database: Cast) -> None:
    id = await falls_sick(database.anna, TODAY - timedelta(days=2))
    assert await recovers(database.anna, TODAY) == f"/absence/{id}"
    stored = await spell(id)
    assert (stored["recovered_on"], stored["recovery_reported_at"], stored["closed_on"]) == (
        TODAY, NOW, TODAY,
    )  # fmt: skip
    entry = await fetch_one("SELECT kind, facts FROM entry ORDER BY id DESC LIMIT 1")
    assert entry and entry["kind"] == "recovery"
    assert json.loads(entry["facts"]) == {"recovered_on": "2026-11-16"}
    assert (await events())[-2:] == ["recovery:reported", "dossier:closed"]
    assert [notice for notice, _subject in (await promised())[3:]] == [
        "recovery_confirmed", "recovery_told", "recovery_told",
    ]  # fmt: skip


@pytest.mark.parametrize("days", [-2, 0, 7])
async def test_from_the_first_sick_day_to_a_week_ahead(database: Cast, days: int) -> None:
    id = await falls_sick(database.anna, TODAY - timedelta(days=2))
    await recovers(database.anna, TODAY + timedelta(days=days))
    assert (await spell(id))["recovered_on"] == TODAY + timedelta(days=days)


@pytest.mark.parametrize("days", [-3, 8])
async def test_no_other_day(database: Cast, days: int) -> None:
    await falls_sick(database.anna, TODAY - timedelta(days=2))
    before = await counts()
    with pytest.raises(Refused):
        await recovers(database.anna, TODAY + timedelta(days=days))
    assert await counts() == before


async def test_the_employer_sets_how_far_ahead(database: Cast) -> None:
    await execute("UPDATE employer_settings SET days_ahead = 14 WHERE employer = $1", database.bakery)
    await falls_sick(database.anna)
    await recovers(database.anna, TODAY + timedelta(days=14))


async def test_who_recovers_ahead_is_not_sick_again_before_it(database: Cast) -> None:
    await falls_sick(database.anna)
    await recovers(database.anna, TODAY + timedelta(days=2))
    with pytest.raises(Refused):
        await falls_sick(database.anna)
    later = NOW + timedelta(days=2)
    await falls_sick(database.anna, later.date(), now=later)


async def test_the_same_form_again_gives_the_same_answer(database: Cast) -> None:
    await falls_sick(database.anna)
    key = new_id()
    first = await recovers(database.anna, TODAY, key=key)
    before = await counts()
    assert await recovers(database.anna, TODAY, key=key) == first
    with pytest.raises(AnotherBody):
        await recovers(database.anna, TODAY + timedelta(days=1), key=key)
    assert await counts() == before


async def test_of_many_at_once_one_counts(database: Cast) -> None:
    await falls_sick(database.anna)
    person = await person_of(database.anna)
    assert database.anna.employment
    found = await asyncio.gather(
        *(report_recovery(person, database.anna.employment, TODAY, new_id(), now=NOW) for _ in range(8)),
        return_exceptions=True,
    )
    assert sum(isinstance(one, str) for one in found) == 1
    assert sum(isinstance(one, Refused) for one in found) == 7
    assert await fetch_value("SELECT count(*) FROM entry WHERE kind = 'recovery'") == 1


async def test_only_ones_own(database: Cast) -> None:
    await falls_sick(database.anna)
    eva = await person_of(database.eva)
    assert database.anna.employment
    with pytest.raises(NotFound):
        await report_recovery(eva, database.anna.employment, TODAY, new_id(), now=NOW)
    with pytest.raises(Refused):
        await recovers(database.daan, TODAY)

"""Taking back a report made by mistake: nothing is erased."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from backend.foundation.database import fetch, fetch_value
from backend.foundation.refusal import NotFound, Refused
from backend.foundation.tokens import new_id
from backend.sickleave.withdraw_report import withdraw_report
from tests.cast import NOW, Cast, Member, person_of
from tests.sickleave.steps import TODAY, counts, events, falls_sick, promised, recovers, spell


async def takes_back(member: Member, id: UUID, *, now: datetime = NOW, key: UUID | None = None) -> str:
    return await withdraw_report(await person_of(member, now=now), id, key or new_id(), now=now)


async def test_the_dossier_says_so_and_closes(database: Cast) -> None:
    id = await falls_sick(database.anna)
    assert await takes_back(database.anna, id) == f"/absence/{id}"
    stored = await spell(id)
    assert (stored["withdrawn_at"], stored["closed_on"]) == (NOW, TODAY)
    assert [row["kind"] for row in await fetch("SELECT kind FROM entry ORDER BY id")] == [
        "report", "withdrawal",
    ]  # fmt: skip
    assert (await events())[-2:] == ["sick_report:withdrawn", "dossier:closed"]
    assert [notice for notice, _subject in (await promised())[3:]] == [
        "withdrawal_confirmed", "withdrawal_told", "withdrawal_told",
    ]  # fmt: skip


async def test_a_joined_dossier_returns_to_the_day_it_was_closed(database: Cast) -> None:
    began, recovered = NOW - timedelta(days=15), NOW - timedelta(days=10)
    await falls_sick(database.anna, began.date(), now=began)
    await recovers(database.anna, recovered.date(), now=recovered)
    id = await falls_sick(database.anna)
    assert (await spell(id))["closed_on"] is None
    await takes_back(database.anna, id)
    assert (await spell(id))["closed_on"] == recovered.date()


async def test_a_report_taken_back_makes_room_for_a_new_one(database: Cast) -> None:
    id = await falls_sick(database.anna)
    await takes_back(database.anna, id)
    assert await falls_sick(database.anna) != id


async def test_not_after_midnight_in_amsterdam(database: Cast) -> None:
    id = await falls_sick(database.anna)
    with pytest.raises(Refused):
        await takes_back(database.anna, id, now=datetime(2026, 11, 16, 23, 0, tzinfo=UTC))
    await takes_back(database.anna, id, now=datetime(2026, 11, 16, 22, 59, 59, tzinfo=UTC))


async def test_not_after_recovery(database: Cast) -> None:
    id = await falls_sick(database.anna)
    await recovers(database.anna, TODAY)
    with pytest.raises(Refused):
        await takes_back(database.anna, id)


async def test_not_somebody_elses(database: Cast) -> None:
    id = await falls_sick(database.anna)
    for other in (database.eva, database.daan, database.bram):
        with pytest.raises(NotFound):
            await takes_back(other, id)
    assert await fetch_value("SELECT withdrawn_at FROM spell") is None


async def test_the_same_form_again_changes_nothing(database: Cast) -> None:
    id, key = await falls_sick(database.anna), new_id()
    first = await takes_back(database.anna, id, key=key)
    before = await counts()
    assert await takes_back(database.anna, id, key=key) == first
    assert await counts() == before


async def test_of_two_at_once_one_takes_it_back(database: Cast) -> None:
    id, person = await falls_sick(database.anna), await person_of(database.anna)
    found = await asyncio.gather(
        *(withdraw_report(person, id, new_id(), now=NOW) for _ in range(6)), return_exceptions=True
    )
    assert sum(isinstance(one, str) for one in found) == 1
    assert sum(isinstance(one, Refused) for one in found) == 5
    assert await fetch_value("SELECT count(*) FROM entry WHERE kind = 'withdrawal'") == 1

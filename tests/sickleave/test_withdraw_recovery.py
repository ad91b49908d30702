"""A recovery is taken back on the day it was said, or before its own day comes; the timeline keeps both."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from backend.foundation.clock import day_in
from backend.foundation.database import fetch
from backend.foundation.refusal import NotFound, Refused
from backend.foundation.tokens import new_id
from backend.sickleave.terms import WITHDRAWALS_A_DAY
from backend.sickleave.withdraw_recovery import withdraw_recovery
from tests.cast import NOW, Cast, person_of
from tests.conftest import Client
from tests.sickleave.steps import TODAY, counts, events, falls_sick, promised, recovers, spell

DAY = timedelta(days=1)


async def test_the_spell_and_its_dossier_run_on_and_the_same_people_hear(database: Cast) -> None:
    id = await falls_sick(database.anna, TODAY - DAY)
    await recovers(database.anna, TODAY)
    anna = await person_of(database.anna)
    assert await withdraw_recovery(anna, id, new_id(), now=NOW) == f"/absence/{id}"
    stored = await spell(id)
    assert (stored["recovered_on"], stored["recovery_reported_at"], stored["closed_on"]) == (None, None, None)
    assert [row["kind"] for row in await fetch("SELECT kind FROM entry ORDER BY id")][-2:] == [
        "recovery",
        "change",
    ]
    assert (await events())[-1] == "recovery:withdrawn"
    assert [notice for notice, _subject in await promised()][-3:] == [
        "recovery_withdrawn_confirmed", "recovery_withdrawn_told", "recovery_withdrawn_told",
    ]  # fmt: skip
    await recovers(database.anna, TODAY + DAY)
    assert (await spell(id))["recovered_on"] == TODAY + DAY, "another day is said anew"


async def test_until_its_day_has_come(database: Cast) -> None:
    id = await falls_sick(database.anna)
    await recovers(database.anna, TODAY + 3 * DAY)
    then = NOW + 3 * DAY
    with pytest.raises(Refused):
        await withdraw_recovery(await person_of(database.anna, now=then), id, new_id(), now=then)
    before = NOW + 2 * DAY
    await withdraw_recovery(await person_of(database.anna, now=before), id, new_id(), now=before)
    assert (await spell(id))["recovered_on"] is None


async def test_not_the_next_day_nor_twice_nor_of_another(database: Cast) -> None:
    id = await falls_sick(database.anna)
    with pytest.raises(Refused):
        await withdraw_recovery(await person_of(database.anna), id, new_id(), now=NOW)
    await recovers(database.anna, TODAY)
    with pytest.raises(Refused):
        await withdraw_recovery(await person_of(database.anna, now=NOW + DAY), id, new_id(), now=NOW + DAY)
    for other in (database.daan, database.bram):
        with pytest.raises(NotFound):
            await withdraw_recovery(await person_of(other), id, new_id(), now=NOW)
    key = new_id()
    for _time in range(2):
        await withdraw_recovery(await person_of(database.anna), id, key, now=NOW)
    before = await counts()
    with pytest.raises(Refused):
        await withdraw_recovery(await person_of(database.anna), id, new_id(), now=NOW)
    assert await counts() == before


async def test_who_is_sick_again_does_not_end_up_sick_twice(database: Cast) -> None:
    id = await falls_sick(database.anna, TODAY - DAY)
    await recovers(database.anna, TODAY)
    await falls_sick(database.anna)
    with pytest.raises(Refused):
        await withdraw_recovery(await person_of(database.anna), id, new_id(), now=NOW)


async def test_it_has_an_end_in_a_day(database: Cast) -> None:
    id = await falls_sick(database.anna)
    anna = await person_of(database.anna)
    for _time in range(WITHDRAWALS_A_DAY):
        await recovers(database.anna, TODAY + DAY)
        await withdraw_recovery(anna, id, new_id(), now=NOW)
    await recovers(database.anna, TODAY + DAY)
    with pytest.raises(Refused, match="keer een hersteldmelding"):
        await withdraw_recovery(anna, id, new_id(), now=NOW)


async def test_from_the_dashboard(database: Cast, client_of: Client) -> None:
    now = datetime.now(UTC)
    today = day_in("Europe/Amsterdam", now)
    id = await falls_sick(database.anna, today, now=now)
    await recovers(database.anna, today + 2 * DAY, now=now)
    anna = await client_of(database.anna)
    page, address = (await anna.get("/")).text, f"/absence/{id}/recovery-withdrawal"
    assert f'href="{address}"' in page
    assert "Hersteld gemeld</h4>" in page, "the dossier that still runs stands there with what was said"
    assert "Hersteldmelding terugnemen" in (await anna.get(address)).text
    sent = await anna.post(address, data={"request_key": str(new_id())})
    assert (sent.status_code, sent.headers["location"]) == (303, f"/absence/{id}")
    page = (await anna.get("/")).text
    assert "Hersteldmelding teruggenomen</h4>" in page and "Hersteld gemeld</h4>" in page
    assert 'href="/absence/return"' in page
    too_late = await anna.get(address)
    assert too_late.status_code == 200 and "niet meer terugnemen" in too_late.text

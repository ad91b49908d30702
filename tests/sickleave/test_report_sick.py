"""Reporting sick: all of it or nothing, once."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from backend.foundation.database import execute, fetch_one, fetch_value
from backend.foundation.encryption import keyring
from backend.foundation.refusal import NotFound, Refused
from backend.foundation.tokens import new_id
from backend.idempotency.answered import AnotherBody
from tests.cast import NOW, Cast, person_of
from tests.sickleave.steps import TODAY, counts, events, falls_sick, promised, recovers, spell

NOTHING = dict.fromkeys(("spell", "dossier", "entry", "message", "audit_event", "answered"), 0)


async def test_a_report_opens_a_dossier_and_promises_to_tell(database: Cast) -> None:
    stored = await spell(await falls_sick(database.anna, worked_hours=Decimal("3.75")))
    assert (stored["first_sick_day"], stored["worked_hours"], stored["reported_at"]) == (
        TODAY, Decimal("3.75"), NOW,
    )  # fmt: skip
    assert (stored["opened_on"], stored["closed_on"]) == (TODAY, None)
    about = {"spell": str(stored["id"])}
    assert await promised() == [
        ("sick_report_confirmed", about),
        ("sick_report_told", about | {"role_holder": str(database.bram_as_manager)}),
        ("sick_report_told", about | {"role_holder": str(database.carla)}),
    ]
    assert await events() == ["sick_report:made", "dossier:opened"]


async def test_the_entry_says_what_happened_and_nothing_more(database: Cast) -> None:
    await falls_sick(database.anna, phone="+31612345678", expected_duration="een week")
    entry = await fetch_one("SELECT * FROM entry")
    assert entry
    assert json.loads(entry["facts"]) == {
        "first_sick_day": "2026-11-16", "worked_hours": "0", "composite": False,
    }  # fmt: skip
    assert (entry["kind"], entry["author"], entry["author_name"], entry["author_role"]) == (
        "report", database.anna.account, "Anna Aalbers", "employee",
    )  # fmt: skip
    assert (entry["title"], entry["body"], entry["audience"]) == ("", "", "shared")


async def test_where_somebody_is_lies_encrypted(database: Cast) -> None:
    stored = await spell(
        await falls_sick(database.anna, phone="+31612345678", nursing_address="Dorpsstraat 1, Zwolle")
    )
    assert b"612345678" not in stored["phone"] and b"Zwolle" not in stored["nursing_address"]
    assert keyring().decrypt(stored["phone"], "spell.phone") == "+31612345678"
    assert keyring().decrypt(stored["nursing_address"], "spell.nursing_address").startswith("Dorp")


async def test_an_answer_that_is_not_asked_is_not_kept(database: Cast) -> None:
    await execute("UPDATE employer_settings SET ask_safety_net = false, ask_phone = false")
    stored = await spell(
        await falls_sick(database.anna, phone="+31612345678", safety_net="yes", work_accident=True)
    )
    assert (stored["phone"], stored["safety_net"], stored["work_accident"]) == (None, None, True)


@pytest.mark.parametrize(("gap", "composite"), [(0, True), (27, True), (28, False)])
async def test_it_joins_the_dossier_of_less_than_four_weeks_ago(
    database: Cast, gap: int, composite: bool
) -> None:
    began = NOW - timedelta(days=gap + 5)
    first = await spell(await falls_sick(database.anna, began.date(), now=began))
    recovered = NOW - timedelta(days=gap)
    await recovers(database.anna, recovered.date(), now=recovered)
    second = await spell(await falls_sick(database.anna))
    assert (second["dossier"] == first["dossier"]) is composite
    assert second["closed_on"] is None
    assert (await spell(first["id"]))["closed_on"] == (None if composite else recovered.date())
    assert (await events())[-1] == ("dossier:joined" if composite else "dossier:opened")
    facts = json.loads(await fetch_value("SELECT facts FROM entry ORDER BY id DESC LIMIT 1"))
    assert facts["composite"] is composite


async def test_a_report_taken_back_joins_nothing(database: Cast) -> None:
    first = await spell(await falls_sick(database.anna))
    await execute("UPDATE spell SET withdrawn_at = $1", NOW)
    second = await spell(await falls_sick(database.anna))
    assert second["dossier"] != first["dossier"]


async def test_the_employer_decides_what_today_is(database: Cast) -> None:
    late = datetime(2026, 11, 16, 23, 30, tzinfo=UTC)  # half past midnight in Amsterdam
    stored = await spell(await falls_sick(database.anna, date(2026, 11, 17), now=late))
    assert stored["first_sick_day"] == date(2026, 11, 17)
    await execute("UPDATE employer SET time_zone = 'America/Curacao' WHERE id = $1", database.school)
    with pytest.raises(Refused):
        await falls_sick(database.eva, date(2026, 11, 17), now=late)


async def test_a_refused_report_leaves_nothing_behind(database: Cast) -> None:
    with pytest.raises(Refused):
        await falls_sick(database.anna, TODAY + timedelta(days=1))
    assert await counts() == NOTHING


async def test_a_report_that_breaks_half_way_leaves_nothing_behind(
    database: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(*args: object, **how: object) -> None:
        raise OSError

    key = new_id()
    with monkeypatch.context() as broken:
        broken.setattr("backend.sickleave.report_sick.add_many", breaks)
        with pytest.raises(OSError):
            await falls_sick(database.anna, key=key)
    assert await counts() == NOTHING
    await falls_sick(database.anna, key=key)
    assert (await counts())["spell"] == 1


async def test_the_same_form_again_gives_the_same_answer(database: Cast) -> None:
    key = new_id()
    first = await falls_sick(database.anna, key=key, worked_hours=Decimal("7.5"))
    before = await counts()
    again = await falls_sick(database.anna, key=key, worked_hours=Decimal("7.5"), now=NOW + timedelta(days=1))
    assert (again, await counts()) == (first, before)


async def test_the_same_key_with_other_answers_is_refused(database: Cast) -> None:
    key = new_id()
    await falls_sick(database.anna, key=key)
    before = await counts()
    with pytest.raises(AnotherBody):
        await falls_sick(database.anna, key=key, worked_hours=Decimal(1))
    with pytest.raises(AnotherBody):
        await falls_sick(database.daan, key=key)
    assert await counts() == before


async def test_one_form_many_times_at_once_is_one_report(database: Cast) -> None:
    key, person = new_id(), await person_of(database.anna)
    found = await asyncio.gather(*(falls_sick(database.anna, key=key, person=person) for _ in range(12)))
    assert len(set(found)) == 1
    assert await counts() == NOTHING | {
        "spell": 1, "dossier": 1, "entry": 1, "message": 3, "audit_event": 2, "answered": 1,
    }  # fmt: skip


async def test_of_two_forms_at_once_one_is_told_kindly(database: Cast) -> None:
    person = await person_of(database.anna)
    found = await asyncio.gather(
        *(falls_sick(database.anna, person=person) for _ in range(8)), return_exceptions=True
    )
    stored = [one for one in found if isinstance(one, UUID)]
    assert len(stored) == 1
    assert all(isinstance(one, Refused) for one in found if one not in stored)
    assert (await counts())["spell"] == (await counts())["dossier"] == 1


async def test_nobody_reports_for_somebody_else(database: Cast) -> None:
    eva = await person_of(database.eva)
    with pytest.raises(NotFound):
        await falls_sick(database.eva, person=eva, employment=database.anna.employment)
    assert await counts() == NOTHING


async def test_each_job_has_its_own_absence(database: Cast) -> None:
    bakery = await spell(await falls_sick(database.fien))
    school = await spell(await falls_sick(database.fien, employment=database.fien_at_school))
    assert bakery["dossier"] != school["dossier"]
    told = [subject.get("role_holder") for _notice, subject in await promised()]
    assert told[1] == str(database.bram_as_manager) and told[4] == str(database.wim)


async def test_who_is_their_own_manager_is_not_told(database: Cast) -> None:
    await falls_sick(database.bram)
    assert [subject.get("role_holder") for _notice, subject in await promised()] == [
        None, str(database.carla),
    ]  # fmt: skip


async def test_who_left_their_role_is_not_told(database: Cast) -> None:
    await execute("UPDATE role_holder SET ended_on = $2 WHERE id = $1", database.carla, TODAY)
    await falls_sick(database.anna)
    assert len(await promised()) == 2

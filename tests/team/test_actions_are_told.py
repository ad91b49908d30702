"""Whoever has to act hears of it and so does who asked; who asked, and the case manager, take it back."""

from __future__ import annotations

import json
from datetime import date, timedelta
from uuid import UUID

import pytest

from backend.dossier.advice import Advice
from backend.dossier.cancel_action import cancel_action
from backend.dossier.complete_action import complete_action
from backend.dossier.own_actions import own_actions
from backend.dossier.post_action import NewAction, post_action
from backend.dossier.post_advice import post_advice
from backend.dossier.post_problem_analysis import post_problem_analysis
from backend.dossier.postpone_action import postpone_action
from backend.dossier.queries import timeline
from backend.dossier.withdraw_action import withdraw_action
from backend.foundation.clock import day_in
from backend.foundation.clock import now as real_now
from backend.foundation.database import execute, fetch, fetch_one, fetch_value
from backend.foundation.refusal import NotFound, Refused
from backend.foundation.tokens import new_id
from tests.cast import NOW, Cast, person_of
from tests.conftest import Client
from tests.legal_calendar.steps import kept, morning, sick_on
from tests.posting.conftest import Dossiers, dossiers
from tests.statements import counted

__all__ = ["dossiers"]
TODAY = NOW.date()
REAL_DAY = day_in("Europe/Amsterdam", real_now())


async def told() -> set[str]:
    """Who was promised something since the last time, by first name."""
    rows = await fetch(
        "DELETE FROM message m USING entry e JOIN dossier d ON d.id = e.dossier"
        " JOIN employment p ON p.id = d.employment WHERE e.id = (m.subject->>'entry')::uuid"
        " RETURNING m.notice, m.subject, p.first_name"
    )
    holders = {str(row["id"]): row["name"] for row in await fetch("SELECT id, name FROM role_holder")}
    return {
        row["first_name"] if row["notice"] == "entry_posted"
        else holders[json.loads(row["subject"])["role_holder"]].split()[0]
        for row in rows
    }  # fmt: skip


async def given(cast: Cast, dossier: UUID, by: str, to: UUID | None, day: date = TODAY) -> UUID:
    """An action, given by somebody."""
    person = await person_of(cast.everyone()[by])
    at = await post_action(person, dossier, NewAction("Rooster maken", "Graag", to, day), new_id(), now=NOW)
    return UUID(at.split("#entry-")[1])


async def test_who_has_to_act_is_told_and_not_who_asked(database: Cast, dossiers: Dossiers) -> None:
    for by, to, hear in (
        ("carla", database.bram_as_manager, {"Anna", "Bram"}),
        ("bram", database.carla, {"Anna", "Carla"}),
        ("bram", database.bram_as_manager, {"Anna"}),
        ("carla", None, {"Anna"}),
        ("bram", database.dirk_as_doctor, {"Anna", "Dirk"}),
    ):
        await given(database, dossiers.anna, by, to)
        assert await told() == hear, (by, to)


async def test_advice_and_what_is_shared_of_an_analysis_reach_the_manager_and_the_case_manager(
    database: Cast, dossiers: Dossiers
) -> None:
    doctor, advice = await person_of(database.helpers["dirk"]), Advice("Zitten", "Tillen", "Weken")
    await post_advice(doctor, dossiers.anna, advice, new_id(), now=NOW)
    assert await told() == {"Anna", "Bram", "Carla"}
    await post_problem_analysis(doctor, dossiers.anna, advice, "Onderzocht", new_id(), now=NOW)
    about = {json.loads(row["subject"])["entry"] for row in await fetch("SELECT subject FROM message")}
    audiences = await fetch("SELECT audience FROM entry WHERE id = ANY($1::uuid[])", list(about))
    assert [row["audience"] for row in audiences] == ["shared"], "of the medical part nobody is mailed"
    assert await told() == {"Anna", "Bram", "Carla"}


async def test_the_employee_and_who_asked_hear_how_it_went(database: Cast, dossiers: Dossiers) -> None:
    bram, anna = await person_of(database.bram), await person_of(database.anna)
    first = await given(database, dossiers.anna, "carla", database.bram_as_manager)
    await told()
    await postpone_action(bram, first, TODAY + timedelta(days=2), "Vakantie", new_id(), now=NOW)
    assert await told() == {"Anna", "Carla"}
    await complete_action(bram, first, "", new_id(), now=NOW)
    assert await told() == {"Anna", "Carla"}
    second = await given(database, dossiers.anna, "bram", None)
    await told()
    await cancel_action(anna, second, "Was al klaar", new_id(), now=NOW)
    assert await told() == {"Bram"}
    own = await given(database, dossiers.anna, "bram", database.bram_as_manager)
    await told()
    await complete_action(bram, own, "", new_id(), now=NOW)
    assert await told() == {"Anna"}


async def test_it_is_put_off_to_after_the_day_it_was_due(database: Cast, dossiers: Dossiers) -> None:
    due = TODAY + timedelta(days=400)
    entry = await given(database, dossiers.anna, "carla", database.bram_as_manager, due)
    bram = await person_of(database.bram)
    for day in (TODAY + timedelta(days=30), due, due + timedelta(days=366)):
        with pytest.raises(Refused) as refused:
            await postpone_action(bram, entry, day, "Later", new_id(), now=NOW)
        assert refused.value.field == "due_on"
    await postpone_action(bram, entry, due + timedelta(days=7), "Later", new_id(), now=NOW)
    assert (await own_actions(bram, now=NOW))[0][0].due_on == due + timedelta(days=7)


async def test_a_step_of_the_law_goes_by_its_own_rule(database: Cast, client_of: Client) -> None:
    """Of what the law asks the employee says what is done, on what is to do as on the step's own page."""
    monday, day = date(2026, 1, 5), date(2027, 10, 1)
    dossier = await sick_on(database.anna, monday)
    await kept(day)
    entry = await fetch_value("SELECT entry FROM action WHERE term = 'wia_application'")
    person, now = await person_of(database.anna, now=morning(day)), morning(day)
    with pytest.raises(NotFound):
        await cancel_action(person, entry, "geen zin", new_id(), now=now)
    with pytest.raises(NotFound):
        await postpone_action(person, entry, date(2027, 12, 1), "geen zin", new_id(), now=now)
    with pytest.raises(NotFound):
        await complete_action(person, entry, "", new_id(), now=now)
    anna = await client_of(database.anna)
    page = (await anna.get("/to-do")).text
    assert "WIA-aanvraag" in page and "way=cancel" not in page and "way=postpone" not in page
    step = await fetch_value("SELECT id FROM calendar_step WHERE action = $1", entry)
    assert (await anna.get(f"/actions/{entry}")).headers["location"] == f"/dossiers/{dossier}/steps/{step}"
    for way in ("cancellation", "postponement"):
        data = {"request_key": str(new_id()), "reason": "geen zin", "due_on": "2027-12-01"}
        assert (await anna.post(f"/actions/{entry}/{way}", data=data)).status_code == 404
    answer = await anna.post(f"/actions/{entry}/done", data={"request_key": str(new_id())})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/to-do?changed={entry}")
    row = await fetch_one("SELECT * FROM action WHERE entry = $1", entry)
    assert row and row["done_at"] and row["done_by"] == database.anna.account
    assert "Afgerond: WIA-aanvraag" in (await anna.get(f"/to-do?changed={entry}")).text


@pytest.mark.parametrize("who", ["bram", "carla"])
async def test_who_asked_and_the_case_manager_take_it_back_and_it_stays_readable(
    database: Cast, client_of: Client, dossiers: Dossiers, who: str
) -> None:
    entry = await given(database, dossiers.anna, "bram", database.dirk_as_doctor, REAL_DAY)
    await told()
    client, anna = await client_of(database.everyone()[who]), await client_of(database.anna)
    address = f"/actions/{entry}/withdrawal"
    assert address in (await client.get(f"/dossiers/{dossiers.anna}")).text
    assert address not in (await anna.get(f"/dossiers/{dossiers.anna}")).text
    assert "Rooster maken" in (await client.get(address)).text
    empty = await client.post(address, data={"request_key": str(new_id())})
    assert empty.status_code == 422 and "Schrijf waarom je deze actie intrekt." in empty.text
    key = {"request_key": str(new_id()), "reason": "Verkeerde persoon"}
    for _twice in range(2):
        answer = await client.post(address, data=key)
        assert answer.headers["location"] == f"/dossiers/{dossiers.anna}"
    assert await told() == {"Anna", "Dirk"} | ({"Bram"} if who == "carla" else set())
    page = (await anna.get(f"/dossiers/{dossiers.anna}")).text
    assert "Ingetrokken: Rooster maken" in page and "Verkeerde persoon" in page
    assert '<b class="quiet">Ingetrokken</b>' in page and "Rooster maken" in page
    assert not (await own_actions(await person_of(database.helpers["dirk"]), now=NOW))[0]
    assert (await client.get(address)).status_code == 303


@pytest.mark.parametrize("who", ["anna", "dirk", "daan", "hanna", "wim", "ada", "karin"])
async def test_nobody_else_takes_it_back(
    database: Cast, client_of: Client, dossiers: Dossiers, who: str
) -> None:
    entry = await given(database, dossiers.anna, "bram", database.dirk_as_doctor)
    client = await client_of(database.everyone()[who])
    address = f"/actions/{entry}/withdrawal"
    assert (await client.get(address)).status_code == 404
    data = {"request_key": str(new_id()), "reason": "Zomaar"}
    assert (await client.post(address, data=data)).status_code == 404
    with pytest.raises(NotFound):
        await withdraw_action(await person_of(database.everyone()[who]), entry, "x", new_id(), now=NOW)


async def test_neither_what_is_dealt_with_nor_a_step_of_the_law_is_taken_back(
    database: Cast, dossiers: Dossiers
) -> None:
    carla = await person_of(database.helpers["carla"])
    entry = await given(database, dossiers.anna, "carla", database.bram_as_manager)
    await complete_action(await person_of(database.bram), entry, "", new_id(), now=NOW)
    with pytest.raises(Refused):
        await withdraw_action(carla, entry, "Te laat", new_id(), now=NOW)
    await execute("UPDATE action SET done_at = NULL, done_by = NULL, term = 'action_plan'")
    with pytest.raises(NotFound):
        await withdraw_action(carla, entry, "Geen zin", new_id(), now=NOW)


async def test_what_waits_for_the_employee_stands_on_the_first_page_and_has_its_button(
    database: Cast, client_of: Client, dossiers: Dossiers
) -> None:
    anna = await client_of(database.anna)
    assert "Wat op je wacht" not in (await anna.get("/")).text
    days = [REAL_DAY + timedelta(days=n) for n in range(4)]
    entries = [await given(database, dossiers.anna, "carla", None, day) for day in days]
    await given(database, dossiers.anna, "carla", database.bram_as_manager, REAL_DAY)
    await anna.get("/")
    with counted() as said:
        page = (await anna.get("/")).text
    assert len(said) <= 3, said
    assert "Wat op je wacht" in page and 'href="/to-do"' in page
    assert [f"/actions/{entry}" in page for entry in entries] == [True, True, True, False]
    for entry in entries:
        await execute("UPDATE action SET done_at = $2 WHERE entry = $1", entry, NOW)
    assert "Wat op je wacht" not in (await anna.get("/")).text


async def test_on_the_timeline_ones_own_action_is_for_you_and_has_a_button(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    own = await given(database, dossiers.anna, "carla", None)
    managers = await given(database, dossiers.anna, "carla", database.bram_as_manager)
    doctors = await given(database, dossiers.anna, "carla", database.dirk_as_doctor)
    guides = await given(database, dossiers.anna, "bram", database.carla)
    whose = {"anna": own, "bram": managers, "dirk": doctors, "carla": guides}
    for who, mine in whose.items():
        found = await timeline(await person_of(database.everyone()[who]), dossiers.anna, now=NOW)
        for one in found:
            if one["action"]:
                is_mine = one["id"] == mine
                assert (one["action"]["assignee_label"] == "jou") == is_mine, who
                assert one["action"]["url"] == (f"/actions/{mine}" if is_mine else ""), who
    page = (await (await client_of(database.anna)).get(f"/dossiers/{dossiers.anna}")).text
    assert "voor jou" in page and f'href="/actions/{own}"' in page
    await execute("UPDATE action SET done_at = $1", NOW)
    found = await timeline(await person_of(database.anna), dossiers.anna, now=NOW)
    assert {one["action"]["url"] for one in found if one["action"]} == {""}


async def test_going_to_and_fro_between_dossier_and_action_is_two_looks(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    entry = await given(database, dossiers.anna, "bram", None, REAL_DAY + timedelta(days=1))
    carla = await client_of(database.helpers["carla"])
    for _twice in range(2):
        assert (await carla.get(f"/dossiers/{dossiers.anna}")).status_code == 200
        assert (await carla.get(f"/actions/{entry}/withdrawal")).status_code == 200
    rows = await fetch("SELECT what, subject FROM access_log_line ORDER BY id")
    assert [(row["what"], row["subject"]) for row in rows] == [("dossier", dossiers.anna), ("step", entry)]
    log = (await (await client_of(database.anna, confirmed=True)).get("/account/access-log")).text
    assert "Bekeek een actie of een stap in je dossier" in log

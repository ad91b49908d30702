"""Saying how a step went: who may, with which reason, and what becomes of it."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any
from uuid import UUID

import httpx
import pytest

from backend.dossier.queries import timeline
from backend.foundation.database import execute, fetch_one, fetch_value
from backend.foundation.refusal import NotFound, Refused
from backend.foundation.tokens import new_id
from backend.legal_calendar.change_step import Change, change_step
from tests.cast import Cast, Member, person_of
from tests.conftest import Client
from tests.legal_calendar.steps import actions, kept, morning, planned, recovered_on, sick_on
from tests.meanwhile import meanwhile
from tests.to_mend import to_mend

MONDAY, DAY = date(2026, 1, 5), date(2026, 2, 16)
"""The first sick day, and the first day of week 7: the problem analysis is late, the action plan is open."""


async def step_of(dossier: UUID, term: str) -> UUID:
    found: UUID = await fetch_value(
        "SELECT id FROM calendar_step WHERE dossier = $1 AND term = $2 AND closed_at IS NULL"
        " ORDER BY due_on LIMIT 1",
        dossier, term,
    )  # fmt: skip
    return found


async def says(member: Member, dossier: UUID, term: str, change: Change, day: date = DAY) -> str:
    person = await person_of(member, now=morning(day))
    return await change_step(
        person, dossier, await step_of(dossier, term), change, new_id(), now=morning(day)
    )


@pytest.fixture
async def dossier(database: Cast) -> UUID:
    found = await sick_on(database.anna, MONDAY)
    await kept(DAY)
    return found


async def test_done_is_told_on_the_timeline(database: Cast, dossier: UUID) -> None:
    assert await says(database.bram, dossier, "action_plan", Change("done", "Samen gemaakt")) == (
        f"/dossiers/{dossier}"
    )
    action = (await actions(dossier))[1]
    assert (action["done_at"], action["done_by"], action["word"]) == (
        morning(DAY), database.bram.account, "Samen gemaakt",
    )  # fmt: skip
    person = await person_of(database.anna, now=morning(DAY))
    newest = (await timeline(person, dossier, now=morning(DAY)))[0]
    assert (newest["title"], newest["text"]) == ("Gedaan: Plan van aanpak", "Samen gemaakt")
    assert newest["author_role"] == "leidinggevende"
    with pytest.raises(Refused):
        await says(database.bram, dossier, "action_plan", Change("done", ""))


async def test_done_while_the_calendar_is_laid_out(database: Cast, dossier: UUID) -> None:
    taken = execute("SELECT FROM dossier WHERE id = $1 FOR NO KEY UPDATE", dossier)
    async with meanwhile(taken, says(database.bram, dossier, "action_plan", Change("done", ""))):
        await execute("UPDATE calendar_step SET due_on = due_on + 1 WHERE dossier = $1", dossier)
    assert (await actions(dossier))[1]["done_by"] == database.bram.account


async def test_another_day_needs_a_reason_and_stands(database: Cast, dossier: UUID) -> None:
    for words, day, field in (
        ("", date(2026, 3, 9), "later_reason"),
        ("Vakantie", DAY, "later_on"),
        ("Vakantie", None, "later_on"),
        ("Vakantie", date(2027, 3, 9), "later_on"),
    ):
        with pytest.raises(Refused) as refused:
            await says(database.bram, dossier, "action_plan", Change("postponed", words, day))
        assert refused.value.field == field
    change = Change("postponed", "Vakantie", date(2026, 3, 9))
    await says(database.bram, dossier, "action_plan", change)
    action = (await actions(dossier))[1]
    assert (action["due_on"], action["postponed_from"]) == (date(2026, 3, 9), date(2026, 3, 1))
    await execute("UPDATE calendar SET laid_out_for = ''")
    await kept(DAY)
    assert (await actions(dossier))[1]["due_on"] == date(2026, 3, 9)


async def test_not_needed_needs_a_reason_and_stays_so_after_a_relapse(database: Cast, dossier: UUID) -> None:
    with pytest.raises(Refused):
        await says(database.bram, dossier, "action_plan", Change("cancelled", ""))
    change = Change("cancelled", "Volgende week weer aan het werk")
    await says(database.helpers["carla"], dossier, "action_plan", change)
    await recovered_on(database.anna, date(2026, 2, 20))
    await kept(date(2026, 2, 20))
    await sick_on(database.anna, date(2026, 3, 2))
    await kept(date(2026, 3, 20))
    assert [row["term"] for row in await actions(dossier)].count("action_plan") == 1
    assert (await planned(dossier))["action_plan"] == date(2026, 3, 11)


async def test_what_is_done_before_it_opened_is_on_the_timeline_too(database: Cast, dossier: UUID) -> None:
    await says(database.bram, dossier, "uwv_week_42_notice", Change("done", ""))
    (action,) = [row for row in await actions(dossier) if row["term"] == "uwv_week_42_notice"]
    assert action["done_at"]


async def test_the_employee_says_what_is_done_and_no_more(database: Cast, dossier: UUID) -> None:
    await says(database.anna, dossier, "action_plan", Change("done", ""))
    for term, change in (
        ("wia_application", Change("cancelled", "Niet nodig")),
        ("problem_analysis", Change("done", "")),
        ("end_of_wage_duty", Change("done", "")),
    ):
        with pytest.raises(NotFound):
            await says(database.anna, dossier, term, change)


@pytest.mark.parametrize("name", ["daan", "eva", "fien", "hanna", "wim", "ada", "karin", "lars", "lena"])
async def test_nobody_else_does(client_of: Client, database: Cast, dossier: UUID, name: str) -> None:
    step = await step_of(dossier, "action_plan")
    other = await client_of(database.everyone()[name])
    for address in (f"/dossiers/{dossier}/steps/{step}", f"/dossiers/{dossier}/steps/{new_id()}"):
        assert (await other.get(address)).status_code == 404
        assert (await other.post(address, data={"how": "done"})).status_code == 404
    action = await fetch_one("SELECT * FROM action WHERE term = 'action_plan'")
    assert action and action["done_at"] is None


async def test_a_step_of_another_dossier_is_not_there(database: Cast, dossier: UUID) -> None:
    daans = await sick_on(database.daan, MONDAY)
    await kept(DAY)
    person = await person_of(database.bram, now=morning(DAY))
    step = await step_of(daans, "action_plan")
    with pytest.raises(NotFound):
        await change_step(person, dossier, step, Change("done", ""), new_id(), now=morning(DAY))


async def send(client: httpx.AsyncClient, address: str, **given: Any) -> httpx.Response:
    return await client.post(address, data={"request_key": str(new_id()), **given})


async def test_the_page_keeps_what_was_typed(client_of: Client, database: Cast, dossier: UUID) -> None:
    address = f"/dossiers/{dossier}/steps/{await step_of(dossier, 'action_plan')}"
    manager = await client_of(database.bram)
    page = await manager.get(address)
    assert page.status_code == 200
    assert "Plan van aanpak" in page.text
    assert "Wet: Regeling procesgang, artikel 4" in page.text
    assert "In het dossier van Anna Aalbers" in page.text
    assert "In het dossier van" not in (await (await client_of(database.anna)).get(address)).text
    again = await send(manager, address, how="postponed", later_on="nonsense", later_reason="Vakantie")
    assert again.status_code == 422
    assert "Vakantie" in again.text
    assert (await send(manager, address, how="cancelled")).status_code == 422
    assert (await send(manager, address, how="burned")).status_code == 422
    key = str(new_id())
    for _tap in range(2):
        answer = await manager.post(address, data={"request_key": key, "how": "done", "word": "Klaar"})
        assert (answer.status_code, answer.headers["location"]) == (303, f"/dossiers/{dossier}")
    assert (await manager.get(address)).status_code == 303
    told = "SELECT count(*) FROM entry WHERE kind = 'change'"
    assert await fetch_value(told) == 1


async def test_a_missing_reason_and_an_impossible_day_are_both_told(
    client_of: Client, database: Cast, dossier: UUID
) -> None:
    address = f"/dossiers/{dossier}/steps/{await step_of(dossier, 'action_plan')}"
    manager = await client_of(database.bram)
    for day in ("2020-01-01", "2099-01-01", "31-02-2026", ""):
        answer = await send(manager, address, how="postponed", later_on=day)
        assert to_mend(answer) == ["later_on", "later_reason"]
        assert f'value="{day}"' in answer.text, "what was typed is still there"
    assert await fetch_value("SELECT count(*) FROM entry WHERE kind = 'change'") == 0


async def test_of_a_step_that_is_settled_nothing_is_to_be_mended(
    client_of: Client, database: Cast, dossier: UUID
) -> None:
    address = f"/dossiers/{dossier}/steps/{await step_of(dossier, 'action_plan')}"
    await says(database.bram, dossier, "action_plan", Change("done", ""))
    bram = await client_of(database.bram)
    for day, reason in product(("2020-01-01", "31-02-2026"), ("", "x" * 1001)):
        answer = await send(bram, address, how="postponed", later_on=day, later_reason=reason)
        assert to_mend(answer) == []
        assert "Iemand heeft hier al iets over gezegd." in answer.text


async def test_without_a_choice_nothing_is_done_and_the_page_says_so(
    client_of: Client, database: Cast, dossier: UUID
) -> None:
    address = f"/dossiers/{dossier}/steps/{await step_of(dossier, 'action_plan')}"
    manager = await client_of(database.bram)
    for given in ({}, {"how": ""}, {"how": "burned"}):
        answer = await send(manager, address, word="Bijna klaar", **given)
        assert answer.status_code == 422, given
        assert 'id="how-error"' in answer.text and 'href="#how"' in answer.text, given
        assert "Bijna klaar" in answer.text, "what was typed is still there"
    assert "Zeg eerst hoe het ging" in (await send(manager, address)).text
    assert (await manager.post(address, data={})).status_code == 422, "an empty form"
    action = await fetch_one("SELECT * FROM action WHERE term = 'action_plan'")
    assert action and action["done_at"] is None
    assert await fetch_value("SELECT count(*) FROM entry WHERE kind = 'change'") == 0


async def test_the_one_tap_button_carries_its_choice(
    client_of: Client, database: Cast, dossier: UUID
) -> None:
    address = f"/actions/{(await actions(dossier))[1]['entry']}/done"
    manager = await client_of(database.bram)
    assert f'action="{address}"' in (await manager.get("/to-do")).text
    assert (await send(manager, address)).status_code == 303
    assert (await actions(dossier))[1]["done_at"]


async def test_the_employees_page_offers_only_done(client_of: Client, database: Cast, dossier: UUID) -> None:
    address = f"/dossiers/{dossier}/steps/{await step_of(dossier, 'action_plan')}"
    page = await (await client_of(database.anna)).get(address)
    assert "Gedaan" in page.text
    assert "Uitstellen" not in page.text

"""Somebody phones in sick: their manager or case manager reports for them."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from backend.foundation.clock import day_in
from backend.foundation.clock import now as real_now
from backend.foundation.database import execute, fetch, fetch_one, fetch_value
from backend.foundation.tokens import new_id
from tests.cast import NOW, Cast
from tests.conftest import Client
from tests.sickleave.steps import events, falls_sick, promised, spell
from tests.to_mend import to_mend

TODAY = NOW.date()


def filled(**more: Any) -> dict[str, Any]:
    """A form as the browser sends it."""
    today = day_in("Europe/Amsterdam", real_now())
    return {"request_key": str(new_id()), "first_sick_day": today.isoformat(), "worked_hours": "2,5"} | more


async def told() -> set[tuple[str, str]]:
    """Which messages were promised, and to which role holder."""
    return {(notice, subject.get("role_holder", "")) for notice, subject in await promised()}


async def test_a_manager_reports_and_the_employee_is_told(database: Cast, client_of: Client) -> None:
    bram = await client_of(database.bram)
    address = f"/team/{database.anna.employment}"
    assert "Ziek melden" in (await bram.get(address)).text
    form = (await bram.get(f"{address}/report")).text
    assert "Anna Aalbers ziek melden" in form and "Vraag niet wat er aan de hand is" in form
    given = filled(phone="06 11 11 11 11", expected_duration="een week")
    check = (await bram.post(f"{address}/report/check", data=given)).text
    assert "Controleer en verstuur" in check and "een week" in check and 'value="+31611111111"' in check
    answer = await bram.post(f"{address}/report", data=given)
    assert (answer.status_code, answer.headers["location"]) == (303, address)
    again = await bram.post(f"{address}/report", data=given)
    assert again.headers["location"] == address
    assert await fetch_value("SELECT count(*) FROM spell") == 1

    row = await fetch_one("SELECT * FROM spell")
    assert row and row["reported_by"] == database.bram.account
    assert row["employment"] == database.anna.employment and row["expected_duration"] == "een week"
    assert await told() == {("sick_report_for_you", ""), ("sick_report_told", str(database.carla))}
    assert await events() == ["sick_report:made", "dossier:opened"]
    assert "Je hebt Anna ziek gemeld. Anna krijgt daarvan bericht." in (await bram.get(address)).text
    anna = await client_of(database.anna)
    page = (await anna.get("/")).text
    assert "Je bent ziek gemeld sinds" in page and "Bram Bos, leidinggevende" in page


@pytest.mark.parametrize("who", ["bram", "anna"])
async def test_missing_hours_and_an_impossible_day_are_both_told(
    database: Cast, client_of: Client, who: str
) -> None:
    client, own = await client_of(database.everyone()[who]), str(database.anna.employment)
    address = {"bram": f"/team/{own}/report", "anna": "/absence/report"}[who]
    for step, day in product(("/check", ""), ("2020-01-01", "2099-01-01", "31-02-2026", "")):
        given = filled(employment=own, first_sick_day=day, worked_hours="")
        answer = await client.post(address + step, data=given)
        assert to_mend(answer) == ["first_sick_day", "worked_hours"]
        answer = await client.post(address + step, data=given | {"phone": "12"})
        assert to_mend(answer) == ["first_sick_day", "worked_hours", "phone"]
        assert f'value="{day}"' in answer.text, "what was typed is still there"
    assert not await events()


@pytest.mark.parametrize("who", ["bram", "anna"])
async def test_who_is_sick_already_is_not_asked_to_mend_the_report(
    database: Cast, client_of: Client, who: str
) -> None:
    client, own = await client_of(database.everyone()[who]), str(database.anna.employment)
    address = {"bram": f"/team/{own}/report", "anna": "/absence/report"}[who]
    await falls_sick(database.anna)
    for step, day in product(("/check", ""), ("2020-01-01", "31-02-2026", "")):
        given = filled(employment=own, first_sick_day=day, worked_hours="", phone="12")
        answer = await client.post(address + step, data=given)
        assert to_mend(answer) == [] and "al ziek gemeld" in answer.text


async def test_that_it_is_done_is_said_on_the_day_itself(database: Cast, client_of: Client) -> None:
    bram, address = await client_of(database.bram), f"/team/{database.anna.employment}"
    await bram.post(f"{address}/report", data=filled())
    await execute("UPDATE spell SET reported_at = reported_at - interval '1 day'")
    assert "Je hebt Anna ziek gemeld" not in (await bram.get(address)).text


async def test_who_has_no_address_is_told_by_who_reported(database: Cast, client_of: Client) -> None:
    await execute("UPDATE employment SET email = NULL WHERE id = $1", database.gijs.employment)
    bram, address = await client_of(database.bram), f"/team/{database.gijs.employment}"
    await bram.post(f"{address}/report", data=filled())
    page = (await bram.get(address)).text
    assert (
        "We hebben geen e-mailadres van Gijs. Vertel het dus zelf." in page and "krijgt daarvan" not in page
    )


async def test_a_manager_reports_recovery(database: Cast, client_of: Client) -> None:
    spell_id = await falls_sick(database.anna, day_in("Europe/Amsterdam", real_now()), now=real_now())
    bram, address = await client_of(database.bram), f"/team/{database.anna.employment}"
    assert (await bram.get(f"{address}/report")).headers["location"] == address
    assert "Anna Aalbers hersteld melden" in (await bram.get(f"{address}/recovery")).text
    day = day_in("Europe/Amsterdam", real_now()).isoformat()
    given = {"request_key": str(new_id()), "employment": str(database.anna.employment), "recovered_on": day}
    answer = await bram.post(f"{address}/recovery", data=given)
    assert answer.headers["location"] == address
    row = await spell(spell_id)
    assert row["recovery_reported_by"] == database.bram.account and row["closed_on"] is not None
    assert ("recovery_for_you", "") in await told()
    assert (
        "Bram Bos, leidinggevende"
        in (await (await client_of(database.anna)).get(f"/dossiers/{row['dossier']}")).text
    )


async def test_a_case_manager_reports_at_every_employer(database: Cast, client_of: Client) -> None:
    carla = await client_of(database.helpers["carla"])
    for member in (database.anna, database.ilse, database.eva):
        answer = await carla.post(f"/team/{member.employment}/report", data=filled())
        assert answer.status_code == 303
    rows = await fetch("SELECT author_role FROM entry WHERE kind = 'report'")
    assert [row["author_role"] for row in rows] == ["case_manager"] * 3
    assert ("sick_report_told", str(database.bram_as_manager)) in await told()


async def test_who_has_no_account_yet_can_be_reported(database: Cast, client_of: Client) -> None:
    bram, address = await client_of(database.bram), f"/team/{database.gijs.employment}"
    assert (await bram.post(f"{address}/report", data=filled())).headers["location"] == address
    assert "Gijs Gort" in (await bram.get(address)).text
    assert ("sick_report_for_you", "") in await told()


@pytest.mark.parametrize("who", ["daan", "hanna", "wim", "dirk", "ada", "karin", "lars", "lena", "eva"])
async def test_nobody_else_reports_for_her(database: Cast, client_of: Client, who: str) -> None:
    client = await client_of(database.everyone()[who])
    for path in ("report", "report/check", "report/change", "recovery"):
        data = filled(recovered_on="2026-11-16", employment=str(database.anna.employment))
        answer = await client.post(f"/team/{database.anna.employment}/{path}", data=data)
        assert answer.status_code == 404, path
    assert not await fetch_value("SELECT count(*) FROM spell")


async def test_the_form_cannot_name_another_than_its_address(database: Cast, client_of: Client) -> None:
    bram = await client_of(database.bram)
    data = filled(employment=str(database.eva.employment))
    await bram.post(f"/team/{database.anna.employment}/report", data=data)
    rows = await fetch("SELECT employment FROM spell")
    assert [row["employment"] for row in rows] == [database.anna.employment]


async def test_the_employees_own_form_does_not_report_another(database: Cast, client_of: Client) -> None:
    bram = await client_of(database.bram)
    answer = await bram.post("/absence/report", data=filled(employment=str(database.anna.employment)))
    assert answer.status_code == 404
    assert not await fetch_value("SELECT count(*) FROM spell")


async def test_a_manager_is_not_their_own_team(database: Cast, client_of: Client) -> None:
    bram = await client_of(database.bram)
    assert (await bram.get(f"/team/{database.bram.employment}/report")).status_code == 404


async def test_only_the_allowed_questions_and_as_the_employer_set_them(
    database: Cast, client_of: Client
) -> None:
    await execute("UPDATE employer_settings SET ask_phone = false WHERE employer = $1", database.bakery)
    bram, address = await client_of(database.bram), f"/team/{database.anna.employment}/report"
    form = (await bram.get(address)).text
    form = form[form.index("<form") :]
    names = {part.split('"')[0] for part in form.split('name="')[1:]}
    asked = {
        "nursing_address", "expected_duration", "work_handover", "safety_net", "work_accident",
        "third_party_accident",
    }  # fmt: skip
    ours = {"request_key", "first_sick_day", "worked_hours"}
    assert names == ours | asked
    await bram.post(address, data=filled(phone="0611111111"))
    assert await fetch_value("SELECT phone FROM spell") is None


async def test_a_refusal_speaks_about_the_employee(database: Cast, client_of: Client) -> None:
    bram, address = await client_of(database.bram), f"/team/{database.anna.employment}/report"
    long_ago = (day_in("Europe/Amsterdam", real_now()) - timedelta(days=60)).isoformat()
    answer = await bram.post(address, data=filled(first_sick_day=long_ago))
    assert answer.status_code == 422 and "Je kunt Anna hier ziek melden vanaf" in answer.text
    await falls_sick(database.anna, day_in("Europe/Amsterdam", real_now()), now=real_now())
    answer = await bram.post(address, data=filled())
    assert answer.status_code == 422 and "Anna is al ziek gemeld" in answer.text

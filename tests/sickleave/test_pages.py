"""The pages as a browser meets them, without a script."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
import pytest

from backend.foundation.clock import day_in
from backend.foundation.database import execute, fetch_value
from backend.foundation.tokens import new_id
from backend.web.page import owner_tag
from tests.cast import Cast
from tests.conftest import Client
from tests.sickleave.steps import falls_sick
from tests.statements import counted

OFFLINE = {"X-Offline-Report": "1", "Accept": "application/json"}


def today() -> date:
    return day_in("Europe/Amsterdam", datetime.now(UTC))


def hidden(page: str) -> dict[str, str]:
    """What the page's first form carries unseen."""
    form = page[page.index('<form method="post" action="/absence') :].split("</form>")[0]
    found = {}
    for field in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', field), re.search(r'value="([^"]*)"', field)
        assert name and value
        found[name[1]] = value[1]
    return found


def filled_in(employment: Any, **answers: str) -> dict[str, str]:
    return {
        "request_key": str(new_id()), "employment": str(employment), "first_sick_day": today().isoformat(),
        "worked_hours": "0",
    } | answers  # fmt: skip


async def reported(client: httpx.AsyncClient, employment: Any, **answers: str) -> httpx.Response:
    return await client.post("/absence/report", data=filled_in(employment, **answers))


async def test_from_the_form_over_the_check_to_done(client_of: Client, database: Cast) -> None:
    anna = await client_of(database.anna)
    form = (await anna.get("/absence/report")).text
    assert f'value="{today().isoformat()}"' in form and "Nog een paar vragen (mag je overslaan)" in form
    body = hidden(form) | {
        "first_sick_day": (today() - timedelta(days=1)).isoformat(), "worked_hours": "4,5",
        "work_handover": "De oven <b>", "third_party_accident": "no",
    }  # fmt: skip
    check = await anna.post("/absence/report/check", data=body)
    assert check.status_code == 200
    assert "gisteren" in check.text and "4,5" in check.text and "De oven &lt;b&gt;" in check.text
    assert await fetch_value("SELECT count(*) FROM spell") == 0
    done = await anna.post("/absence/report", data=hidden(check.text))
    assert done.status_code == 303
    after = (await anna.get(done.headers["location"])).text
    assert "Je bent ziek gemeld" in after and "Bram Bos en Carla Claes krijgen bericht" in after
    assert 'href="tel:+31612345678"' in after and "terug" in after


async def test_changing_an_answer_keeps_the_others(client_of: Client, database: Cast) -> None:
    anna = await client_of(database.anna)
    body = filled_in(database.anna.employment, phone="0612345678", safety_net="rather_not")
    form = (await anna.post("/absence/report/change", data=body | {"at": "phone"})).text
    assert body["request_key"] in form and "<details" in form and " open" in form
    assert "+31612345678" in form or "0612345678" in form
    assert re.search(r'value="rather_not" checked', form)


async def test_a_refusal_stands_beside_its_field_and_what_was_typed_stays(
    client_of: Client, database: Cast
) -> None:
    anna = await client_of(database.anna)
    body = filled_in(
        database.anna.employment,
        first_sick_day=(today() - timedelta(days=9)).isoformat(),
        worked_hours="6,25",
    )
    for address in ("/absence/report/check", "/absence/report"):
        answer = await anna.post(address, data=body)
        assert answer.status_code == 422
        assert 'id="first_sick_day-error"' in answer.text and 'value="6,25"' in answer.text
        assert "Bel je leidinggevende" in answer.text and 'href="tel:+31612345678"' in answer.text
        assert body["request_key"] in answer.text


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"worked_hours": "zeven"}, "worked_hours"),
        ({"worked_hours": "7,1"}, "worked_hours"),
        ({"worked_hours": "25"}, "worked_hours"),
        ({"worked_hours": ""}, "worked_hours"),
        ({"first_sick_day": ""}, "first_sick_day"),
        ({"first_sick_day": "31-02-2026"}, "first_sick_day"),
        ({"phone": "12"}, "phone"),
        ({"safety_net": "zwanger"}, "safety_net"),
        ({"work_handover": "x" * 2001}, "work_handover"),
    ],
)
async def test_what_cannot_be_read_is_asked_again(
    client_of: Client, database: Cast, answers: Mapping[str, str], field: str
) -> None:
    anna = await client_of(database.anna)
    answer = await reported(anna, database.anna.employment, **answers)
    assert answer.status_code == 422 and f'id="{field}-error"' in answer.text
    assert await fetch_value("SELECT count(*) FROM spell") == 0


@pytest.mark.parametrize(
    ("typed", "stored"), [("7,5", "7.50"), ("7.5", "7.50"), ("7:45", "7.75"), ("24", "24.00")]
)
async def test_hours_as_people_write_them(client_of: Client, database: Cast, typed: str, stored: str) -> None:
    anna = await client_of(database.anna)
    assert (await reported(anna, database.anna.employment, worked_hours=typed)).status_code == 303
    assert str(await fetch_value("SELECT worked_hours FROM spell")) == stored


async def test_a_question_that_the_employer_does_not_ask_is_not_there(
    client_of: Client, database: Cast
) -> None:
    await execute(
        "UPDATE employer_settings SET ask_nursing_address = false WHERE employer = $1", database.bakery
    )
    form = (await (await client_of(database.anna)).get("/absence/report")).text
    assert 'name="nursing_address"' not in form and 'name="phone"' in form
    school = (await (await client_of(database.eva)).get("/absence/report")).text
    assert 'name="nursing_address"' in school


async def test_every_question_says_who_sees_it_and_every_free_text_warns(
    client_of: Client, database: Cast
) -> None:
    form = (await (await client_of(database.anna)).get("/absence/report")).text
    assert form.count("Je leidinggevende en casemanager zien dit.") == 7
    assert len(re.findall(r"[Ss]chrijf niet", form)) == 3


async def test_two_taps_are_one_report(client_of: Client, database: Cast) -> None:
    anna = await client_of(database.anna)
    body = filled_in(database.anna.employment)
    first = await anna.post("/absence/report", data=body)
    second = await anna.post("/absence/report", data=body)
    assert first.headers["location"] == second.headers["location"]
    other = await anna.post("/absence/report", data=body | {"worked_hours": "1"})
    assert other.status_code == 409
    assert await fetch_value("SELECT count(*) FROM spell") == 1


async def test_a_second_report_is_told_kindly(client_of: Client, database: Cast) -> None:
    anna = await client_of(database.anna)
    await reported(anna, database.anna.employment)
    again = await reported(anna, database.anna.employment)
    assert again.status_code == 422 and "Je bent al ziek gemeld" in again.text
    assert (await anna.get("/absence/report")).status_code == 303


async def test_a_phone_sends_what_it_kept(client_of: Client, database: Cast) -> None:
    anna = await client_of(database.anna)
    assert database.anna.account
    body = filled_in(database.anna.employment, owner=owner_tag(database.anna.account))
    sent = await anna.post("/absence/report", data=body, headers=OFFLINE)
    assert sent.status_code == 200 and sent.json()["location"].startswith("/absence/")
    assert (await anna.post("/absence/report", data=body, headers=OFFLINE)).json() == sent.json()
    plain = {name: value for name, value in body.items() if name != "owner"}
    assert (await anna.post("/absence/report", data=plain)).headers["location"] == sent.json()["location"]
    refused = await anna.post("/absence/report", data=body | {"request_key": str(new_id())}, headers=OFFLINE)
    assert refused.status_code == 422 and "al ziek gemeld" in refused.json()["message"]
    changed = await anna.post("/absence/report", data=body | {"worked_hours": "2"}, headers=OFFLINE)
    assert changed.status_code == 409 and changed.json()["message"]


async def test_a_phone_sends_nothing_for_somebody_else(client_of: Client, database: Cast) -> None:
    daan = await client_of(database.daan)
    assert database.anna.account
    body = filled_in(database.daan.employment, owner=owner_tag(database.anna.account))
    assert (await daan.post("/absence/report", data=body, headers=OFFLINE)).status_code == 409
    assert (await daan.post("/absence/return", data=body, headers=OFFLINE)).status_code == 409
    stranger = await client_of(None)
    answer = await stranger.post("/absence/report", data=body, headers=OFFLINE)
    assert answer.status_code == 401 and answer.json()["message"]
    assert await fetch_value("SELECT count(*) FROM spell") == 0


async def test_another_ones_spell_or_job_is_not_there(client_of: Client, database: Cast) -> None:
    anna, eva = await client_of(database.anna), await client_of(database.eva)
    spell = (await reported(anna, database.anna.employment)).headers["location"]
    for address in (spell, f"{spell}/withdrawal", f"{spell}/hours", "/absence/no-id"):
        assert (await eva.get(address)).status_code == 404
    assert (await eva.post(f"{spell}/withdrawal", data={"request_key": str(new_id())})).status_code == 404
    assert (await reported(eva, database.anna.employment)).status_code == 404
    assert (
        await eva.post("/absence/report/check", data=filled_in(database.anna.employment))
    ).status_code == 404
    answer = await eva.post(
        "/absence/return", data=filled_in(database.anna.employment, recovered_on=str(today()))
    )
    assert answer.status_code == 404


async def test_who_has_nobody_to_tell_is_not_said_to_be_done(client_of: Client, database: Cast) -> None:
    await execute(
        "UPDATE employment SET manager = NULL, case_manager = NULL WHERE id = $1", database.anna.employment
    )
    anna = await client_of(database.anna)
    done = await reported(anna, database.anna.employment)
    page = (await anna.get(done.headers["location"])).text
    assert "Je hoeft nu niets meer te doen" not in page
    assert "Bel zelf nog je werkgever" in page


async def test_what_another_passed_on_is_read_from_the_dashboard(client_of: Client, database: Cast) -> None:
    bram, anna = await client_of(database.bram), await client_of(database.anna)
    body = filled_in(database.anna.employment, work_handover="De oven", phone="0612345678")
    sent = await bram.post(f"/team/{database.anna.employment}/report", data=body)
    assert sent.status_code == 303
    spell = await fetch_value("SELECT id FROM spell")
    assert f'href="/absence/{spell}"' in (await anna.get("/")).text
    page = (await anna.get(f"/absence/{spell}")).text
    assert "Bram Bos heeft je ziek gemeld" in page and "De oven" in page and "06 12345678" in page
    assert "bevestiging per mail" not in page and "Wat je hebt doorgegeven" not in page
    assert "krijgen bericht" not in page and "krijgt bericht" not in page


async def test_taking_it_back(client_of: Client, database: Cast) -> None:
    anna = await client_of(database.anna)
    spell = (await reported(anna, database.anna.employment)).headers["location"]
    question = (await anna.get(f"{spell}/withdrawal")).text
    done = await anna.post(f"{spell}/withdrawal", data=hidden(question))
    assert done.status_code == 303
    assert "Je ziekmelding is teruggenomen" in (await anna.get(done.headers["location"])).text
    late = await anna.get(f"{spell}/withdrawal")
    assert (
        late.status_code == 200
        and "niet meer terugnemen" in late.text
        and '<form method="post" action="/absence' not in late.text
    )


async def test_recovering(client_of: Client, database: Cast) -> None:
    anna = await client_of(database.anna)
    assert (await anna.get("/absence/return")).headers["location"] == "/"
    await reported(anna, database.anna.employment)
    form = (await anna.get("/absence/return")).text
    assert "Datum waarop je het werk volledig hebt hervat" in form
    refused = await anna.post("/absence/return", data=hidden(form) | {"recovered_on": "1-1-2020"})
    assert refused.status_code == 422 and 'id="recovered_on-error"' in refused.text
    done = await anna.post("/absence/return", data=hidden(form) | {"recovered_on": today().isoformat()})
    after = (await anna.get(done.headers["location"])).text
    assert "Je bent hersteld gemeld" in after and "Je dossier is gesloten" in after


async def test_the_form_says_what_became_of_the_last_proposal(client_of: Client, database: Cast) -> None:
    spell = await falls_sick(database.anna, today(), now=datetime.now(UTC))
    anna = await client_of(database.anna)
    assert "voorstel wacht" not in (await anna.get("/absence/hours")).text
    sent = {
        "request_key": str(new_id()), "employment": str(database.anna.employment), "hours_a_week": "12",
        "starts_on": today().isoformat(),
    }  # fmt: skip
    await anna.post("/absence/hours", data=sent)
    assert "Je voorstel wacht nog op antwoord" in (await anna.get("/absence/hours")).text
    by = "UPDATE partial_recovery SET {0}_at = now(), {0}_by = $2 WHERE spell = $1"
    await execute(by.format("refused"), spell, database.bram.account)
    assert "Bram Bos wil je vorige voorstel eerst met je" in (await anna.get("/absence/hours")).text
    await execute("UPDATE partial_recovery SET refused_at = NULL, refused_by = NULL")
    await execute(by.format("confirmed"), spell, database.bram.account)
    assert "Afgesproken is: vanaf" in (await anna.get("/absence/hours")).text


async def test_working_for_a_part(client_of: Client, database: Cast) -> None:
    anna = await client_of(database.anna)
    await reported(anna, database.anna.employment)
    form = (await anna.get("/absence/hours")).text
    assert "%" not in re.sub(r"<[^>]*>", "", form)
    body = hidden(form) | {
        "starts_on": today().isoformat(),
        "hours_a_week": "12,5",
        "explanation": "ochtenden",
    }
    done = await anna.post("/absence/hours", data=body)
    after = (await anna.get(done.headers["location"])).text
    assert "12,5 uur per week" in after and "ochtenden" in after
    await execute("UPDATE employer_settings SET allow_partial_recovery = false")
    assert (await anna.get("/absence/hours")).status_code == 303


async def test_the_form_says_for_which_job(client_of: Client, database: Cast) -> None:
    fien = await client_of(database.fien)
    form = (await fien.get("/absence/report")).text
    assert "Bij Bakkerij De Korenaar." in form or "Bij Basisschool De Linde." in form
    done = await reported(fien, database.fien_at_school)
    assert "Bij Basisschool De Linde." in (await fien.get(done.headers["location"])).text


async def test_english_is_complete(client_of: Client, database: Cast) -> None:
    await execute("UPDATE account SET language = 'en'")
    anna = await client_of(database.anna)
    assert "Report sick" in (await anna.get("/absence/report")).text
    done = await reported(anna, database.anna.employment)
    assert "You have been reported sick" in (await anna.get(done.headers["location"])).text


async def test_a_report_takes_few_statements(client_of: Client, database: Cast) -> None:
    anna = await client_of(database.anna)
    await anna.get("/absence/report")
    with counted() as said:
        await reported(anna, database.anna.employment)
    # The session, the transaction's two ends, the key, how the job stands, and in one the dossier, spell,
    # entry, events and messages.
    assert len(said) <= 6, said
    with counted() as said:
        await anna.get("/absence/return")
    assert len(said) == 2, said


async def test_a_script_that_checks_stores_nothing(client_of: Client, database: Cast) -> None:
    await falls_sick(database.daan)
    daan = await client_of(database.daan)
    answer = await daan.post("/absence/report/check", data=filled_in(database.daan.employment))
    assert answer.status_code == 422 and await fetch_value("SELECT count(*) FROM spell") == 1

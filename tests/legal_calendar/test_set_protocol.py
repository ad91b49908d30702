"""An administrator sets the employer's own steps; nobody else does, and law stays on."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import asyncpg
import httpx
import pytest

from backend.foundation.database import execute, fetch, fetch_value
from backend.foundation.tokens import new_id
from backend.legal_calendar.terms import TERMS, may_switch_off
from tests.cast import NOW, Cast
from tests.conftest import Client
from tests.legal_calendar.steps import actions, kept, planned, recovered_on, sick_on

MONDAY = date(2026, 1, 5)
STEP = {
    "title": "Bellen op de eerste dag",
    "assignee_role": "manager",
    "at_report": "every",
    "days_after": "0",
}


async def ada(client_of: Client, cast: Cast) -> httpx.AsyncClient:
    return await client_of(cast.helpers["ada"])


async def test_a_step_of_ones_own(client_of: Client, database: Cast) -> None:
    client, employer = await ada(client_of, database), str(database.bakery)
    answer = await client.post("/protocol/steps", data=STEP | {"employer": employer})
    assert (answer.status_code, answer.headers["location"]) == (303, "/protocol?done=added")
    page = (await client.get("/protocol")).text
    assert "Bellen op de eerste dag" in page
    await execute("UPDATE protocol_step SET since = $1", MONDAY)
    dossier = await sick_on(database.anna, MONDAY)
    await kept(MONDAY)
    assert [row["title"] for row in await actions(dossier)] == ["Bellen op de eerste dag"]
    step = await fetch_value("SELECT id FROM protocol_step")
    assert (await client.post(f"/protocol/steps/{step}/end")).status_code == 303
    await kept(MONDAY)
    assert (await actions(dossier))[0]["cancelled_at"] is not None
    assert "Bellen op de eerste dag" not in (await client.get("/protocol")).text
    events = [row["event"] for row in await fetch("SELECT event FROM audit_event ORDER BY id")]
    assert [event for event in events if "protocol" in event] == [
        "protocol_step:added",
        "protocol_step:ended",
    ]


async def test_a_talk_that_is_taken_away_is_closed_also_for_who_is_back(
    client_of: Client, database: Cast
) -> None:
    client = await ada(client_of, database)
    talk = STEP | {"employer": str(database.bakery), "at_report": "3", "days_after": "14"}
    await client.post("/protocol/steps", data=talk)
    await execute("UPDATE protocol_step SET since = $1", MONDAY)
    for first in (MONDAY, date(2026, 3, 2), date(2026, 5, 4)):
        dossier = await sick_on(database.anna, first)
        await recovered_on(database.anna, first)
        await kept(first)
    (action,) = await actions(dossier)
    assert action["cancelled_at"] is None
    step = await fetch_value("SELECT id FROM protocol_step")
    await client.post(f"/protocol/steps/{step}/end")
    await kept(date(2026, 5, 5))
    (action,) = await actions(dossier)
    assert action["cancelled_at"] is not None


async def test_the_fields_of_two_employers_have_ids_of_their_own(client_of: Client, database: Cast) -> None:
    await execute(
        "INSERT INTO role_holder (id, account, employer, role, name, email, language)"
        " VALUES ($1, $2, $3, 'administrator', 'Ada Adams', 'ada@linde.example', 'nl')",
        new_id(), database.helpers["ada"].account, database.school,
    )  # fmt: skip
    await execute("UPDATE employer SET country = 'BE' WHERE id = $1", database.school)
    page = (await (await ada(client_of, database)).get("/protocol")).text
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r' for="([^"]+)"', page)) < set(ids)
    assert page.count("Wat moet er gebeuren?</label>") == 2
    # What is Dutch stands there for the Dutch employer alone.
    assert page.count("Probleemanalyse") == 1
    assert "gelden niet voor een werkgever in een ander land" in page


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": ""}, "Schrijf wat er moet gebeuren."),
        ({"assignee_role": None}, "Kies wie het doet."),
        ({"days_after": "soon"}, "Vul een heel getal in"),
        ({"days_after": "-1"}, "Kies 0 tot en met 730 dagen."),
        ({"days_after": ""}, "Kies 0 tot en met 730 dagen."),
        ({"at_report": "99"}, "Kies een van de antwoorden die hier staan."),
    ],
)
async def test_what_cannot_be_is_said_beside_the_field(
    client_of: Client, database: Cast, changed: dict[str, str | None], said: str
) -> None:
    client = await ada(client_of, database)
    filled = STEP | {"employer": str(database.bakery)} | changed
    given = {name: value for name, value in filled.items() if value is not None}
    answer = await client.post("/protocol/steps", data=given)
    assert answer.status_code == 422
    assert said in answer.text
    assert await fetch_value("SELECT count(*) FROM protocol_step") == 0


async def test_the_same_step_twice_is_one(client_of: Client, database: Cast) -> None:
    client = await ada(client_of, database)
    given = STEP | {"employer": str(database.bakery)}
    assert [(await client.post("/protocol/steps", data=given)).status_code for _tap in range(2)] == [303, 422]


async def test_practice_goes_off_and_on_again_and_law_does_not(client_of: Client, database: Cast) -> None:
    client, employer = await ada(client_of, database), str(database.bakery)
    dossier = await sick_on(database.anna, MONDAY)
    evas = await sick_on(database.eva, MONDAY)
    await kept(MONDAY)
    given = {"employer": employer, "term": "second_track", "off": "yes"}
    assert (await client.post("/protocol/terms", data=given)).status_code == 303
    await kept(MONDAY)
    assert "second_track" not in await planned(dossier)
    assert "second_track" in await planned(evas)
    assert "Staat uit" in (await client.get("/protocol")).text
    await client.post("/protocol/terms", data=given | {"off": "no"})
    await kept(MONDAY)
    assert "second_track" in await planned(dossier)
    for term in ("action_plan", "protocol", "nonsense"):
        answer = await client.post("/protocol/terms", data=given | {"term": term})
        assert answer.status_code == 422
        assert "Die kan niet uit" in answer.text


async def test_the_database_keeps_law_on_too(database: Cast) -> None:
    for term in TERMS:
        sql = "INSERT INTO switched_off_term VALUES ($1, $2, $3, $4, $5)"
        values = new_id(), database.bakery, term.name, NOW, database.bram.account
        if may_switch_off(term.name):
            await execute(sql, *values)
            continue
        with pytest.raises(asyncpg.CheckViolationError):
            await execute(sql, *values)


async def test_days_of_notice(client_of: Client, database: Cast) -> None:
    client, employer = await ada(client_of, database), str(database.bakery)
    for days, status in (("10", 303), ("0", 422), ("29", 422), ("731", 422), ("x", 422)):
        answer = await client.post("/protocol/reminders", data={"employer": employer, "days": days})
        assert answer.status_code == status, days
        assert status == 303 or "730" not in answer.text, "that many is for another field"
    found = await fetch_value(
        "SELECT reminder_days_before FROM employer_settings WHERE employer = $1", database.bakery
    )
    assert found == 10


@pytest.mark.parametrize("name", ["anna", "bram", "eva", "carla", "dirk", "wim", "karin", "lars"])
async def test_nobody_else_sees_or_sets_it(client_of: Client, database: Cast, name: str) -> None:
    client = await client_of(database.everyone()[name])
    assert (await client.get("/protocol")).status_code == 404
    await _refused(client, str(database.bakery))


async def test_another_employer_is_not_there(client_of: Client, database: Cast) -> None:
    client = await ada(client_of, database)
    for employer in (database.school, database.garage, new_id(), "nonsense", ""):
        await _refused(client, str(employer))


async def _refused(client: httpx.AsyncClient, employer: str) -> None:
    sent: dict[str, dict[str, Any]] = {
        "/protocol/steps": STEP,
        f"/protocol/steps/{new_id()}/end": {},
        "/protocol/terms": {"term": "second_track", "off": "yes"},
        "/protocol/reminders": {"days": "5"},
    }
    for path, given in sent.items():
        answer = await client.post(path, data={"employer": employer, **given})
        assert answer.status_code == 404, path
    assert await fetch_value("SELECT count(*) FROM protocol_step") == 0
    assert await fetch_value("SELECT count(*) FROM switched_off_term") == 0

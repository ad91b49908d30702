"""Crossing over: everything that is Anna's, asked for by everyone who is not Anna, is not there."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from litestar import Litestar

from backend.dossier.publish import publish
from backend.foundation import clock
from backend.foundation.database import fetch, fetch_value
from backend.foundation.tokens import new_id
from backend.second_factor.tables import Factor
from backend.sickleave.propose_hours import Proposal, propose_hours
from backend.telling.subscription import Subscription
from backend.telling.turn_on import turn_on
from tests.cast import Cast, person_of, session_of
from tests.conftest import Client
from tests.gateways.push_service import Browser
from tests.house.test_routes import handlers
from tests.sickleave.steps import falls_sick

OTHERS = ("daan", "eva", "fien", "hanna", "wim", "ada", "karin", "lars", "lena")
"""A colleague, another employer's employee, somebody with a job at both; another branch's and another
employer's manager, the administrator, and everyone around the other provider."""


async def annas(cast: Cast) -> dict[str, UUID]:
    """One of each thing that an address can name, all of it Anna's."""
    now = clock.now()
    spell = await falls_sick(cast.anna, now.date(), now=now)
    dossier = await fetch_value("SELECT dossier FROM spell WHERE id = $1", spell)
    entry = await publish(
        dossier, "note", now=now, author_name="Bram Bos", author_role="manager", title="x", body="y " * 900
    )
    assert cast.anna.employment
    hours = Proposal(cast.anna.employment, now.date(), Decimal(8), "")
    await propose_hours(await person_of(cast.anna, now=now), hours, new_id(), now=now)
    proposal = await fetch_value("SELECT id FROM partial_recovery WHERE spell = $1", spell)
    factor = Factor(account=cast.anna.account, kind="sms", name="sms", created_at=now)
    await Factor.insert(factor)
    await session_of(cast.anna, now=now)
    device = await fetch_value("SELECT id FROM session WHERE account = $1 LIMIT 1", cast.anna.account)
    push = await turn_on(
        await person_of(cast.anna, now=now),
        Subscription(**Browser("https://fcm.googleapis.com/fcm/send/anna").form()),
        now=now,
    )
    return {
        "spell": spell,
        "proposal": proposal,
        "dossier": dossier,
        "entry": entry,
        "factor": factor.id,
        "device": device,
        "subscription": push,
        "employment": cast.anna.employment,
    }


async def everything() -> list[tuple[str, int]]:
    """How many rows every table holds, and a sum over their contents."""
    tables = await fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    found = []
    for table in tables:
        name = table["tablename"]
        if name in ("session", "attempts"):
            continue
        found.append((name, await fetch_value(f'SELECT coalesce(sum(hashtext(t::text)), 0) FROM "{name}" t')))
    return found


@pytest.mark.parametrize("other", OTHERS)
async def test_what_is_annas_is_not_there_for_another(
    app: Litestar, client_of: Client, database: Cast, other: str
) -> None:
    ids = await annas(database)
    client = await client_of(database.everyone()[other], confirmed=True)
    before = await everything()
    asked = 0
    for path, handler in handlers(app):
        names = [part.split(":")[0][1:] for part in path.split("/") if part.startswith("{")]
        if not names or not set(names) <= set(ids):
            continue
        address = path
        for name in names:
            address = address.replace("{" + name + ":uuid}", str(ids[name]))
        for method in handler.http_methods & {"GET", "POST"}:
            answer = await client.request(method, address)
            asked += 1
            assert answer.status_code == 404, f"{method} {path} answered {answer.status_code} to {other}"
            mine, nobodys = str(ids[names[-1]]), str(uuid4())
            nowhere = await client.request(method, address.replace(mine, nobodys))
            assert nowhere.status_code == 404
            told = nowhere.text.replace(nobodys, "")
            assert told == answer.text.replace(mine, ""), f"{method} {path} tells another's from nobody's"
    assert asked >= 10
    assert await everything() == before


async def test_what_is_annas_is_there_for_anna(app: Litestar, client_of: Client, database: Cast) -> None:
    ids = await annas(database)
    client = await client_of(database.anna, confirmed=True)
    for path in (
        f"/dossiers/{ids['dossier']}",
        f"/dossiers/{ids['dossier']}/notes/{ids['entry']}",
        f"/absence/{ids['spell']}",
        f"/absence/{ids['spell']}/withdrawal",
        f"/absence/{ids['spell']}/recovery-withdrawal",
    ):
        assert (await client.get(path)).status_code == 200, path


@pytest.mark.parametrize("other", OTHERS)
async def test_no_list_of_another_names_anna(client_of: Client, database: Cast, other: str) -> None:
    await annas(database)
    client = await client_of(database.everyone()[other], confirmed=True)
    lists = ("/dossiers", "/account", "/account/devices", "/account/factors", "/account/access-log", "/to-do")
    for path in ("/", *lists, "/team", "/team?q=Aal"):
        answer = await client.get(path, follow_redirects=True)
        assert answer.status_code == 200 or (path.startswith("/team") and answer.status_code == 404), path
        assert "Anna" not in answer.text
        assert "Aalbers" not in answer.text


@pytest.mark.parametrize(
    "path", ["/absence/report", "/absence/report/check", "/absence/return", "/absence/hours"]
)
async def test_a_form_cannot_name_anothers_employment(client_of: Client, database: Cast, path: str) -> None:
    await annas(database)
    before = await everything()
    client = await client_of(database.eva)
    answer = await client.post(
        path,
        data={
            "employment": str(database.anna.employment),
            "first_sick_day": clock.now().date().isoformat(),
            "recovered_on": clock.now().date().isoformat(),
            "worked_hours": "0",
            "request_key": str(uuid4()),
        },
    )
    assert answer.status_code in (404, 422)
    assert await everything() == before

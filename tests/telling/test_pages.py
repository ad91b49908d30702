"""The page where each person says how they are told."""

from __future__ import annotations

import dataclasses
import re

import pytest
from redis.asyncio import Redis

from backend.app import create_app
from backend.foundation.database import execute, fetch, fetch_value
from backend.outbox.kinds import Kind
from backend.settings import Settings
from tests.cast import Cast
from tests.conftest import Client
from tests.gateways.push_service import Browser
from tests.second_factor.steps import give

PAGE = "/account/telling"
EMPLOYEE = {Kind.DOSSIER, Kind.OWN_REPORT, Kind.REMINDERS}
KINDS = {
    "anna": EMPLOYEE,
    "bram": EMPLOYEE | {Kind.PEOPLE, Kind.ACTIONS},
    "hanna": {Kind.PEOPLE, Kind.ACTIONS, Kind.REMINDERS},
    "carla": {Kind.PEOPLE, Kind.ACTIONS, Kind.REMINDERS, Kind.WEEKLY},
    "dirk": {Kind.ACTIONS, Kind.REMINDERS},
    "ada": set(),
}
TICK = re.compile(r'<input type="checkbox" name="(\w+)" value="(\w+)"( checked)?( disabled)?>')


def ticks(html: str) -> dict[tuple[str, str], tuple[bool, bool]]:
    """(kind, way): ticked, and fixed."""
    return {(kind, way): (bool(on), bool(fixed)) for kind, way, on, fixed in TICK.findall(html)}


@pytest.mark.parametrize("who", KINDS)
async def test_everyone_chooses_what_matters_in_their_roles(
    client_of: Client, database: Cast, who: str
) -> None:
    client = await client_of(database.everyone()[who])
    answer = await client.get(PAGE)
    assert answer.status_code == 200
    assert {kind for kind, _way in ticks(answer.text)} == KINDS[who]
    everything = {kind: ["mail", "push", "sms"] for kind in Kind}
    assert (await client.post(PAGE, data=everything)).status_code == 303
    assert {row["kind"] for row in await fetch("SELECT kind FROM telling_choice")} == KINDS[who]
    if not KINDS[who]:
        assert "niets om te kiezen" in answer.text and "data-push" not in answer.text


async def test_without_a_choice_it_is_mail_and_a_push_where_it_is_on(
    client_of: Client, database: Cast
) -> None:
    found = ticks((await (await client_of(database.bram)).get(PAGE)).text)
    assert found[Kind.DOSSIER, "mail"] == found[Kind.DOSSIER, "push"] == (True, False)
    assert found[Kind.OWN_REPORT, "mail"] == found[Kind.REMINDERS, "mail"] == (True, True), "mail stays"
    assert found[Kind.OWN_REPORT, "push"] == (False, False)
    assert not any(way == "sms" for _kind, way in found)


async def test_a_choice_is_kept_shown_and_ones_own(client_of: Client, database: Cast) -> None:
    bram = await client_of(database.bram)
    answer = await bram.post(PAGE, data={"dossier": "push", "own_report": [], "people": ["mail", "x"]})
    assert answer.headers["location"] == PAGE + "?said=chosen"
    html = (await bram.get(PAGE + "?said=chosen")).text
    assert "Je keuze is opgeslagen" in html
    found = ticks(html)
    assert {key for key, (on, _fixed) in found.items() if on} == {
        (Kind.DOSSIER, "push"), (Kind.PEOPLE, "mail"), (Kind.OWN_REPORT, "mail"), (Kind.REMINDERS, "mail")
    }  # fmt: skip
    anna = ticks((await (await client_of(database.anna)).get(PAGE)).text)
    assert anna[Kind.DOSSIER, "mail"] == (True, False)
    await bram.post(PAGE, data={"dossier": "mail"})
    assert await fetch_value("SELECT count(*) FROM telling_choice WHERE kind = 'dossier'") == 1
    assert await fetch_value("SELECT count(*) FROM audit_event WHERE event = 'account:telling:chosen'") == 2


async def test_sms_is_offered_to_who_has_a_proven_number(client_of: Client, database: Cast) -> None:
    anna = await client_of(database.anna)
    assert "Voeg je nummer toe" in (await anna.get(PAGE)).text
    await anna.post(PAGE, data={"dossier": ["sms"]})
    assert not await fetch_value("SELECT bool_or(sms) FROM telling_choice"), "not offered, not taken"
    await give(database.anna, "sms", "+31612345678")
    html = (await anna.get(PAGE)).text
    assert (Kind.DOSSIER, "sms") in ticks(html)
    assert "78" in html and "612345678" not in html.replace(" ", "")
    await anna.post(PAGE, data={"dossier": ["sms"]})
    assert await fetch_value("SELECT sms FROM telling_choice WHERE kind = 'dossier'")


async def test_an_installation_without_a_key_or_sms_offers_mail_alone(
    client_of: Client, database: Cast, settings: Settings, redis: Redis
) -> None:
    await give(database.anna, "sms", "+31612345678")
    anna = await client_of(database.anna)
    bare = create_app(dataclasses.replace(settings, vapid_key=b"", sms_provider=""))
    bare.state.redis = redis
    anna._transport.app = bare  # type: ignore[attr-defined]
    html = (await anna.get(PAGE)).text
    assert {way for _kind, way in ticks(html)} == {"mail"}
    assert "data-push" not in html and "Voeg je nummer toe" not in html
    await anna.post(PAGE, data={"dossier": ["mail"]})
    rows = await fetch("SELECT push, sms FROM telling_choice WHERE kind = 'dossier'")
    assert [(row["push"], row["sms"]) for row in rows] == [(True, False)], "as usual, for when it comes"


async def test_a_device_is_turned_on_listed_and_turned_off(client_of: Client, database: Cast) -> None:
    anna = await client_of(database.anna)
    html = (await anna.get(PAGE)).text
    assert re.search(r'data-push="[\w-]{87}"', html)
    assert "Meldingen aanzetten" in html
    browser = Browser("https://updates.push.services.mozilla.com/wpush/v2/x")
    answer = await anna.post(PAGE + "/devices", data=browser.form())
    assert (answer.status_code, answer.text) == (200, "")
    html = (await anna.get(PAGE)).text
    assert "Dit apparaat" in html and "Meldingen aanzetten" not in html
    path = re.findall(r"/account/telling/devices/[\w-]+/removal", html)
    bram = await client_of(database.bram)
    assert (await bram.post(path[0])).status_code == 404
    answer = await anna.post(path[0])
    assert answer.headers["location"] == PAGE + "?said=off"
    assert "geen meldingen meer" in (await anna.get(answer.headers["location"])).text
    assert (await anna.post(path[0])).status_code == 404


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_a_refused_address_comes_back_in_words(
    client_of: Client, database: Cast, language: str
) -> None:
    await execute("UPDATE account SET language = $1", language)
    anna = await client_of(database.anna)
    answer = await anna.post(PAGE + "/devices", data=Browser("https://10.0.0.8/x").form())
    assert answer.status_code == 422
    said = {"nl": "Deze browser gebruikt een dienst", "en": "This browser uses a notification service"}
    assert answer.text.startswith(said[language])
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("data", [{}, {"endpoint": "x"}, {"endpoint": ["https://fcm.googleapis.com/x"] * 2}])
async def test_half_an_address_is_refused(client_of: Client, database: Cast, data: dict[str, str]) -> None:
    answer = await (await client_of(database.anna)).post(PAGE + "/devices", data=data)
    assert answer.status_code == 422


@pytest.mark.parametrize("level", [None, "password"])
async def test_it_is_for_who_is_fully_signed_in(client_of: Client, database: Cast, level: str | None) -> None:
    client = await client_of(database.anna, level=level) if level else await client_of(None)
    for method, path in (("GET", PAGE), ("POST", PAGE), ("POST", PAGE + "/devices")):
        answer = await client.request(method, path, data=Browser("https://fcm.googleapis.com/x").form())
        assert answer.status_code == 303 and answer.headers["location"].startswith("/sign-in")
    assert await fetch_value("SELECT count(*) FROM push_subscription") == 0


async def test_mijn_account_leads_there(client_of: Client, database: Cast) -> None:
    assert f'href="{PAGE}"' in (await (await client_of(database.anna)).get("/account")).text

"""Mijn account: confirmed again before anything sensitive, and only ever one's own."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from backend.accounts.sessions import load_session
from backend.audit.looked import looked
from backend.foundation import clock
from backend.foundation.database import execute, fetch_value
from backend.foundation.tokens import new_id
from tests.cast import PASSWORD, Cast, session_of
from tests.conftest import Client

NEW = "vier losse woorden achter elkaar"


@pytest.mark.parametrize(
    "path", ["/account/password", "/account/username", "/account/devices", "/account/access-log"]
)
async def test_what_is_sensitive_asks_the_password_again(
    client_of: Client, database: Cast, path: str
) -> None:
    anna = await client_of(database.anna)
    assert (await anna.get(path)).headers["location"] == f"/confirm?then={path}"
    sends = {"/account/devices": "/account/devices/sign-out"}.get(path, path)
    if path != "/account/access-log":
        sent = await anna.post(sends, data={"password": NEW, "username": "x"})
        assert sent.headers["location"] == "/confirm"
    assert (await anna.get(f"/confirm?then={path}")).status_code == 200
    before = anna.cookies["session"]
    answer = await anna.post(f"/confirm?then={path}", data={"password": PASSWORD})
    assert answer.headers["location"] == path
    assert anna.cookies["session"] != before
    assert await load_session(before, now=clock.now()) is None
    assert (await anna.get(path)).status_code == 200


async def test_who_looked_is_offered_to_who_has_a_job(client_of: Client, database: Cast) -> None:
    for who, offered in (("anna", True), ("bram", True), ("carla", False), ("dirk", False)):
        client = await client_of(database.everyone()[who])
        assert ("/account/access-log" in (await client.get("/account")).text) is offered, who


async def test_a_confirmation_lasts_ten_minutes(client_of: Client, database: Cast) -> None:
    anna = await client_of(database.anna, confirmed=True)
    assert (await anna.get("/account/password")).status_code == 200
    await execute("UPDATE session SET confirmed_at = $1", clock.now() - timedelta(minutes=10))
    assert (await anna.get("/account/password")).status_code == 303


async def test_wrong_confirmations_are_limited_before_they_are_judged(
    client_of: Client, database: Cast
) -> None:
    anna = await client_of(database.anna)
    statuses = [(await anna.post("/confirm", data={"password": f"wrong {n}"})).status_code for n in range(15)]
    assert statuses == [422] * 10 + [429] * 5
    assert (await anna.post("/confirm", data={"password": PASSWORD})).status_code == 429
    assert (await anna.post("/confirm?then=//elsewhere.example", data={})).text.count("elsewhere") == 0


async def test_a_new_password_signs_the_other_devices_out_and_is_mailed(
    client_of: Client, database: Cast
) -> None:
    anna = await client_of(database.anna, confirmed=True)
    laptop, daan = (
        await session_of(database.anna, now=clock.now()),
        await session_of(database.daan, now=clock.now()),
    )
    before = anna.cookies["session"]
    answer = await anna.post("/account/password", data={"password": NEW})
    assert answer.headers["location"] == "/account?said=password"
    assert await load_session(laptop, now=clock.now()) is None
    assert await load_session(before, now=clock.now()) is None
    assert await load_session(daan, now=clock.now()) is not None
    assert "Je wachtwoord is veranderd" in (await anna.get("/account?said=password")).text
    assert await fetch_value("SELECT count(*) FROM message WHERE notice = 'password_changed'") == 1
    stranger = await client_of(None)
    right = {"username": "anna@voorbeeld.example", "password": NEW}
    assert (await stranger.post("/sign-in", data=right)).status_code == 303
    assert (await stranger.post("/sign-in", data=right | {"password": PASSWORD})).status_code == 422


async def test_a_weak_new_password_is_refused(client_of: Client, database: Cast) -> None:
    anna = await client_of(database.anna, confirmed=True)
    for weak in ("kort", "Aalbers-op-dinsdag", "123456789012", "a" * 129):
        assert (await anna.post("/account/password", data={"password": weak})).status_code == 422
    assert (
        "Sterk" in (await anna.post("/account/password", data={"password": NEW, "check": "y"})).text.title()
    )


@pytest.mark.parametrize(
    "password",
    ["ñandú €uro 漢字 en een ☂", " spaties voor en achter telt ", "tussen de regels " * 7 + "staat x#9"],
)
async def test_any_characters_are_a_password(client_of: Client, database: Cast, password: str) -> None:
    anna = await client_of(database.anna, confirmed=True)
    assert (await anna.post("/account/password", data={"password": password})).status_code == 303
    right = {"username": "anna@voorbeeld.example", "password": password}
    assert (await (await client_of(None)).post("/sign-in", data=right)).status_code == 303
    right["password"] = password.strip() + "!"
    assert (await (await client_of(None)).post("/sign-in", data=right)).status_code == 422


async def test_a_user_name_is_unique_without_regard_to_case(client_of: Client, database: Cast) -> None:
    anna = await client_of(database.anna, confirmed=True)
    for name, said in (
        ("DAAN@voorbeeld.example", "al in gebruik"),
        ("an", "minstens 3 tekens"),
        ("an na", "geen spaties"),
        ("", "Vul een gebruikersnaam in"),
    ):
        answer = await anna.post("/account/username", data={"username": name})
        assert answer.status_code == 422
        assert said in answer.text
    assert (await anna.post("/account/username", data={"username": "Anna-thuis"})).status_code == 303
    assert await fetch_value("SELECT count(*) FROM message WHERE notice = 'username_changed'") == 1
    right = {"username": "anna-THUIS", "password": PASSWORD}
    assert (await (await client_of(None)).post("/sign-in", data=right)).status_code == 303


async def test_user_names_cannot_be_asked_for_without_end(client_of: Client, database: Cast) -> None:
    anna = await client_of(database.anna, confirmed=True)
    for _ in range(10):
        assert (
            "al in gebruik"
            in (await anna.post("/account/username", data={"username": "daan@voorbeeld.example"})).text
        )
    answer = await anna.post("/account/username", data={"username": "daan@voorbeeld.example"})
    assert "al in gebruik" not in answer.text


async def test_the_devices_are_ones_own(client_of: Client, database: Cast) -> None:
    anna = await client_of(database.anna, confirmed=True)
    await session_of(database.anna, now=clock.now())
    await session_of(database.anna, now=clock.now() - timedelta(hours=2))
    await session_of(database.daan, now=clock.now())
    page = (await anna.get("/account/devices")).text
    assert page.count("Chrome, Android</b>") == 2
    assert page.count("Dit apparaat") == 1
    assert page.count("Hier uitloggen") == 1


async def test_another_device_is_signed_out_at_once(client_of: Client, database: Cast) -> None:
    anna = await client_of(database.anna, confirmed=True)
    laptop = await client_of(database.anna)
    device = await load_session(laptop.cookies["session"], now=clock.now())
    assert device
    assert (await anna.post(f"/account/devices/{device.id}/sign-out")).status_code == 303
    assert (await laptop.get("/account")).headers["location"].startswith("/sign-in")
    assert (await anna.post(f"/account/devices/{device.id}/sign-out")).status_code == 404


async def test_somebody_elses_device_is_not_there(client_of: Client, database: Cast) -> None:
    anna, daan = await client_of(database.anna, confirmed=True), await client_of(database.daan)
    device = await load_session(daan.cookies["session"], now=clock.now())
    assert device
    for id in (device.id, new_id()):
        assert (await anna.post(f"/account/devices/{id}/sign-out")).status_code == 404
    assert (await daan.get("/account")).status_code == 200


async def test_all_other_devices_at_once(client_of: Client, database: Cast) -> None:
    anna = await client_of(database.anna, confirmed=True)
    laptop, daan = [await client_of(who) for who in (database.anna, database.daan)]
    assert (await anna.post("/account/devices/sign-out")).status_code == 303
    assert (await laptop.get("/account")).status_code == 303
    assert (await anna.get("/account")).status_code == 200
    assert (await daan.get("/account")).status_code == 200


async def test_the_language_follows_the_person(client_of: Client, database: Cast) -> None:
    anna = await client_of(database.anna)
    assert (await anna.post("/account/language", data={"language": "xx"})).status_code == 422
    assert (await anna.post("/account/language", data={"language": "en"})).status_code == 303
    assert '<html lang="en">' in (await anna.get("/account")).text
    laptop = await client_of(database.anna)
    assert '<html lang="en">' in (await laptop.get("/account")).text
    assert await fetch_value("SELECT language FROM account WHERE id = $1", database.anna.account) == "en"


async def test_one_chooses_among_ones_own_jobs(client_of: Client, database: Cast) -> None:
    fien = await client_of(database.fien)
    for job, employer in (
        (database.fien_at_school, database.school),
        (database.fien.employment, database.bakery),
    ):
        assert (await fien.post(f"/employments/{job}/choose")).status_code == 303
        session = await load_session(fien.cookies["session"], now=clock.now())
        assert session
        assert session.person
        assert session.person.employment
        assert session.person.employment.employer == employer
    assert (await fien.post(f"/employments/{database.eva.employment}/choose")).status_code == 404


async def look(employment: UUID | None, name: str, *, minutes_ago: int = 0, what: str = "dossier") -> None:
    assert employment
    await looked(
        employment=employment, employee=None, viewer=new_id(), viewer_name=name, viewer_role="case_manager",
        what=what, subject=new_id(), now=clock.now() - timedelta(minutes=minutes_ago),  # type: ignore[arg-type]
    )  # fmt: skip


async def test_one_reads_who_looked_at_ones_own_dossier(client_of: Client, database: Cast) -> None:
    anna = await client_of(database.anna, confirmed=True)
    assert "Nog niemand" in (await anna.get("/account/access-log")).text
    await look(database.anna.employment, "Carla Claes", what="note")
    await look(database.daan.employment, "Wim Wit")
    page = (await anna.get("/account/access-log")).text
    assert "Carla Claes" in page
    assert "casemanager" in page
    assert "Las een notitie" in page
    assert "vandaag om" in page or "gisteren om" in page
    assert "Wim Wit" not in page


async def test_the_access_log_goes_on_page_after_page(client_of: Client, database: Cast) -> None:
    for number in range(60):
        await look(database.anna.employment, f"Kijker-{number:02}", minutes_ago=number)
    anna = await client_of(database.anna, confirmed=True)
    path, seen = "/account/access-log", []
    while path:
        page = (await anna.get(path)).text
        seen += [number for number in range(60) if f"Kijker-{number:02}" in page]
        path = page.partition('href="/account/access-log?before=')[2].partition('"')[0]
        path = path and f"/account/access-log?before={path}"
    assert seen == list(range(60))
    for odd in ("x", "-1", "9" * 30, "٣"):
        assert (await anna.get("/account/access-log", params={"before": odd})).status_code == 200

"""Signing in: the same for known and unknown people, limited before it is judged, under a fresh session."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from backend.accounts import sign_in as module
from backend.accounts.hash_password import verify_password
from backend.accounts.sessions import load_session
from backend.foundation import clock
from backend.foundation.database import execute, fetch, fetch_value
from backend.limits.passwords import known_device
from tests.cast import PASSWORD, Cast
from tests.conftest import Client

ANNA = {"username": "anna@voorbeeld.example", "password": PASSWORD}
WRONG = ANNA | {"password": "een heel ander wachtwoord"}
NOBODY = WRONG | {"username": "niemand@voorbeeld.example"}


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """What was given to the hash, in order; None stands for nobody's."""
    seen: list[str | None] = []

    async def counted(stored: str | None, password: str) -> bool:
        seen.append(stored)
        return await verify_password(stored, password)

    monkeypatch.setattr(module, "verify_password", counted)
    return seen


def from_(client: httpx.AsyncClient, address: str) -> httpx.AsyncClient:
    """The same browser at another address."""
    transport: Any = client._transport
    transport.client = (address, 4711)
    return client


async def test_the_right_password_is_half_way(client_of: Client, database: Cast) -> None:
    stranger = await client_of(None)
    answer = await stranger.post("/sign-in", data=ANNA)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in/factor")
    session = await load_session(answer.cookies["session"], now=clock.now())
    assert session
    assert (session.level, session.account, session.person) == ("password", database.anna.account, None)
    assert (await stranger.get("/account")).headers["location"].startswith("/sign-in/factor")


@pytest.mark.parametrize("username", ["ANNA@Voorbeeld.example", "  anna@voorbeeld.example "])
async def test_case_and_spaces_of_the_user_name_do_not_matter(
    client_of: Client, database: Cast, username: str
) -> None:
    assert (
        await (await client_of(None)).post("/sign-in", data=ANNA | {"username": username})
    ).status_code == 303


async def test_known_and_unknown_get_one_answer_and_the_same_work(
    client_of: Client, database: Cast, hashed: list[str | None]
) -> None:
    stranger = await client_of(None)
    known, unknown = await stranger.post("/sign-in", data=WRONG), await stranger.post("/sign-in", data=NOBODY)
    assert known.status_code == unknown.status_code == 422
    assert known.text.replace("anna", "x") == unknown.text.replace("niemand", "x")
    assert known.headers.keys() == unknown.headers.keys()
    assert len(hashed) == 2
    assert hashed[0] is not None
    assert hashed[1] is None
    events = [row["event"] for row in await fetch("SELECT event FROM audit_event")]
    assert events == ["account:login:failure"] * 2


async def test_of_a_thousand_wrong_passwords_few_reach_the_hash(
    client_of: Client, database: Cast, hashed: list[str | None]
) -> None:
    stranger = await client_of(None)
    statuses = [(await stranger.post("/sign-in", data=WRONG)).status_code for _ in range(1000)]
    assert len(hashed) <= 10
    assert statuses[:5] == [422] * 5
    assert set(statuses[10:]) == {429}
    answer = await from_(await client_of(None), "192.0.2.99").post("/sign-in", data=ANNA)
    assert answer.status_code == 303


async def test_from_a_thousand_places_ten_reach_the_hash_and_the_own_phone_still_works(
    client_of: Client, database: Cast, hashed: list[str | None]
) -> None:
    for number in range(300):
        client = from_(await client_of(None), f"198.51.{number // 250}.{number % 250}")
        await client.post("/sign-in", data=WRONG)
    assert len(hashed) == 10
    phone = from_(await client_of(None), "192.0.2.99")
    phone.cookies.set("device", known_device("anna@voorbeeld.example"))
    assert (await phone.post("/sign-in", data=ANNA)).status_code == 303


async def test_limits_are_the_same_for_somebody_who_does_not_exist(
    client_of: Client, database: Cast, hashed: list[str | None]
) -> None:
    stranger = await client_of(None)
    statuses = [(await stranger.post("/sign-in", data=NOBODY)).status_code for _ in range(20)]
    assert statuses == [422] * 5 + [429] * 15
    assert len(hashed) == 5


async def test_who_tried_too_often_reads_when_to_come_back_known_or_not(
    client_of: Client, database: Cast
) -> None:
    for data in (WRONG, NOBODY):
        stranger = from_(await client_of(None), f"192.0.2.{len(data['username'])}")
        answer = [await stranger.post("/sign-in", data=data) for _ in range(6)][-1]
        assert answer.status_code == 429 and answer.headers["retry-after"] == "300"
        assert "Even wachten" in answer.text and "Probeer het over 5 minuten opnieuw." in answer.text


async def test_a_patient_stranger_does_not_fill_the_audit(client_of: Client, database: Cast) -> None:
    stranger = await client_of(None)
    for _ in range(40):
        await stranger.post("/sign-in", data=WRONG)
    rows = await fetch("SELECT event, count(*) FROM audit_event GROUP BY event ORDER BY event")
    assert [tuple(row) for row in rows] == [("account:login:failure", 5), ("account:login:limited", 1)]
    for number in range(60):
        await stranger.post("/sign-in", data=WRONG | {"username": f"{number}@voorbeeld.example"})
    assert await fetch_value("SELECT count(*) FROM audit_event") <= 10 + 10
    assert (await from_(stranger, "192.0.2.99").post("/sign-in", data=WRONG)).status_code == 422
    assert await fetch_value("SELECT count(*) FROM audit_event") <= 10 + 10 + 1, "another place is news"


async def test_right_passwords_use_nothing_up(client_of: Client, database: Cast) -> None:
    stranger = await client_of(None)
    assert {(await stranger.post("/sign-in", data=ANNA)).status_code for _ in range(15)} == {303}


async def test_a_planted_session_is_refused_and_never_taken_over(client_of: Client, database: Cast) -> None:
    stranger = await client_of(None)
    stranger.cookies.set("session", "planted")
    assert (await stranger.get("/account")).headers["location"].startswith("/sign-in")
    answer = await stranger.post("/sign-in", data=ANNA)
    assert answer.cookies["session"] != "planted"
    assert await load_session("planted", now=clock.now()) is None


async def test_signing_in_again_ends_the_session_that_was_there(client_of: Client, database: Cast) -> None:
    anna = await client_of(database.anna)
    old = anna.cookies["session"]
    answer = await anna.post("/sign-in", data={"username": "daan@voorbeeld.example", "password": PASSWORD})
    assert answer.status_code == 303
    assert await load_session(old, now=clock.now()) is None


async def test_a_blocked_account_is_told_to_its_owner_alone(client_of: Client, database: Cast) -> None:
    await execute("UPDATE account SET blocked_at = now() WHERE id = $1", database.anna.account)
    stranger = await client_of(None)
    right, wrong = await stranger.post("/sign-in", data=ANNA), await stranger.post("/sign-in", data=WRONG)
    assert right.status_code == wrong.status_code == 422
    assert "geblokkeerd" in right.text
    assert "geblokkeerd" not in wrong.text
    assert "session" not in right.cookies


async def test_a_blocked_person_is_out_at_the_next_request(client_of: Client, database: Cast) -> None:
    anna = await client_of(database.anna)
    assert (await anna.get("/account")).status_code == 200
    await execute("UPDATE account SET blocked_at = now() WHERE id = $1", database.anna.account)
    assert (await anna.get("/account")).headers["location"].startswith("/sign-in")


async def test_staying_signed_in_keeps_the_cookie_30_days(client_of: Client, database: Cast) -> None:
    stranger = await client_of(None)
    short = (await stranger.post("/sign-in", data=ANNA)).headers["set-cookie"]
    long = (await stranger.post("/sign-in", data=ANNA | {"remember": "y"})).headers["set-cookie"]
    assert "Max-Age" not in short
    assert f"Max-Age={30 * 86400}" in long
    for cookie in (short, long):
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie


async def test_what_was_typed_stays_but_never_the_password(client_of: Client, database: Cast) -> None:
    stranger = await client_of(None)
    answer = await stranger.post("/sign-in", data=WRONG | {"remember": "y"})
    assert f'value="{WRONG["username"]}"' in answer.text
    assert WRONG["password"] not in answer.text
    assert re.search(r'name="remember"[^>]*checked', answer.text)
    empty = await stranger.post("/sign-in", data={})
    assert empty.status_code == 422
    assert "Vul je gebruikersnaam in." in empty.text
    assert "Vul je wachtwoord in." in empty.text


async def test_the_way_back_is_kept_within_our_own_site(client_of: Client, database: Cast) -> None:
    stranger = await client_of(None)
    for then, location in (
        ("/dossiers", "/sign-in/factor?then=/dossiers"),
        ("//elsewhere.example", "/sign-in/factor"),
        ("https://elsewhere.example", "/sign-in/factor"),
    ):
        answer = await stranger.post("/sign-in", params={"then": then}, data=ANNA)
        assert answer.headers["location"] == location
        assert "elsewhere" not in (await stranger.get("/sign-in", params={"then": then})).text


async def test_a_hash_of_older_parameters_is_renewed(client_of: Client, database: Cast) -> None:
    from argon2 import PasswordHasher

    old = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    await execute("UPDATE account SET password_hash = $2 WHERE id = $1", database.anna.account, old)
    assert (await (await client_of(None)).post("/sign-in", data=ANNA)).status_code == 303
    stored = await fetch_value("SELECT password_hash FROM account WHERE id = $1", database.anna.account)
    assert "m=19456,t=2,p=1" in stored
    assert (await (await client_of(None)).post("/sign-in", data=ANNA)).status_code == 303


async def test_odd_input_is_an_answer_and_no_failure(client_of: Client, database: Cast) -> None:
    stranger = await client_of(None)
    for odd in ("\x00", "a" * 100_000, "\ud800".encode("utf-8", "surrogatepass"), "%", "'"):
        answer = await stranger.post("/sign-in", data={"username": odd, "password": odd})
        assert answer.status_code in (422, 429, 400), odd
    files = {"username": ("a.txt", b"anna"), "password": ("b.txt", b"x")}
    assert (await stranger.post("/sign-in", files=files)).status_code in (422, 429)


async def test_signing_out_ends_the_session_and_clears_the_cookie(client_of: Client, database: Cast) -> None:
    anna = await client_of(database.anna)
    old = anna.cookies["session"]
    answer = await anna.post("/sign-out")
    assert answer.headers["location"] == "/sign-in?said=signed-out"
    assert answer.headers["clear-site-data"] == '"cache"'
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert await load_session(old, now=clock.now()) is None
    assert (await anna.post("/sign-out")).status_code == 303
    assert "Je bent uitgelogd" in (await anna.get("/sign-in?said=signed-out")).text


async def test_a_language_is_chosen_before_signing_in(client_of: Client, database: Cast) -> None:
    stranger = await client_of(None)
    answer = await stranger.post("/language", data={"language": "en", "back": "/sign-in"})
    assert answer.headers["location"] == "/sign-in"
    assert '<html lang="en">' in (await stranger.get("/sign-in")).text
    for odd in (
        {"language": "xx", "back": "/sign-in"},
        {},
        {"language": "nl", "back": "//elsewhere.example"},
    ):
        answer = await stranger.post("/language", data=odd)
        assert answer.headers["location"] in ("/sign-in", "/")

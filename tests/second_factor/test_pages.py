"""The addresses of this room: who gets where, and what cannot be passed by."""

from __future__ import annotations

import re
from datetime import timedelta

import httpx
import pyotp
import pytest

from backend.foundation import clock
from backend.foundation.database import execute, fetch_value
from tests.cast import Cast
from tests.conftest import Client
from tests.second_factor.steps import PHONE, RECOVERY_CODE, give, give_app, give_recovery_code, sent_codes

SETUP = ("/second-factor", "/second-factor/choose", "/second-factor/sms", "/second-factor/security-key")
PERSONAL = ("/", "/dossiers", "/account", "/absence/report", "/account/factors")


def goes_to(answer: httpx.Response) -> str:
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


@pytest.mark.parametrize("path", PERSONAL)
async def test_nothing_personal_opens_on_a_password(database: Cast, client_of: Client, path: str) -> None:
    half = await client_of(database.anna, level="password")
    assert goes_to(await half.get(path)).startswith("/sign-in/factor")
    assert goes_to(await half.get("/sign-in/factor")) == "/second-factor"
    await give_app(database.anna)
    assert goes_to(await half.get(path)).startswith("/sign-in/factor")
    assert (await half.get("/sign-in/factor")).status_code == 200


async def test_the_password_alone_gets_nowhere_near_setting_up(database: Cast, client_of: Client) -> None:
    await give_app(database.anna)
    half = await client_of(database.anna, level="password")
    for path in SETUP:
        assert goes_to(await half.get(path)) == "/sign-in/factor"
    for path in ("/second-factor/choose", "/second-factor/sms", "/second-factor/security-key/options"):
        assert goes_to(await half.post(path, data={"method": "sms", "phone": PHONE})) == "/sign-in/factor"
    assert goes_to(await half.post("/second-factor/recovery-code", data={"kept": "y"})) == "/sign-in/factor"
    assert await sent_codes() == []


async def test_signed_in_adding_takes_the_password_again(database: Cast, client_of: Client) -> None:
    await give_app(database.anna)
    inside = await client_of(database.anna)
    for path in ("/second-factor/choose", "/account/factors", "/account/recovery-code"):
        assert goes_to(await inside.get(path)) == f"/confirm?then={path}"
    answer = await inside.post("/second-factor/sms", data={"phone": PHONE})
    assert goes_to(answer) == "/confirm?then=/account/factors"
    confirmed = await client_of(database.anna, confirmed=True)
    assert (await confirmed.get("/second-factor/choose")).status_code == 200
    assert goes_to(await confirmed.get("/sign-in/factor")) == "/"


async def test_a_code_left_on_the_screen_takes_the_password_again(database: Cast, client_of: Client) -> None:
    await give_app(database.anna)
    inside = await client_of(database.anna, confirmed=True)
    page = goes_to(await inside.post("/account/recovery-code"))
    assert re.search("[A-Z2-9]{5}(-[A-Z2-9]{5}){3}", (await inside.get(page)).text)
    await execute("UPDATE session SET confirmed_at = confirmed_at - interval '11 minutes'")
    for answer in (await inside.get(page), await inside.post(page, data={})):
        assert goes_to(answer) == "/account/recovery-code"
    assert goes_to(await inside.post(page, data={"kept": "y"})) == "/account/factors?said=code"


async def test_what_the_employer_refuses_is_not_offered(database: Cast, client_of: Client) -> None:
    await execute(
        "UPDATE employer_settings SET allowed_factors = '{authenticator}' WHERE employer = $1",
        database.bakery,
    )
    half = await client_of(database.anna, level="password")
    shown = (await half.get("/second-factor/choose")).text
    assert 'value="authenticator"' in shown
    assert 'value="sms"' not in shown
    assert 'value="security_key"' not in shown
    assert (await half.post("/second-factor/choose", data={"method": "sms"})).status_code == 422
    assert goes_to(await half.get("/second-factor/sms")) == "/second-factor/choose"
    assert goes_to(await half.post("/second-factor/sms", data={"phone": PHONE})) == "/second-factor/choose"
    assert await sent_codes() == []
    eva = await client_of(database.eva, level="password")
    assert 'value="sms"' in (await eva.get("/second-factor/choose")).text


async def test_in_by_app_under_a_new_secret_on_a_known_device(database: Cast, client_of: Client) -> None:
    secret = await give_app(database.anna)
    await give_recovery_code(database.anna)
    half = await client_of(database.anna, level="password")
    old = half.cookies["session"]
    code = pyotp.TOTP(secret).at(clock.now())
    answer = await half.post("/sign-in/factor/authenticator?then=/dossiers", data={"code": code})
    assert goes_to(answer) == "/dossiers"
    assert half.cookies["session"] != old
    assert half.cookies["device"]
    assert (await half.get("/dossiers")).status_code == 200
    thief = await client_of(None)
    thief.cookies.set("session", old)
    assert goes_to(await thief.get("/dossiers")) == "/sign-in?then=/dossiers"


async def test_the_way_back_stays_within_the_site(database: Cast, client_of: Client) -> None:
    secret = await give_app(database.anna)
    await give_recovery_code(database.anna)
    half = await client_of(database.anna, level="password")
    shown = (await half.get("/sign-in/factor?then=//elsewhere.example")).text
    assert "elsewhere" not in shown
    code = pyotp.TOTP(secret).at(clock.now())
    answer = await half.post("/sign-in/factor/authenticator?then=//elsewhere.example", data={"code": code})
    assert goes_to(answer) == "/"


async def test_too_many_tries_say_when_to_come_back(database: Cast, client_of: Client) -> None:
    await give_app(database.anna)
    await give_recovery_code(database.anna)
    half = await client_of(database.anna, level="password")
    for _time in range(5):
        answer = await half.post("/sign-in/factor/authenticator", data={"code": "000000"})
        assert answer.status_code == 422
    answer = await half.post("/sign-in/recovery-code", data={"code": RECOVERY_CODE})
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "300"
    assert "Even wachten" in answer.text


async def test_a_new_recovery_code_at_sign_in_is_no_step_of_registering(
    database: Cast, client_of: Client
) -> None:
    await give_app(database.anna)
    await give_recovery_code(database.anna)
    half = await client_of(database.anna, level="password")
    await half.post("/sign-in/recovery-code", data={"code": RECOVERY_CODE})
    page = (await half.get("/second-factor/recovery-code")).text
    assert "Je oude herstelcode is nu gebruikt" in page
    assert "Stap 4" not in page


async def test_one_sms_a_minute(database: Cast, client_of: Client) -> None:
    await give(database.anna, "sms", PHONE)
    half = await client_of(database.anna, level="password")
    shown = (await half.get("/sign-in/factor")).text
    assert "data-submit-at-once" in shown
    assert "12345678" not in shown
    assert goes_to(await half.post("/sign-in/factor/sms/codes", data={})) == "/sign-in/factor/sms"
    upload = await half.post("/sign-in/factor/sms/codes", files={"factor": ("a.txt", b"nonsense")})
    assert upload.status_code == 429
    again = await half.post("/sign-in/factor/sms/codes", data={"factor": "nonsense"})
    assert again.status_code == 429
    assert "data-submit-at-once" not in again.text
    assert "data-countdown" in (await half.get("/sign-in/factor/sms")).text


async def test_only_ways_that_one_has_are_shown(database: Cast, client_of: Client) -> None:
    await give_app(database.anna)
    half = await client_of(database.anna, level="password")
    assert goes_to(await half.get("/sign-in/factor/sms")) == "/sign-in/factor"
    assert goes_to(await half.post("/sign-in/factor/sms/codes")) == "/sign-in/factor"
    assert "/sign-in/factor/sms" not in (await half.get("/sign-in/factor")).text
    await give(database.anna, "sms", PHONE, used_at=clock.now() - timedelta(days=900))
    assert "/sign-in/factor/sms" in (await half.get("/sign-in/factor")).text


async def test_a_stricter_employer_leads_through_setting_up(database: Cast, client_of: Client) -> None:
    secret = await give_app(database.anna)
    await give_recovery_code(database.anna)
    await execute("UPDATE employer_settings SET allowed_factors = '{sms,security_key}'")
    half = await client_of(database.anna, level="password")
    code = pyotp.TOTP(secret).at(clock.now())
    answer = await half.post("/sign-in/factor/authenticator", data={"code": code})
    assert goes_to(answer) == "/second-factor"
    assert "niet meer toe" in (await half.get("/second-factor")).text
    assert goes_to(await half.get("/")) == "/sign-in/factor"
    assert goes_to(await half.get("/sign-in/factor")) == "/second-factor"
    await half.post("/second-factor/sms", data={"phone": PHONE})
    (sms,) = await sent_codes()
    assert goes_to(await half.post("/second-factor/sms/code", data={"code": sms})) == "/"
    assert (await half.get("/")).status_code == 200


async def test_an_invitation_in_hand_comes_before_the_dashboard(database: Cast, client_of: Client) -> None:
    secret = await give_app(database.anna)
    await give_recovery_code(database.anna)
    half = await client_of(database.anna, level="password")
    invitation = await fetch_value(
        "INSERT INTO invitation (id, employment, token_hash, created_at, expires_at)"
        " VALUES (gen_random_uuid(), $1, '\\x00', now(), now() + interval '4 days') RETURNING id",
        database.gijs.employment,
    )
    await execute("UPDATE session SET invitation = $1 WHERE account = $2", invitation, database.anna.account)
    code = pyotp.TOTP(secret).at(clock.now())
    answer = await half.post("/sign-in/factor/authenticator", data={"code": code})
    assert goes_to(answer) == "/register/link"


async def test_the_last_one_cannot_be_removed(database: Cast, client_of: Client) -> None:
    id = await give(database.anna, "sms", PHONE)
    of_daan = await give(database.daan, "sms", PHONE)
    inside = await client_of(database.anna, confirmed=True)
    assert f"/account/factors/{id}/removal" not in (await inside.get("/account/factors")).text
    assert "laatste" in (await inside.get(f"/account/factors/{id}/removal")).text
    assert (await inside.post(f"/account/factors/{id}/removal")).status_code == 422
    assert (await inside.get(f"/account/factors/{of_daan}/removal")).status_code == 404
    assert (await inside.post(f"/account/factors/{of_daan}/removal")).status_code == 404
    assert await fetch_value("SELECT count(*) FROM factor") == 2


async def test_the_code_page_is_empty_without_a_code(database: Cast, client_of: Client) -> None:
    half = await client_of(database.anna, level="password")
    assert goes_to(await half.get("/second-factor/recovery-code")) == "/sign-in/factor"
    inside = await client_of(database.anna, confirmed=True)
    assert goes_to(await inside.get("/second-factor/recovery-code")) == "/account/recovery-code"


async def test_a_page_that_was_left_open_starts_again(database: Cast, client_of: Client) -> None:
    half = await client_of(database.anna, level="password")
    assert goes_to(await half.get("/second-factor/sms/code")) == "/second-factor/sms"
    assert goes_to(await half.post("/second-factor/sms/codes")) == "/second-factor/sms"
    assert goes_to(await half.get("/second-factor/authenticator")) == "/second-factor/choose"
    assert goes_to(await half.post("/second-factor/authenticator", data={"code": "123456"})) == (
        "/second-factor/choose"
    )
    answer = await half.post("/second-factor/security-key", data={"credential": "{}"})
    assert answer.status_code == 422

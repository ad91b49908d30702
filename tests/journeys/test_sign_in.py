"""Signing in later, on a phone: the factor, staying signed in, what is forgotten, and getting out again."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
from playwright.async_api import Page, expect

from backend.foundation import clock
from backend.foundation.database import execute
from backend.second_factor.tables import Factor
from tests.cast import PASSWORD, Cast
from tests.journeys.conftest import Phone
from tests.journeys.site import Site
from tests.journeys.steps import HOME, code, expire, fresh_app, heading, password, sign_in
from tests.second_factor.steps import RECOVERY_CODE, give

MONTH = timedelta(days=30).total_seconds()


@pytest.fixture(autouse=True)
async def no_limits(on_site: Site) -> None:
    """Nobody tried anything yet."""
    await execute("DELETE FROM attempts")
    await Factor.delete(force=True)


async def session_cookie(page: Page) -> dict[str, object]:
    """What the browser keeps of the session."""
    (found,) = [dict(one) for one in await page.context.cookies() if one["name"] == "session"]
    return found


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
async def test_with_the_app_and_staying_signed_in(
    phone: Phone, cast_template: Cast, javascript: bool
) -> None:
    anna = cast_template.anna
    page = await phone(javascript=javascript)
    secret = await fresh_app(anna)
    await page.goto("/")
    await heading(page, "Inloggen")
    await password(page, anna, remember=True)
    await heading(page, "Extra controle")
    half_way = await session_cookie(page)
    await code(page, secret)
    await expect(page).to_have_url(HOME)
    await heading(page, "Dag Anna")
    cookie = await session_cookie(page)
    assert cookie["value"] != half_way["value"]
    assert abs(float(str(cookie["expires"])) - time.time() - MONTH) < 300
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"


async def test_without_it_the_browser_forgets_when_it_closes(phone: Phone, cast_template: Cast) -> None:
    page = await phone()
    await sign_in(page, cast_template.anna)
    await heading(page, "Dag Anna")
    assert (await session_cookie(page))["expires"] == -1


async def test_another_method(phone: Phone, on_site: Site, cast_template: Cast) -> None:
    daan = cast_template.daan
    secret = await fresh_app(daan)
    await give(daan, "sms", "+31612345678", used_at=clock.now())
    page = await phone(javascript=False)
    await page.goto("/sign-in")
    await password(page, daan)
    await expect(page.get_by_text("We sturen een code naar je telefoon")).to_be_visible()
    await page.get_by_role("link", name="Authenticator-app").click()
    await code(page, "A" * 32)
    await expect(page.get_by_role("alert")).to_contain_text("code")
    await page.get_by_role("link", name="Herstelcode").click()
    await heading(page, "Inloggen met je herstelcode")
    await page.get_by_label("Herstelcode").fill(RECOVERY_CODE[:-1] + "Z")
    await page.get_by_role("button", name="Inloggen").click()
    await expect(page.get_by_role("alert")).to_be_visible()
    await page.get_by_role("link", name="Terug").click()
    await page.get_by_role("link", name="Authenticator-app").click()
    await code(page, secret)
    await heading(page, "Dag Daan")


async def test_a_wrong_password_says_what_to_do(phone: Phone, cast_template: Cast) -> None:
    page = await phone()
    await page.goto("/sign-in")
    told = []
    for name in (cast_template.anna.email, "niemand@voorbeeld.example"):
        await page.get_by_label("Gebruikersnaam").fill(name)
        await page.get_by_label("Wachtwoord", exact=True).fill("niet het goede wachtwoord")
        await page.get_by_role("button", name="Inloggen").click()
        alert = page.get_by_role("alert")
        await expect(alert).to_be_focused()
        told.append(await alert.inner_text())
        await expect(page.get_by_label("Gebruikersnaam")).to_have_value(name)
        await expect(page.get_by_label("Wachtwoord", exact=True)).to_have_value("")
        await page.goto("/sign-in")
    assert told[0] == told[1], "it tells nobody who has an account"
    assert "klopt niet. Probeer het nog een keer" in told[0]
    await page.get_by_role("button", name="Inloggen").click()
    await expect(page.get_by_role("alert").get_by_role("link")).to_have_count(2)
    await page.get_by_role("link", name="Vul je wachtwoord in").click()
    await expect(page.get_by_label("Wachtwoord", exact=True)).to_be_focused()


async def test_too_often_says_how_long_to_wait(phone: Phone, cast_template: Cast) -> None:
    page = await phone(javascript=False)
    await page.goto("/sign-in")
    for _ in range(5):
        async with page.expect_navigation():  # the words are those of the time before
            await password(page, cast_template.daan, "niet het goede wachtwoord")
        await expect(page.get_by_role("alert")).to_contain_text("klopt niet")
    async with page.expect_response("**/sign-in") as answer:
        await password(page, cast_template.daan)
    assert (await answer.value).status == 429
    await expect(page.get_by_role("alert")).to_contain_text("over 5 minuten")


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
async def test_a_forgotten_password(
    phone: Phone, on_site: Site, cast_template: Cast, javascript: bool
) -> None:
    eva, fresh = cast_template.eva, f"negen nieuwe nachtvlinders {javascript}"
    secret = await fresh_app(eva)
    page = await phone(javascript=javascript)
    await page.goto("/sign-in")
    await page.get_by_role("link", name="Wachtwoord vergeten").click()
    await page.get_by_label("Gebruikersnaam of e-mailadres").fill(eva.email)
    await page.get_by_role("button", name="Stuur mij een link").click()
    await heading(page, "Kijk in je mail")
    mail = await on_site.next_message(eva.email, about="Kies een nieuw wachtwoord")
    (link,) = [link for link in mail["links"] if "/reset-password/" in link]
    await page.goto(link)
    await page.get_by_label("Nieuw wachtwoord").fill("welkom12")
    await page.get_by_role("button", name="Wachtwoord opslaan").click()
    await expect(page.get_by_role("alert")).to_be_visible()
    await page.get_by_label("Nieuw wachtwoord").fill(fresh)
    if javascript:  # what was said of the other password does not stand beside "Heel sterk"
        await expect(page.locator(".strength")).to_contain_text("Heel sterk")
        await expect(page.locator(".field .error, .field.is-wrong")).to_have_count(0)
    await page.get_by_role("button", name="Wachtwoord opslaan").click()
    await expect(page.get_by_role("status")).to_contain_text("Je nieuwe wachtwoord is bewaard")
    await on_site.next_message(eva.email, about="wachtwoord van je account is veranderd")
    await password(page, eva, fresh)
    await heading(page, "Extra controle")
    await page.goto("/dossiers")
    await heading(page, "Extra controle")
    await code(page, secret)
    await heading(page, "Verzuimdossier")
    await page.goto(link)
    await heading(page, "Deze link werkt niet")


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
async def test_after_signing_out_the_back_button_shows_nothing(
    phone: Phone, cast_template: Cast, javascript: bool
) -> None:
    page = await phone(javascript=javascript, signed_in_as=cast_template.anna)
    await page.goto("/")
    await heading(page, "Dag Anna")
    await page.goto("/account")
    await expect(page.locator("main")).to_contain_text("Anna Aalbers")
    await page.get_by_role("button", name="Uitloggen").click()
    await expect(page.get_by_role("status")).to_contain_text("Je bent uitgelogd")
    for _ in range(2):
        await page.go_back()
        await heading(page, "Inloggen")
        assert "Anna" not in await page.locator("body").inner_text()
    assert not [one for one in await page.context.cookies() if one["name"] == "session"]


async def test_an_expired_session_comes_back_to_its_page(phone: Phone, cast_template: Cast) -> None:
    daan = cast_template.daan
    page = await phone(signed_in_as=daan)
    await page.goto("/account/language")
    await heading(page, "Taal kiezen")
    await expire(daan)
    await page.reload()
    await heading(page, "Inloggen")
    await sign_in(page, daan)
    await heading(page, "Taal kiezen")
    await expect(page).to_have_url(re.compile("/account/language$"))


async def test_the_language_follows_the_browser_then_the_choice(phone: Phone, cast_template: Cast) -> None:
    page = await phone(language="en-GB")
    await page.goto("/forgot-password")
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await page.get_by_role("button", name="Nederlands").click()
    await expect(page).to_have_url(re.compile("/forgot-password$"))
    await expect(page.locator("html")).to_have_attribute("lang", "nl")
    await heading(page, "Wachtwoord vergeten")
    await page.get_by_role("button", name="English").click()
    await heading(page, "Forgotten password")
    await page.goto("/sign-in")
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await fresh_app(cast_template.anna)
    await page.get_by_label("Username").fill(cast_template.anna.email)
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Sign in").click()
    # From here on the account's own language counts.
    await heading(page, "Extra controle")

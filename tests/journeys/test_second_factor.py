"""The extra check on a phone: set up, sign in with it, lose it; a real key, real SMS, and without script."""

from __future__ import annotations

import re

import pyotp
import pytest
from playwright.async_api import Page, expect

from backend.foundation.database import execute
from tests.cast import PASSWORD, Cast, Member
from tests.journeys.conftest import Phone, assert_accessible
from tests.journeys.site import Site
from tests.journeys.steps import heading
from tests.second_factor.steps import give

KEY = "Beveiligingssleutel of passkey"
APP = "Authenticator-app"
SMS = "SMS"


@pytest.fixture(autouse=True)
async def fresh(on_site: Site) -> None:
    """Nobody has anything yet."""
    for table in ("sms_code", "factor", "recovery_code", "attempts"):
        await execute(f"DELETE FROM {table}")


async def sign_in(page: Page, member: Member) -> None:
    await page.goto("/sign-in")
    await page.get_by_label("Gebruikersnaam").fill(member.email)
    await page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Inloggen").click()


async def choose(page: Page, method: str) -> None:
    await expect(page.get_by_role("heading", level=1)).to_have_text("Extra controle bij inloggen")
    await assert_accessible(page)
    await page.get_by_role("link", name="Start").click()
    await page.get_by_role("button", name="Volgende").click()
    await expect(page.get_by_role("alert")).to_contain_text("Kies een van deze manieren.")
    await page.get_by_role("radio", name=method).check()
    await assert_accessible(page)
    await page.get_by_role("button", name="Volgende").click()


async def put_away(page: Page) -> str:
    await expect(page.get_by_role("heading", level=1)).to_have_text("Je herstelcode")
    code = (await page.locator("#recovery-code").inner_text()).strip()
    assert re.fullmatch(r"([A-Z0-9]{5}-){3}[A-Z0-9]{5}", code)
    await page.reload()
    assert (await page.locator("#recovery-code").inner_text()).strip() == code
    await page.get_by_role("button", name="Afronden").click()
    await expect(page.get_by_role("alert")).to_contain_text("zet dan het vinkje")
    await assert_accessible(page)
    await page.get_by_label("Mijn herstelcode is veilig opgeborgen").check()
    await page.get_by_role("button", name="Afronden").click()
    return code


async def is_inside(page: Page) -> None:
    await expect(page).to_have_url(re.compile(r"^http://localhost:\d+/$"))
    await expect(page.get_by_role("link", name="Dashboard")).to_be_visible()


async def sign_out(page: Page) -> None:
    await page.context.clear_cookies()


async def virtual_key(page: Page, transport: str) -> None:
    """The phone's own passkey (`internal`), or a key that is plugged in (`usb`) and knows no fingerprints."""
    own = transport == "internal"
    devtools = await page.context.new_cdp_session(page)
    await devtools.send("WebAuthn.enable")
    await devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": transport,
                "hasResidentKey": own,
                "hasUserVerification": own,
                "isUserVerified": own,
                "automaticPresenceSimulation": True,
            }
        },
    )


@pytest.mark.parametrize("transport", ["internal", "usb"])
async def test_a_passkey_and_a_usb_key(phone: Phone, cast_template: Cast, transport: str) -> None:
    anna = cast_template.anna
    page = await phone()
    await virtual_key(page, transport)
    await sign_in(page, anna)
    await choose(page, KEY)
    await heading(page, KEY)
    await assert_accessible(page)
    await page.get_by_role("button", name="Volgende").click()
    await put_away(page)
    await is_inside(page)

    await sign_out(page)
    await sign_in(page, anna)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Extra controle")
    await assert_accessible(page)
    await page.get_by_role("button", name="Gebruik mijn sleutel").click()
    await is_inside(page)


@pytest.mark.parametrize("javascript", [True, False])
async def test_an_app_and_then_the_recovery_code(
    phone: Phone, on_site: Site, cast_template: Cast, javascript: bool
) -> None:
    daan = cast_template.daan
    page = await phone(javascript=javascript)
    check = assert_accessible if javascript else _nothing
    await sign_in(page, daan)
    await page.get_by_role("link", name="Start").click()
    await page.get_by_role("radio", name=APP).check()
    await page.get_by_role("button", name="Volgende").click()
    await heading(page, "Stel je authenticator-app in")
    await check(page)
    secret = (await page.locator("#secret").text_content() or "").replace(" ", "")
    assert secret in (await page.get_by_role("link", name="Open in mijn app").get_attribute("href") or "")
    await page.get_by_label("Code uit de app").fill("12 34")
    await page.get_by_role("button", name="Volgende").click()
    await expect(page.get_by_role("alert")).to_contain_text("6 cijfers")
    await page.get_by_label("Code uit de app").fill(pyotp.TOTP(secret).now())
    await page.get_by_role("button", name="Volgende").click()
    if javascript:
        code = await put_away(page)
    else:
        code = (await page.locator("#recovery-code").inner_text()).strip()
        await page.get_by_label("Mijn herstelcode is veilig opgeborgen").check()
        await page.get_by_role("button", name="Afronden").click()
    await is_inside(page)

    await sign_out(page)
    await sign_in(page, daan)
    await heading(page, "Extra controle")
    await check(page)
    await page.get_by_role("link", name="Herstelcode").click()
    await heading(page, "Inloggen met je herstelcode")
    await check(page)
    await page.get_by_label("Herstelcode").fill(code.lower())
    await page.get_by_role("button", name="Inloggen").click()
    await expect(page.locator("#recovery-code")).not_to_have_text(code)
    told = await on_site.next_message(daan.email, about="herstelcode")
    assert "herstelcode" in told["text"]
    await page.get_by_label("Mijn herstelcode is veilig opgeborgen").check()
    await page.get_by_role("button", name="Afronden").click()
    await is_inside(page)


@pytest.mark.parametrize("javascript", [True, False])
async def test_a_code_by_sms(phone: Phone, on_site: Site, cast_template: Cast, javascript: bool) -> None:
    eva, number = cast_template.eva, "+31612345678" if javascript else "+31687654321"
    page = await phone(javascript=javascript)
    check = assert_accessible if javascript else _nothing
    await sign_in(page, eva)
    await page.get_by_role("link", name="Start").click()
    await page.get_by_role("radio", name=SMS).check()
    await page.get_by_role("button", name="Volgende").click()
    await heading(page, "Je mobiele nummer")
    await check(page)
    await page.get_by_label("Mobiel nummer").fill("038 1234567")
    await page.get_by_role("button", name="Stuur mij een code").click()
    await expect(page.get_by_role("alert")).to_contain_text("mobiel nummer")
    await page.get_by_label("Mobiel nummer").fill("0" + number[3:])
    await page.get_by_role("button", name="Stuur mij een code").click()
    await page.get_by_label("Code uit de sms").wait_for()
    await check(page)
    sms = await on_site.next_message(number, "sms")
    await page.get_by_label("Code uit de sms").fill(sms["text"][:6])
    await page.get_by_role("button", name="Volgende").click()
    await page.get_by_label("Mijn herstelcode is veilig opgeborgen").check()
    await page.get_by_role("button", name="Afronden").click()
    await is_inside(page)

    await execute("DELETE FROM attempts WHERE key LIKE 'sms:%'")
    await sign_out(page)
    await sign_in(page, eva)
    if not javascript:
        await page.get_by_role("button", name="Stuur mij een code").click()
    sms = await on_site.next_message(number, "sms")
    await page.get_by_label("Code uit de sms").wait_for()  # the page with script asks by itself
    await check(page)
    await page.get_by_label("Code uit de sms").fill(sms["text"][:6])
    await page.get_by_role("button", name="Inloggen").click()
    await is_inside(page)


async def test_one_more_and_one_fewer(phone: Phone, on_site: Site, cast_template: Cast) -> None:
    anna = cast_template.anna
    await give(anna, "sms", "+31612345678")
    page = await phone(signed_in_as=anna)
    await page.goto("/account/factors")
    await page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Verder").click()
    await expect(page.get_by_text("Een extra controle moet er altijd zijn.")).to_be_visible()
    await assert_accessible(page)
    await page.get_by_role("link", name="Voeg er een toe").click()
    await page.get_by_role("radio", name=APP).check()
    await page.get_by_role("button", name="Volgende").click()
    secret = (await page.locator("#secret").text_content() or "").replace(" ", "")
    await page.get_by_label("Code uit de app").fill(pyotp.TOTP(secret).now())
    await page.get_by_role("button", name="Volgende").click()
    await expect(page.get_by_role("status")).to_contain_text("toegevoegd")
    await on_site.next_message(anna.email, about="bijgekomen")
    await assert_accessible(page)
    await page.get_by_role("link", name=re.compile("Haal weg.*Authenticator-app")).click()
    await heading(page, "Extra controle weghalen")
    await assert_accessible(page)
    await page.get_by_role("button", name="Haal weg").click()
    await expect(page.get_by_role("status")).to_contain_text("weggehaald")
    await on_site.next_message(anna.email, about="weggehaald")

    await page.get_by_role("link", name="Herstelcode").click()
    await heading(page, "Nieuwe herstelcode")
    await assert_accessible(page)
    await page.get_by_role("button", name="Maak een nieuwe herstelcode").click()
    await put_away(page)
    await expect(page.get_by_role("status")).to_contain_text("nieuwe herstelcode")


async def test_a_key_without_script_says_what_it_needs(phone: Phone, cast_template: Cast) -> None:
    page = await phone(javascript=False)
    await sign_in(page, cast_template.anna)
    await page.get_by_role("link", name="Start").click()
    await page.get_by_role("radio", name=KEY).check()
    await page.get_by_role("button", name="Volgende").click()
    await expect(page.get_by_text("moet JavaScript aanstaan")).to_be_visible()
    await expect(page.get_by_role("button", name="Volgende")).to_be_hidden()
    await expect(page.get_by_role("link", name="Andere manier kiezen")).to_be_visible()


async def _nothing(page: Page) -> None:
    """Without script, axe cannot run either."""

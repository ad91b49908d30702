"""Mijn account on a phone: what one changes, where one is signed in, and who looked."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from backend.audit.looked import looked
from backend.foundation import clock
from backend.foundation.database import execute
from tests.cast import Cast
from tests.journeys.conftest import Phone
from tests.journeys.site import Site
from tests.journeys.steps import (
    clear_reports,
    code,
    confirms,
    expire,
    fresh_app,
    heading,
    password,
    sick_since,
    spells,
)


@pytest.fixture(autouse=True)
async def no_limits(on_site: Site) -> None:
    """Nobody tried anything yet."""
    await execute("DELETE FROM attempts")


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
async def test_a_new_password_ends_the_other_devices(
    phone: Phone, on_site: Site, cast_template: Cast, javascript: bool
) -> None:
    who = cast_template.ilse if javascript else cast_template.kees
    other, page = await phone(signed_in_as=who), await phone(signed_in_as=who, javascript=javascript)
    await other.goto("/account")
    await page.goto("/account")
    await page.get_by_role("link", name="Wachtwoord Kies een nieuw wachtwoord").click()
    await confirms(page, "een verkeerd wachtwoord")
    await expect(page.get_by_role("alert")).to_be_visible()
    await confirms(page)
    await heading(page, "Wachtwoord veranderen")
    fresh = "acht aardige aardbeien"
    await page.get_by_label("Nieuw wachtwoord").fill(fresh)
    await page.get_by_role("button", name="Wachtwoord opslaan").click()
    await expect(page.get_by_role("status")).to_contain_text("Je wachtwoord is veranderd")
    await on_site.next_message(who.email, about="wachtwoord van je account is veranderd")
    await other.reload()
    await heading(other, "Inloggen")
    secret = await fresh_app(who)
    await password(other, who, fresh)
    await code(other, secret)
    await heading(other, "Mijn account")


async def test_another_user_name(phone: Phone, on_site: Site, cast_template: Cast) -> None:
    eva = cast_template.eva
    page = await phone(signed_in_as=eva)
    await page.goto("/account/username")
    await confirms(page)
    field = page.get_by_label("Gebruikersnaam")
    await expect(field).to_have_value(eva.email)
    await field.fill(cast_template.anna.email.upper())
    await page.get_by_role("button", name="Gebruikersnaam opslaan").click()
    await expect(page.get_by_role("alert")).to_be_focused()
    await expect(field).to_have_value(cast_template.anna.email.upper())
    await field.fill("eva.evers")
    await page.get_by_role("button", name="Gebruikersnaam opslaan").click()
    await expect(page.get_by_role("status")).to_contain_text("Je gebruikersnaam is veranderd")
    await expect(page.get_by_role("link", name=re.compile("Gebruikersnaam"))).to_contain_text("eva.evers")
    await on_site.next_message(eva.email, about="gebruikersnaam van je account is veranderd")
    # Confirmed a moment ago, so not asked again.
    await page.goto("/account/username")
    await heading(page, "Gebruikersnaam veranderen")


async def test_another_device_is_out_at_its_next_step(phone: Phone, cast_template: Cast) -> None:
    daan = cast_template.daan
    await clear_reports()
    await expire(daan)  # he is signed in nowhere else
    lost, page = await phone(signed_in_as=daan), await phone(signed_in_as=daan)
    await lost.goto("/absence/report")
    await lost.get_by_role("button", name="Controleer je melding").click()
    await heading(lost, "Controleer en verstuur")
    await page.goto("/account")
    await page.get_by_role("link", name="Apparaten").click()
    await confirms(page)
    here = page.locator(".row", has_text="Dit apparaat")
    await expect(here).to_have_count(1)
    await expect(here).to_contain_text("Chrome, Android")
    await page.get_by_role("button", name="Hier uitloggen").first.click()
    await expect(page.get_by_role("status")).to_contain_text("uitgelogd")
    await expect(page.get_by_role("button", name="Hier uitloggen")).to_have_count(0)
    await lost.get_by_role("button", name="Ziek melden").click()
    await expect(lost.locator("#offline-status")).to_contain_text("Log in om je melding te versturen")
    assert await spells(daan) == 0
    await lost.goto("/")
    await heading(lost, "Inloggen")


async def test_all_other_devices_without_script(phone: Phone, cast_template: Cast) -> None:
    daan = cast_template.daan
    others = [await phone(signed_in_as=daan) for _ in range(2)]
    page = await phone(signed_in_as=daan, javascript=False)
    await page.goto("/account/devices")
    await confirms(page)
    await page.get_by_role("button", name="Alle andere apparaten uitloggen").click()
    await expect(page.get_by_role("status")).to_contain_text("Al je andere apparaten zijn uitgelogd")
    for other in others:
        await other.goto("/dossiers")
        await heading(other, "Inloggen")


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
async def test_the_language_of_everything(phone: Phone, cast_template: Cast, javascript: bool) -> None:
    page = await phone(signed_in_as=cast_template.bram, javascript=javascript)
    await page.goto("/account")
    await page.get_by_role("link", name="Taal").click()
    await page.get_by_role("radio", name="English").check()
    await page.get_by_role("button", name="Taal opslaan").click()
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await heading(page, "My account")
    await page.goto("/")
    await heading(page, "Hello Bram")
    await page.goto("/account/language")
    await page.get_by_role("radio", name="Nederlands").check()
    await page.get_by_role("button", name="Save language").click()
    await heading(page, "Mijn account")


async def test_who_looked_at_my_dossier(phone: Phone, cast_template: Cast) -> None:
    anna = cast_template.anna
    carla = cast_template.helpers["carla"]
    page = await phone(signed_in_as=anna)
    await page.goto("/account")
    await page.get_by_role("link", name="Wie heeft mijn dossier bekeken").click()
    await confirms(page)
    await expect(page.locator(".empty")).to_contain_text("Nog niemand")
    spell = await sick_since(anna)
    assert anna.employment
    assert carla.account
    await looked(
        employment=anna.employment, employee=anna.account, viewer=carla.account, viewer_name="Carla Claes",
        viewer_role="case_manager", what="dossier", subject=spell, now=clock.now(),
    )  # fmt: skip
    await page.goto("/")
    await page.goto("/account/access-log")
    rows = page.locator("main .row")
    await expect(rows).to_have_count(1)
    await expect(rows).to_contain_text("Carla Claes, casemanager")
    await expect(rows).to_contain_text("Bekeek je dossier")
    await expect(rows).to_contain_text("vandaag om")


@pytest.mark.parametrize(
    "path", ["/account/password", "/account/username", "/account/factors", "/account/recovery-code"]
)
async def test_what_is_sensitive_asks_for_the_password(phone: Phone, cast_template: Cast, path: str) -> None:
    page = await phone(signed_in_as=cast_template.anna, javascript=False)
    await page.goto(path)
    await confirms(page)
    await expect(page).to_have_url(re.compile(rf"^http://localhost:\d+{path}$"))
    await execute("UPDATE session SET confirmed_at = now() - interval '11 minutes'")
    await page.reload()
    await heading(page, "Ben jij het?")

"""Reporting sick where it does not go straight: wrong days, a second tap, the back button, a mistake."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from backend.foundation.database import fetch_value
from tests.cast import Cast
from tests.journeys.conftest import Phone
from tests.journeys.site import Site
from tests.journeys.steps import check, clear_reports, heading, sick_since, spells, today, was_sick

SCRIPT = pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])


@pytest.fixture(autouse=True)
async def nobody_sick(on_site: Site) -> None:
    """Every journey begins with everybody well."""
    await clear_reports()


@SCRIPT
async def test_what_cannot_be_is_said_beside_its_field(
    phone: Phone, cast_template: Cast, javascript: bool
) -> None:
    page = await phone(signed_in_as=cast_template.anna, javascript=javascript)
    await page.goto("/absence/report")
    day, hours = page.get_by_label("Eerste ziektedag"), page.get_by_label("Gewerkte uren op deze dag")
    await expect(day).to_have_value(str(today()))
    await expect(hours).to_have_value("0")
    refused = [
        (today(1), None, "first_sick_day", "Deze dag komt nog"),
        (today(-8), None, "first_sick_day", "Werd je eerder ziek? Bel je leidinggevende"),
        ("", None, "first_sick_day", "Kies de eerste dag"),
        (today(), "25", "worked_hours", "0 tot en met 24"),
        (today(), "2,3", "worked_hours", "kwartier"),
        (today(), "veel", "worked_hours", "als getal, bijvoorbeeld 7,5"),
    ]
    for typed_day, typed_hours, field, told in refused:
        await check(page, typed_day, typed_hours)
        await expect(page.get_by_role("alert")).to_contain_text(told)
        await expect(page.locator(f"#{field}-error")).to_contain_text(told)
        await expect(page.locator(f"#{field}")).to_have_attribute("aria-invalid", "true")
        await expect(day).to_have_value(str(typed_day))
        if typed_hours:
            await expect(hours).to_have_value(typed_hours)
        # The way out is at hand.
        await expect(page.get_by_role("link", name=re.compile("^Bel Bram Bos"))).to_be_visible()
    await check(page, today(-7), "7,25")
    await heading(page, "Controleer en verstuur")
    await expect(page.locator("main")).to_contain_text("7,25")
    await page.get_by_role("button", name="Wijzig Gewerkte uren").click()
    await expect(hours).to_have_value("7,25")
    await expect(day).to_have_value(str(today(-7)))
    await check(page, hours="7.5")
    await page.get_by_role("button", name="Ziek melden").click()
    await heading(page, "Je bent ziek gemeld")
    assert str(await fetch_value("SELECT worked_hours FROM spell")) == "7.50"
    assert await fetch_value("SELECT first_sick_day FROM spell") == today(-7)


async def test_chips_fill_in_the_day(phone: Phone, cast_template: Cast) -> None:
    page = await phone(signed_in_as=cast_template.anna)
    await page.goto("/absence/report")
    await page.get_by_role("button", name="gisteren").tap()
    await expect(page.get_by_label("Eerste ziektedag")).to_have_value(str(today(-1)))
    await expect(page.get_by_role("button", name="gisteren")).to_have_attribute("aria-pressed", "true")
    await page.get_by_role("button", name="vandaag").tap()
    await expect(page.get_by_label("Eerste ziektedag")).to_have_value(str(today()))


@SCRIPT
async def test_a_second_tap_stores_nothing_more(phone: Phone, cast_template: Cast, javascript: bool) -> None:
    anna = cast_template.anna
    page = await phone(signed_in_as=anna, javascript=javascript)
    await page.goto("/absence/report")
    await check(page)
    await heading(page, "Controleer en verstuur")
    await page.get_by_role("button", name="Ziek melden").dblclick(no_wait_after=True)
    await heading(page, "Je bent ziek gemeld")
    assert await spells(anna) == 1
    # Back, and once more: it says what is there.
    if javascript:
        await page.go_back()
    else:
        await page.goto("/absence/report")
    await heading(page, "Je bent ziek gemeld")
    assert await spells(anna) == 1
    assert await fetch_value("SELECT count(*) FROM message WHERE notice = 'sick_report_told'") == 2


async def test_back_and_forth_between_the_form_and_its_check(phone: Phone, cast_template: Cast) -> None:
    anna = cast_template.anna
    page = await phone(signed_in_as=anna)
    await page.goto("/absence/report")
    await page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await page.reload()
    await check(page, hours="4")
    await heading(page, "Controleer en verstuur")
    await page.get_by_role("button", name="Wijzig Gewerkte uren").click()
    await check(page, hours="5")
    await heading(page, "Controleer en verstuur")
    # These pages are in no cache; going back to one is not a network that is gone.
    await page.go_back()
    await heading(page, "Ziek melden")
    await expect(page.get_by_label("Gewerkte uren op deze dag")).to_have_value("4")
    await page.go_back()
    await heading(page, "Controleer en verstuur")
    await page.go_forward()
    await page.go_forward()
    await heading(page, "Controleer en verstuur")
    await expect(page.locator("main")).to_contain_text("5")
    await page.get_by_role("button", name="Ziek melden").click()
    await heading(page, "Je bent ziek gemeld")
    assert await spells(anna) == 1


@SCRIPT
async def test_who_is_sick_already_is_told_so(phone: Phone, cast_template: Cast, javascript: bool) -> None:
    anna = cast_template.anna
    page = await phone(signed_in_as=anna, javascript=javascript)
    await page.goto("/absence/report")
    await sick_since(anna)
    await check(page)
    await expect(page.get_by_role("alert")).to_contain_text("Je bent al ziek gemeld")
    assert await spells(anna) == 1


@SCRIPT
async def test_a_mistake_is_taken_back_the_same_day(
    phone: Phone, on_site: Site, cast_template: Cast, javascript: bool
) -> None:
    anna = cast_template.anna
    await sick_since(anna)
    page = await phone(signed_in_as=anna, javascript=javascript)
    await page.goto("/")
    await page.get_by_role("link", name="Melding terugnemen").click()
    await heading(page, "Ziekmelding terugnemen")
    await page.get_by_role("button", name="Ziekmelding terugnemen").click()
    await heading(page, "Je ziekmelding is teruggenomen")
    await on_site.next_message("bram@voorbeeld.example", about="vergissing")
    await page.get_by_role("link", name="Naar je dashboard").click()
    await expect(page.get_by_role("link", name="Ziek melden")).to_be_visible()
    await page.goto("/dossiers")
    await page.locator("main .row").first.click()
    await expect(page.locator(".entry").first).to_contain_text("teruggenomen")
    await expect(page.locator(".entry").last).to_contain_text("Ziek gemeld")


async def test_a_day_later_it_can_no_longer_be_taken_back(phone: Phone, cast_template: Cast) -> None:
    spell = await sick_since(cast_template.anna, 1)
    page = await phone(signed_in_as=cast_template.anna)
    await page.goto("/")
    await expect(page.get_by_role("link", name="Hersteld melden")).to_be_visible()
    await expect(page.get_by_role("link", name="Melding terugnemen")).to_have_count(0)
    await page.goto(f"/absence/{spell}/withdrawal")
    await expect(page.locator("main")).to_contain_text("alleen op de dag van de melding zelf")
    await expect(page.get_by_role("link", name=re.compile("^Bel Bram Bos"))).to_be_visible()


@SCRIPT
async def test_within_28_days_it_joins_the_last_time(
    phone: Phone, cast_template: Cast, javascript: bool
) -> None:
    anna = cast_template.anna
    await was_sick(anna, until_days_ago=20)
    page = await phone(signed_in_as=anna, javascript=javascript)
    await page.goto("/absence/report")
    await check(page)
    told = page.get_by_text("telt mee met je vorige ziekte")
    await expect(told).to_be_visible()
    await page.get_by_role("button", name="Ziek melden").click()
    await heading(page, "Je bent ziek gemeld")
    await expect(told).to_be_visible()
    assert await fetch_value("SELECT count(*) FROM dossier") == 1
    await page.get_by_role("link", name="Naar je dashboard").click()
    await expect(page.locator("#dossier .entry")).to_have_count(3)


async def test_after_28_days_it_is_a_new_dossier(phone: Phone, cast_template: Cast) -> None:
    anna = cast_template.anna
    await was_sick(anna, until_days_ago=40)
    page = await phone(signed_in_as=anna)
    await page.goto("/absence/report")
    await check(page)
    await page.get_by_role("button", name="Ziek melden").click()
    await heading(page, "Je bent ziek gemeld")
    await expect(page.get_by_text("telt mee met je vorige ziekte")).to_have_count(0)
    await page.goto("/dossiers")
    await expect(page.locator("main .row")).to_have_count(2)

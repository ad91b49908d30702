"""The back button after a form that led on: pages that are in no cache, and a network that was never gone."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.cast import Cast
from tests.journeys.conftest import Phone
from tests.journeys.site import Site
from tests.journeys.steps import clear_reports, heading, sick_since, today

RECOVERED_ON = "Datum waarop je het werk volledig hebt hervat"


@pytest.fixture(autouse=True)
async def nobody_sick(on_site: Site) -> None:
    """Every journey begins with everybody well."""
    await clear_reports()


async def recover(page: Page, day: object) -> None:
    """Fills in the day and sends it."""
    await page.get_by_label(RECOVERED_ON).fill(str(day))
    await page.get_by_role("button", name="Hersteld melden").click()


async def test_back_to_a_form_that_leads_elsewhere_by_now(phone: Phone, cast_template: Cast) -> None:
    """Mistyped, mended, sent, and back: the form sends on to the dashboard, which is not 'no connection'."""
    anna = cast_template.anna
    await sick_since(anna, 1)
    page = await phone(signed_in_as=anna)
    await page.goto("/")
    await page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await page.reload()
    await page.get_by_role("link", name="Hersteld melden").click()
    for wrong, told in ((today(-2), "Kies die dag of een dag erna"), (today(8), "Kies uiterlijk")):
        await recover(page, wrong)
        await expect(page.get_by_role("alert")).to_contain_text(told)
    await recover(page, today())
    await heading(page, "Je bent hersteld gemeld")
    await page.go_back()
    await heading(page, "Dag Anna")


async def test_back_to_the_check_of_what_was_reported_for_another(phone: Phone, cast_template: Cast) -> None:
    """It says how it stands, with what was typed still there, rather than that the page is not understood."""
    page = await phone(signed_in_as=cast_template.bram)
    await page.goto("/team")
    await page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await page.reload()
    await page.get_by_role("link", name="Anna Aalbers", exact=True).click()
    await page.get_by_role("link", name="Ziek melden").click()
    await page.get_by_label("Gewerkte uren").fill("2,5")
    await page.get_by_role("button", name="Controleer je melding").click()
    await page.get_by_role("button", name="Ziek melden").click()
    await expect(page.get_by_role("main")).to_contain_text("Je hebt Anna ziek gemeld")
    await page.go_back()
    await expect(page.get_by_role("alert")).to_contain_text("Anna is al ziek gemeld")
    await expect(page.get_by_label("Gewerkte uren")).to_have_value("2,5")

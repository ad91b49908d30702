"""A case manager at a desk and on the phone: list and dossier stand together, and the address keeps both."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from backend.foundation import clock
from backend.foundation.database import execute, fetch_value
from tests.caseload.many import make_many
from tests.cast import Cast
from tests.journeys.conftest import Phone, assert_accessible
from tests.journeys.site import Site
from tests.journeys.steps import empty, powered

pytestmark = pytest.mark.usefixtures("many")
LOOKED = "SELECT count(*) FROM access_log_line"


@pytest.fixture
async def many(on_site: Site, cast_template: Cast) -> None:
    """Forty dossiers, of which thirty-six are open."""
    await empty("dossier")
    await execute("DELETE FROM employment WHERE first_name LIKE 'Voornaam%'")
    await make_many(cast_template, 40, clock.now().date())


async def test_choosing_reading_and_going_back(on_site: Site, cast_template: Cast, phone: Phone) -> None:
    carla = cast_template.helpers["carla"]
    desk = await phone(width=1280, height=900, signed_in_as=carla)
    await desk.goto("/")
    await expect(desk).to_have_url(re.compile("/caseload$"))
    await powered(desk)
    await desk.get_by_text("Filter en volgorde").click()
    await desk.get_by_label("Volgorde").select_option("name")
    await expect(desk).to_have_url(re.compile(r"/caseload\?sort=name$"))
    chosen = desk.locator("a.case").nth(1)
    name = await chosen.locator(".case-name").inner_text()
    await chosen.click()
    heading = desk.locator("#desk h1")
    await expect(heading).to_contain_text(name)
    await expect(desk).to_have_url(re.compile(r"/caseload\?sort=name&dossier="))
    await expect(desk.locator("#desk")).to_be_focused()
    await assert_accessible(desk, "the desk")

    await desk.reload()
    await expect(heading).to_contain_text(name)
    await expect(desk.locator("a.case[aria-current]")).to_contain_text(name)
    await desk.go_back()
    await expect(desk.locator("#desk")).to_contain_text("Kies een dossier")
    await expect(desk.locator("a.case")).to_have_count(25)
    await desk.get_by_text("Toon meer").click()
    await expect(desk.locator("a.case")).to_have_count(36)

    fresh = desk.locator("a.case").filter(has_text="nieuw").first
    name = await fresh.locator(".case-name").inner_text()
    await fresh.click()
    await expect(heading).to_contain_text(name)
    await expect(desk.locator("a.case[aria-current] .new")).to_have_count(0)

    looked = await fetch_value(LOOKED)
    small = await phone(signed_in_as=carla)
    await small.goto(f"/caseload?sort=name&dossier={await fetch_value('SELECT id FROM dossier LIMIT 1')}")
    await powered(small)
    await assert_accessible(small, "the list on a phone")
    assert await fetch_value(LOOKED) == looked, "what does not show is not opened"
    await small.locator("a.case").first.click()
    await expect(small).to_have_url(re.compile("/dossiers/"))


async def test_it_works_without_script(on_site: Site, cast_template: Cast, phone: Phone) -> None:
    page = await phone(javascript=False, width=320, height=640, signed_in_as=cast_template.helpers["dirk"])
    await page.goto("/caseload")
    await page.get_by_text("Filter en volgorde").click()
    await page.get_by_label("Week van verzuim").select_option("7-42")
    await page.get_by_label("Alleen te laat").check()
    await page.get_by_role("button", name="Zoek").click()
    await expect(page).to_have_url(re.compile("week=7-42.*late=1"))
    await expect(page.get_by_label("Alleen te laat")).to_be_checked()
    await page.locator("a.case").first.click()
    await expect(page).to_have_url(re.compile("/dossiers/"))

"""Writing beside the dossier at a desk, also by keyboard, while others write in it."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

import pytest
from playwright.async_api import Page, expect

from backend.dossier.lifecycle import open_dossier
from backend.foundation import clock
from tests.cast import Cast
from tests.journeys.conftest import Phone, assert_accessible
from tests.journeys.site import Site
from tests.journeys.steps import empty, today, writable

SHEET = ".sheet-pane"


@pytest.fixture
async def dossier(on_site: Site, cast_template: Cast) -> UUID:
    """Anna is sick since the second; nobody wrote anything yet."""
    await empty("entry", "dossier", "dossier_seen", "document", "action", "draft")
    assert cast_template.anna.employment
    return await open_dossier(cast_template.anna.employment, date(2026, 11, 2), now=clock.now())


async def come_in(page: Page, path: str) -> None:
    """The page with all its script."""
    await page.goto(path)
    await writable(page)


async def test_a_note_is_written_at_the_desk_with_the_dossier_in_sight(
    phone: Phone, cast_template: Cast, dossier: UUID
) -> None:
    carla = await phone(signed_in_as=cast_template.helpers["carla"], width=1280, height=900)
    await come_in(carla, f"/caseload?dossier={dossier}")
    await carla.get_by_role("link", name="Notitie", exact=True).click()
    sheet = carla.locator(SHEET)
    await expect(sheet.get_by_role("heading", name="Notitie schrijven")).to_be_focused()
    await expect(carla.locator(".desk-list")).to_be_hidden()
    await expect(carla.locator("#desk").get_by_role("heading", level=1)).to_be_visible()
    await assert_accessible(carla)
    await sheet.get_by_label("Tekst").fill("Gebeld over het rooster.")
    await expect(sheet.locator("#draft-state")).to_contain_text("Concept bewaard om")
    await sheet.get_by_role("button", name="Sluiten").click()
    await expect(carla.get_by_role("link", name="Notitie", exact=True)).to_be_focused()
    await expect(carla.locator(".desk-list")).to_be_visible()
    await carla.get_by_role("link", name="Notitie", exact=True).click()
    await expect(sheet.get_by_label("Tekst")).to_have_value("Gebeld over het rooster.")
    await sheet.get_by_role("button", name="Zet in het dossier").click()
    await expect(carla.locator("#desk").get_by_text("Gebeld over het rooster.")).to_be_visible()
    assert carla.url.endswith(f"/caseload?dossier={dossier}")


async def test_what_comes_in_meanwhile_leaves_the_open_sheet_alone(
    phone: Phone, cast_template: Cast, dossier: UUID
) -> None:
    carla = await phone(signed_in_as=cast_template.helpers["carla"], width=1280, height=900)
    bram = await phone(signed_in_as=cast_template.bram)
    await come_in(carla, f"/dossiers/{dossier}")
    sheet = carla.locator(SHEET)
    await carla.get_by_role("link", name="Actie", exact=True).click()
    await sheet.get_by_label("Wat gaat er gebeuren?").fill("Samen het rooster maken")
    await bram.goto(f"/dossiers/{dossier}/new/note")
    await bram.get_by_label("Tekst").fill("Intussen gebeld.")
    await bram.get_by_role("button", name="Zet in het dossier").click()
    await expect(carla.get_by_text("Intussen gebeld.")).to_be_visible()
    await expect(sheet.get_by_label("Wat gaat er gebeuren?")).to_have_value("Samen het rooster maken")


async def test_a_refused_sheet_comes_back_whole_and_still_leads_to_the_list(
    phone: Phone, cast_template: Cast, dossier: UUID
) -> None:
    carla = await phone(signed_in_as=cast_template.helpers["carla"], width=1280, height=900)
    await come_in(carla, f"/caseload?dossier={dossier}")
    await carla.get_by_role("link", name="Actie", exact=True).click()
    sheet = carla.locator(SHEET)
    await sheet.get_by_label("Wat gaat er gebeuren?").fill("Samen het rooster maken")
    await sheet.get_by_role("button", name="Zet in het dossier").click()
    await expect(carla.locator("#error-summary")).to_be_focused()
    await expect(carla.get_by_label("Wat gaat er gebeuren?")).to_have_value("Samen het rooster maken")
    await carla.get_by_label("Anna Aalbers").check()
    await carla.get_by_label("Uiterlijk op").fill(str(today(300)))
    await carla.get_by_role("button", name="Zet in het dossier").click()
    await expect(
        carla.locator("#desk").get_by_role("heading", name="Samen het rooster maken")
    ).to_be_visible()


async def test_on_a_phone_a_sheet_is_a_page_and_a_link_leads_back(
    phone: Phone, cast_template: Cast, dossier: UUID
) -> None:
    carla = await phone(signed_in_as=cast_template.helpers["carla"])
    await come_in(carla, f"/dossiers/{dossier}")
    await carla.get_by_role("link", name="Notitie", exact=True).click()
    await expect(carla.get_by_role("heading", name="Notitie schrijven", level=1)).to_be_visible()
    await carla.get_by_role("link", name="Terug naar het dossier").click()
    await expect(carla).to_have_url(re.compile(f"/dossiers/{dossier}$"))
    await carla.locator("a.back").click()
    await expect(carla.get_by_role("heading", name="Caseload", level=1)).to_be_visible()
    bram = await phone(signed_in_as=cast_template.bram)
    await bram.goto(f"/dossiers/{dossier}")
    await bram.get_by_role("link", name="Mijn team").click()
    await expect(bram).to_have_url(re.compile("/team$"))


async def test_everything_at_the_desk_goes_by_keyboard(
    phone: Phone, cast_template: Cast, dossier: UUID
) -> None:
    dirk = await phone(signed_in_as=cast_template.helpers["dirk"], width=1280, height=900)
    await come_in(dirk, f"/dossiers/{dossier}")
    await dirk.get_by_role("link", name="Notitie", exact=True).focus()
    await dirk.keyboard.press("Enter")
    await expect(dirk.locator(SHEET).get_by_role("heading", name="Notitie schrijven")).to_be_focused()
    seen = []
    for _ in range(6):
        await dirk.keyboard.press("Tab")
        seen.append(await dirk.evaluate(FOCUSED))
    assert [name for name, _drawn in seen] == [
        "Sluiten", "kind", "title", "body", "audience", "Zet in het dossier",
    ]  # fmt: skip
    assert all(drawn for _name, drawn in seen), seen
    await dirk.locator(SHEET).get_by_role("button", name="Sluiten").press("Enter")
    await expect(dirk.get_by_role("link", name="Notitie", exact=True)).to_be_focused()


FOCUSED = """() => {
  const it = document.activeElement;
  const drawn = [it, it.closest(".choice") ?? it].some((one) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return outlineStyle !== "none" && parseFloat(outlineWidth) > 0;
  });
  return [it.name || it.textContent.trim(), drawn];
}"""

"""Writing beside the dossier at a desk, also by keyboard, and losing nothing when signed out meanwhile."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

import pytest
from playwright.async_api import Page, expect

from backend.dossier.lifecycle import open_dossier
from backend.foundation import clock
from backend.foundation.database import execute, fetch_value
from tests.cast import Cast, session_of
from tests.journeys.conftest import Phone, assert_accessible
from tests.journeys.site import Site
from tests.journeys.steps import expire
from tests.uploads.hostile import HOSTILE
from tests.uploads.samples import pdf

SHEET = ".sheet-pane"


@pytest.fixture
async def dossier(on_site: Site, cast_template: Cast) -> UUID:
    """Anna is sick since the second; nobody wrote anything yet."""
    await execute("TRUNCATE entry, dossier, dossier_seen, document, action, draft CASCADE")
    assert cast_template.anna.employment
    return await open_dossier(cast_template.anna.employment, date(2026, 11, 2), now=clock.now())


async def come_in(page: Page, path: str) -> None:
    """The page with all its script."""
    async with page.expect_response(lambda answer: "/assets/sheets-" in answer.url):
        await page.goto(path)
    await page.wait_for_load_state("load")


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
    await carla.get_by_label("Uiterlijk op").fill(
        clock.now().date().replace(year=clock.now().year + 1).isoformat()
    )
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
    await carla.locator("a.back").click()
    await expect(carla.get_by_role("heading", name="Caseload", level=1)).to_be_visible()
    bram = await phone(signed_in_as=cast_template.bram)
    await bram.goto(f"/dossiers/{dossier}")
    await bram.get_by_role("link", name="Mijn team").click()
    await expect(bram).to_have_url(re.compile("/team$"))


async def test_who_was_signed_out_loses_nothing(
    phone: Phone, on_site: Site, cast_template: Cast, dossier: UUID
) -> None:
    member = cast_template.helpers["dirk"]
    dirk = await phone(signed_in_as=member)
    for name, field in (("note", "Tekst"), ("problem-analysis", "Wat kan wel?"), ("action", "Uitleg")):
        await come_in(dirk, f"/dossiers/{dossier}/new/{name}")
        await dirk.get_by_label(field).fill("Het eerste deel.")
        await expire(member)
        await dirk.get_by_label(field).fill("Het eerste deel. En het tweede.")
        await dirk.get_by_role("button", name="Zet in het dossier").click()
        state = dirk.locator("[data-sheet-state]")
        await expect(state).to_contain_text("Je bent uitgelogd. Wat je invulde staat hier nog.")
        await expect(state.get_by_role("link")).to_have_attribute("href", "/sign-in")
        await expect(dirk.get_by_label(field)).to_have_value("Het eerste deel. En het tweede.")
        secret = await session_of(member, now=clock.now())
        await dirk.context.add_cookies([{"name": "session", "value": secret, "url": on_site.url}])
        await dirk.evaluate("window.dispatchEvent(new Event('focus'))")
        await expect(state).not_to_contain_text("uitgelogd")
        if name != "action":
            await dirk.reload()
            await expect(dirk.get_by_label(field)).to_have_value("Het eerste deel. En het tweede.")


async def test_without_network_a_sheet_stays_where_it_is(
    phone: Phone, cast_template: Cast, dossier: UUID
) -> None:
    bram = await phone(signed_in_as=cast_template.bram)
    await come_in(bram, f"/dossiers/{dossier}/new/note")
    await bram.get_by_label("Tekst").fill("In de trein geschreven.")
    await bram.context.set_offline(True)
    await bram.get_by_role("button", name="Zet in het dossier").click()
    await expect(bram.locator("[data-sheet-state]")).to_contain_text("Er is nu geen verbinding.")
    await bram.context.set_offline(False)
    await bram.get_by_role("button", name="Zet in het dossier").click()
    await expect(bram.get_by_text("In de trein geschreven.")).to_be_visible()


async def test_files_gather_say_what_is_wrong_and_go_one_by_one(
    phone: Phone, cast_template: Cast, dossier: UUID
) -> None:
    bram = await phone(signed_in_as=cast_template.bram)
    await come_in(bram, f"/dossiers/{dossier}/new/document")
    for name, content in (("brief.pdf", pdf()), ("macro.docm", HOSTILE["macro.docm"][0])):
        await bram.get_by_label("Bestanden", exact=True).set_input_files(
            [{"name": name, "mimeType": "x/y", "buffer": content}]
        )
    rows = bram.locator("[data-chosen] li")
    await expect(rows).to_have_count(2)
    await bram.get_by_label("Titel").fill("Brief")
    await bram.get_by_role("button", name="Zet in het dossier").click()
    await expect(rows.nth(1).locator(".error")).to_contain_text("zitten macro’s")
    await expect(rows.nth(0).locator(".error")).to_be_hidden()
    await expect(bram.locator("[data-problems]")).to_be_focused()
    await assert_accessible(bram)
    await bram.get_by_role("button", name=re.compile("Haal weg.*macro.docm")).press("Enter")
    await expect(rows).to_have_count(1)
    await expect(bram.get_by_role("button", name=re.compile("Haal weg.*brief.pdf"))).to_be_focused()
    await bram.get_by_role("button", name="Zet in het dossier").dblclick()
    await expect(bram.get_by_role("heading", name="Brief", exact=True)).to_be_visible()
    assert await fetch_value("SELECT count(*) FROM document") == 1
    await bram.go_back()
    await expect(bram.get_by_label("Titel")).to_have_value("")
    await expect(rows).to_have_count(0)


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

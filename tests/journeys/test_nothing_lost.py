"""What somebody wrote or chose is still there: signed out, without network, or with a file refused."""

from __future__ import annotations

import re
from uuid import UUID

from playwright.async_api import Page, expect

from backend.foundation import clock
from backend.foundation.database import fetch_value
from tests.cast import Cast, session_of
from tests.journeys.conftest import Phone, assert_accessible
from tests.journeys.site import Site
from tests.journeys.steps import expire
from tests.journeys.test_beside import come_in, dossier
from tests.uploads.hostile import HOSTILE
from tests.uploads.samples import pdf

__all__ = ["dossier"]


async def at_rest(page: Page) -> None:
    """Waits until the sheet tries no more to go out: keeping the draft may have said the same before."""
    await expect(page.locator("[data-sheet] [aria-busy]")).to_have_count(0)


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
        await at_rest(dirk)
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
    await at_rest(bram)
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

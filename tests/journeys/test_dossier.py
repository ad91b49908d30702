"""One's dossier on a phone: the list, the timeline, a note, a document, what came before, what is new."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from backend.dossier.lifecycle import close_dossier, open_dossier
from backend.dossier.publish import publish
from backend.dossier.tables import Action
from backend.foundation import clock
from backend.gateways import files
from tests.cast import Cast, person_of
from tests.dossier.conftest import CONTENT, store
from tests.journeys.conftest import Phone, assert_accessible
from tests.journeys.site import Site
from tests.journeys.steps import empty, powered

BRAM = {"author_name": "Bram Bos", "author_role": "manager"}
LONG = (
    "De eerste regel van het gesprek.\n\n"
    + "Daarna spraken we over het werk en over de uren. " * 12
    + "Einde."
)


@pytest.fixture
async def dossiers(on_site: Site, cast_template: Cast) -> Cast:
    """Anna has a running dossier of 48 entries, one of each kind on top, and a closed one."""
    await empty("entry", "dossier", "dossier_seen", "document", "action")
    files.use(on_site.environment["FILES_URL"])
    anna, job, now = await person_of(cast_template.anna), cast_template.anna.employment, clock.now()
    assert job
    old = await open_dossier(job, date(2024, 3, 4), now=now - timedelta(days=900))
    await publish(old, "note", now=now - timedelta(days=899), title="Lang geleden", body="Rust.", **BRAM)
    await close_dossier(old, date(2024, 3, 9))

    began = now - timedelta(days=60)
    dossier = await open_dossier(job, began.date(), now=began)
    facts = {"first_sick_day": began.date(), "worked_hours": "2.50"}
    await publish(dossier, "report", now=began, author=anna, facts=facts)
    for day in range(40):
        await publish(
            dossier, "note", now=began + timedelta(days=day), title=f"Dag {day}", body="Gebeld.", **BRAM
        )
    late = now - timedelta(hours=3)
    hours = {"starts_on": now.date(), "hours_a_week": "12"}
    await publish(dossier, "partial_recovery", now=late, author=anna, facts=hours)
    await publish(dossier, "change", now=late, title="Uren bevestigd", **BRAM)
    action = await publish(dossier, "action", now=late, title="Bellen over je uren", **BRAM)
    await Action.insert(
        Action(
            entry=action,
            assignee=cast_template.bram_as_manager,
            assignee_role="manager",
            due_on=date(2030, 1, 7),
        )
    )
    letter = await publish(dossier, "document", now=late, title="Uitnodiging", body="Tot dan.", **BRAM)
    await store(CONTENT, "Uitnodiging spreekuur.pdf", letter)
    await publish(
        dossier, "note", now=late, title="Spreekuur", body="Besproken.", author_name="Dokter Dirks",
        author_role="company_doctor", audience="medical",
    )  # fmt: skip
    await publish(dossier, "note", now=late, title="Verslag van het gesprek", body=LONG, **BRAM)
    return cast_template


async def ids(page: Page) -> list[str]:
    return [str(await entry.get_attribute("id")) for entry in await page.locator(".entry").all()]


async def test_a_dossier_is_read_from_the_menu_to_its_first_day(dossiers: Cast, phone: Phone) -> None:
    page = await phone(signed_in_as=dossiers.anna)
    await page.goto("/")
    await page.get_by_role("navigation").get_by_role("link", name="Dossier").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Verzuimdossier")
    await expect(page.locator("main .row")).to_have_count(2)
    await assert_accessible(page)
    await page.locator("main .row").first.click()
    await expect(page.locator(".entry")).to_have_count(20)
    await assert_accessible(page)

    first = await ids(page)
    await powered(page)
    await page.get_by_role("link", name="Toon wat ervoor kwam").click()
    await expect(page.locator(".entry")).to_have_count(40)
    assert (await ids(page))[:20] == first
    await expect(page.locator(".timeline :focus")).to_have_count(1)  # reading goes on there
    await page.get_by_role("link", name="Toon wat ervoor kwam").click()
    await expect(page.locator(".entry")).to_have_count(47)
    assert len(set(await ids(page))) == 47
    await expect(page.locator(".entry").last).to_contain_text("Ziek gemeld")
    await expect(page.locator(".entry").last).to_contain_text("Gewerkt op die dag: 2,5 uur")
    await expect(page.get_by_role("link", name="Toon wat ervoor kwam")).to_have_count(0)
    headings = await page.locator(".timeline h3").all_inner_texts()
    assert len(headings) == len(set(headings)), "a day stands there once"
    await assert_accessible(page)


async def test_a_note_opens_in_its_place_and_a_document_is_saved(dossiers: Cast, phone: Phone) -> None:
    page = await phone(signed_in_as=dossiers.anna)
    await page.goto("/dossiers")
    await page.locator("main .row").first.click()
    note = page.locator(".entry", has_text="Verslag van het gesprek")
    await expect(note).not_to_contain_text("Einde.")
    address = page.url
    await powered(page)
    await note.get_by_role("link", name="Lees notitie").click()
    await expect(note).to_contain_text("Einde.")
    await expect(note.get_by_role("heading")).to_be_focused()
    assert page.url == address
    await assert_accessible(page)
    async with page.expect_download() as started:
        await page.get_by_role("link", name="Download").click()
    download = await started.value
    assert download.suggested_filename == "Uitnodiging spreekuur.pdf"
    assert Path(await download.path()).read_bytes() == CONTENT
    await expect(page.locator(".entry", has_text="Dokter Dirks")).to_contain_text(
        "Je werkgever ziet dit niet"
    )


async def test_what_is_new_is_so_once(dossiers: Cast, phone: Phone) -> None:
    page = await phone(signed_in_as=dossiers.anna)
    await page.goto("/dossiers")
    async with page.expect_response(lambda answer: answer.url.endswith("/seen") and answer.status == 204):
        await page.locator("main .row").first.click()
        await expect(page.locator(".entry.is-new").first).to_contain_text("nieuw")
    await page.reload()
    await expect(page.locator(".entry").first).to_be_visible()
    await expect(page.locator(".entry.is-new")).to_have_count(0)


async def test_all_of_it_without_script(dossiers: Cast, phone: Phone) -> None:
    page = await phone(signed_in_as=dossiers.anna, javascript=False, width=320)
    await page.goto("/dossiers")
    await page.locator("main .row").first.click()
    await page.get_by_role("link", name="Lees notitie").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Verslag van het gesprek")
    await expect(page.locator("main")).to_contain_text("Einde.")
    await page.get_by_role("link", name="Terug naar de tijdlijn").click()
    await page.get_by_role("button", name="Ik heb alles gelezen").click()
    await expect(page.locator(".entry.is-new")).to_have_count(0)
    await expect(page.locator(".entry")).to_have_count(20)
    seen = await ids(page)
    for count in (20, 7):
        async with page.expect_navigation():
            await page.get_by_role("link", name="Toon wat ervoor kwam").click()
        await expect(page.locator(".entry")).to_have_count(count)
        seen += await ids(page)
    assert len(seen) == len(set(seen)) == 47
    await page.get_by_role("link", name="Terug naar het nieuwste").click()
    await expect(page.locator(".entry").first).to_contain_text("Verslag van het gesprek")


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("dark", [False, True])
async def test_it_is_accessible_on_every_screen(dossiers: Cast, phone: Phone, width: int, dark: bool) -> None:
    page = await phone(signed_in_as=dossiers.anna, width=width, dark=dark)
    for path in ("/dossiers", await newest(page)):
        await page.goto(path)
        await assert_accessible(page, f"{path} at {width}")
    note = await page.get_by_role("link", name="Lees notitie").first.get_attribute("href")
    await page.goto(str(note))
    await assert_accessible(page, f"a note at {width}")


async def newest(page: Page) -> str:
    await page.goto("/dossiers")
    return str(await page.locator("main .row").first.get_attribute("href"))

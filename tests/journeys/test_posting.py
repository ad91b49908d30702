"""Writing in a dossier, by thumb, at a desk and without script, each seen by exactly who may see it."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from playwright.async_api import Page, expect

from backend.dossier.lifecycle import open_dossier
from backend.foundation import clock
from backend.foundation.database import fetch_value
from tests.cast import Cast
from tests.journeys.conftest import Phone, assert_accessible
from tests.journeys.site import Site
from tests.journeys.steps import empty, heading, today, writable
from tests.uploads.hostile import HOSTILE
from tests.uploads.samples import jpeg, office, pdf

AGREED = "We spreken af:\n- vier uur per dag\n- geen zwaar werk"
SHOTS = os.environ.get("SHOTS", "")


@pytest.fixture
async def dossier(on_site: Site, cast_template: Cast) -> UUID:
    """Anna is sick since the second; nobody wrote anything yet."""
    await empty("entry", "dossier", "dossier_seen", "document", "action", "draft")
    assert cast_template.anna.employment
    return await open_dossier(cast_template.anna.employment, date(2026, 11, 2), now=clock.now())


async def shot(page: Page, name: str) -> None:
    """A picture to look at, when somebody wants one."""
    if SHOTS:
        await page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


async def test_a_note_is_kept_while_typing_published_and_corrected(
    phone: Phone, cast_template: Cast, dossier: UUID
) -> None:
    bram, anna = await phone(signed_in_as=cast_template.bram), await phone(signed_in_as=cast_template.anna)
    await bram.goto(f"/dossiers/{dossier}")
    await assert_accessible(bram)
    await shot(bram, "dossier-390")
    await bram.get_by_role("link", name="Notitie", exact=True).click()
    await heading(bram, "Notitie schrijven")
    await assert_accessible(bram)
    await shot(bram, "note-390")
    await writable(bram)
    await bram.get_by_label("Afspraak over het werk").check()
    await bram.get_by_label("Tekst").fill(AGREED)
    await expect(bram.locator("#draft-state")).to_contain_text("Concept bewaard om")
    await shot(bram, "note-typed-390")
    await bram.goto(f"/dossiers/{dossier}")
    await bram.get_by_role("link", name="Notitie concept").click()
    await expect(bram.get_by_label("Tekst")).to_have_value(
        "We spreken af:\n- vier uur per dag\n- geen zwaar werk"
    )
    await bram.get_by_role("button", name="Zet in het dossier").click()
    await expect(bram.get_by_role("heading", name="Afspraak over het werk")).to_be_visible()
    await expect(bram.get_by_role("link", name="Notitie", exact=True)).to_be_visible()

    await anna.goto(f"/dossiers/{dossier}")
    await expect(anna.get_by_role("listitem").filter(has_text="vier uur per dag").first).to_be_visible()
    await expect(anna.get_by_role("link", name="Notitie", exact=True)).to_have_count(0)

    entry = await fetch_value("SELECT id FROM entry WHERE kind = 'note'")
    await bram.goto(f"/dossiers/{dossier}/notes/{entry}")
    await bram.get_by_role("link", name="Notitie aanpassen").click()
    await heading(bram, "Notitie aanpassen")
    await assert_accessible(bram)
    await bram.get_by_label("Tekst").fill("We spreken af:\n- drie uur per dag")
    await bram.get_by_role("button", name="Notitie aanpassen").click()
    await expect(bram.get_by_text("aangepast op")).to_be_visible()
    await anna.goto(f"/dossiers/{dossier}/notes/{entry}")
    await expect(anna.get_by_text("aangepast op")).to_be_visible()
    await anna.get_by_text("Tot vandaag om").click()
    await expect(anna.get_by_text("vier uur per dag")).to_be_visible()
    await assert_accessible(anna)
    await shot(anna, "corrected-390")


async def test_files_come_in_together_and_a_refused_one_leaves_the_rest_chosen(
    phone: Phone, cast_template: Cast, dossier: UUID
) -> None:
    bram = await phone(signed_in_as=cast_template.bram)
    await bram.goto(f"/dossiers/{dossier}/new/document")
    await writable(bram)
    await assert_accessible(bram)
    await shot(bram, "document-390")
    good = [
        {"name": "Plan van aanpak.docx", "mimeType": "application/octet-stream", "buffer": office()},
        {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": jpeg()},
    ]
    bad = {"name": "macro.docm", "mimeType": "x/y", "buffer": HOSTILE["macro.docm"][0]}
    await bram.get_by_label("Bestanden").set_input_files([*good, bad])  # type: ignore[list-item]
    await bram.get_by_label("Titel").fill("x" * 201)
    await bram.get_by_role("button", name="Zet in het dossier").click()
    await expect(bram.locator("[data-problems]")).to_contain_text("zitten macro’s")
    await expect(bram.locator("[data-chosen] li")).to_have_count(3)
    await expect(bram.get_by_role("alert").filter(has_text="hooguit 200 tekens")).to_be_visible()
    await expect(bram.locator("[data-problems]")).to_be_focused()
    await assert_accessible(bram)
    await shot(bram, "document-refused-390")
    await bram.get_by_label("Bestanden").set_input_files(good)  # type: ignore[arg-type]
    await bram.get_by_label("Titel").fill("")
    await bram.get_by_label("Tekst erbij").fill("Lees dit eerst.")
    await bram.get_by_role("button", name="Zet in het dossier").click()
    await expect(bram.get_by_role("heading", name="Plan van aanpak")).to_be_visible()
    await expect(bram.get_by_role("heading", name="foto")).to_be_visible()
    await shot(bram, "dossier-filled-390")


async def test_a_file_that_is_too_large_stays_at_home(
    phone: Phone, cast_template: Cast, dossier: UUID, tmp_path: Path
) -> None:
    bram = await phone(signed_in_as=cast_template.bram)
    await bram.goto(f"/dossiers/{dossier}/new/document")
    await writable(bram)
    large = tmp_path / "film.pdf"
    large.touch()
    os.truncate(large, 26 * 1024 * 1024 + 1)
    await bram.get_by_label("Bestanden").set_input_files(large)
    await expect(bram.locator("[data-problems]")).to_contain_text("“film.pdf” is te groot")


async def test_everything_can_be_posted_without_script(
    phone: Phone, cast_template: Cast, dossier: UUID
) -> None:
    bram = await phone(signed_in_as=cast_template.bram, javascript=False)
    await bram.goto(f"/dossiers/{dossier}/new/note")
    await bram.get_by_label("Tekst").fill("Gebeld over het rooster.")
    await bram.get_by_role("button", name="Bewaar als concept").click()
    await expect(bram.get_by_text("Dit is je concept.")).to_be_visible()
    await expect(bram.get_by_label("Tekst")).to_have_value("Gebeld over het rooster.")
    await bram.get_by_role("button", name="Zet in het dossier").click()
    await expect(bram.get_by_text("Gebeld over het rooster.")).to_be_visible()
    await bram.get_by_role("link", name="Actie", exact=True).click()
    await bram.get_by_label("Wat gaat er gebeuren?").fill("Samen het rooster maken")
    await bram.get_by_label("Anna Aalbers").check()
    await bram.get_by_label("Uiterlijk op").fill(str(today(300)))
    await shot(bram, "action-390")
    await bram.get_by_role("button", name="Zet in het dossier").click()
    await expect(bram.get_by_role("heading", name="Samen het rooster maken")).to_be_visible()
    await bram.get_by_role("link", name="Document", exact=True).click()
    file = {"name": "brief.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    await bram.get_by_label("Bestanden").set_input_files([file])  # type: ignore[list-item]
    await bram.get_by_role("button", name="Zet in het dossier").click()
    await expect(bram.get_by_role("heading", name="brief")).to_be_visible()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_the_doctor_writes_at_a_desk(
    phone: Phone, cast_template: Cast, dossier: UUID, dark: bool
) -> None:
    name = "dark" if dark else "light"
    dirk = await phone(signed_in_as=cast_template.helpers["dirk"], width=1280, height=900, dark=dark)
    bram = await phone(signed_in_as=cast_template.bram, dark=dark)
    await dirk.goto(f"/dossiers/{dossier}/new/problem-analysis")
    await assert_accessible(dirk)
    await shot(dirk, f"analysis-1280-{name}")
    await dirk.get_by_label("Wat kan wel?").fill("Zittend werk")
    await dirk.get_by_label("Wat kan nu niet?").fill("Tillen")
    await dirk.get_by_label("Hoe lang duurt dit naar verwachting?").fill("Zes weken")
    await dirk.get_by_label("Percentage arbeidsongeschikt").fill("veel")
    await dirk.get_by_label("Medisch deel").fill("Onderzocht op het spreekuur.")
    await dirk.get_by_role("button", name="Zet in het dossier").click()
    await expect(dirk.locator("#error-summary")).to_contain_text("0 tot en met 100")
    await shot(dirk, f"analysis-wrong-1280-{name}")
    await dirk.get_by_label("Percentage arbeidsongeschikt").fill("50")
    await dirk.get_by_role("button", name="Zet in het dossier").click()
    await expect(dirk.get_by_text("Onderzocht op het spreekuur.")).to_be_visible()
    await expect(dirk.get_by_text("Arbeidsongeschikt: 50%").first).to_be_visible()
    await assert_accessible(dirk)
    await shot(dirk, f"dossier-1280-{name}")
    await dirk.goto(f"/dossiers/{dossier}/new/note")
    await assert_accessible(dirk)
    await shot(dirk, f"note-doctor-1280-{name}")
    await bram.goto(f"/dossiers/{dossier}")
    await expect(bram.get_by_text("Zittend werk")).to_be_visible()
    await expect(bram.get_by_text("Onderzocht")).to_have_count(0)
    await assert_accessible(bram)
    await shot(bram, f"dossier-manager-390-{name}")

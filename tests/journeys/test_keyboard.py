"""Everything that matters by keyboard alone: setting up, recovering, a manager's day, writing, entrusting."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import UUID

import pyotp
import pytest
from playwright.async_api import expect

from backend.dossier.lifecycle import open_dossier
from backend.dossier.post_action import NewAction, post_action
from backend.foundation import clock
from backend.foundation.database import execute, fetch_value
from backend.foundation.tokens import new_id
from tests.cast import PASSWORD, Cast, person_of
from tests.journeys.conftest import Phone
from tests.journeys.keyboard import keyboard
from tests.journeys.site import Site
from tests.journeys.steps import (
    HOME,
    clear_reports,
    empty,
    fresh_app,
    heading,
    sick_since,
    spells,
    today,
    writable,
)
from tests.uploads.samples import pdf


@pytest.fixture(autouse=True)
async def nothing_yet(on_site: Site) -> None:
    """Nobody is sick, tried anything, wrote anything or was entrusted with anything."""
    await clear_reports()
    await empty("factor", "recovery_code", "medical_delegation", "attempts")
    await execute("UPDATE account SET language = 'nl'")


@pytest.fixture
async def dossier(nothing_yet: None, cast_template: Cast) -> UUID:
    """Anna's, just opened."""
    assert cast_template.anna.employment
    return await open_dossier(cast_template.anna.employment, today(-1), now=clock.now())


async def test_signing_in_and_setting_up_the_second_factor(phone: Phone, cast_template: Cast) -> None:
    keys = await keyboard(phone, None)
    page = keys.page
    await page.goto("/sign-in")
    await keys.goes_round()
    await keys.write(page.get_by_label("Gebruikersnaam"), cast_template.kees.email)
    await keys.write(page.get_by_label("Wachtwoord", exact=True), PASSWORD)
    await keys.to(page.get_by_role("button", name="Toon"))
    await keys.back_to(page.get_by_label("Gebruikersnaam"))
    await keys.enter(page.get_by_role("button", name="Inloggen"))
    await heading(page, "Extra controle bij inloggen")
    await keys.enter(page.get_by_role("link", name="Start"))
    await keys.choose(page.get_by_role("radio", name="Authenticator-app"))
    await keys.enter(page.get_by_role("button", name="Volgende"))
    secret = (await page.locator("#secret").text_content() or "").replace(" ", "")
    await keys.goes_round()
    await keys.write(page.get_by_label("Code uit de app"), pyotp.TOTP(secret).now())
    await keys.enter(page.get_by_role("button", name="Volgende"))
    await heading(page, "Je herstelcode")
    await keys.to(page.get_by_label("Mijn herstelcode is veilig opgeborgen"))
    await keys.press("Space")
    await keys.enter(page.get_by_role("button", name="Afronden"))
    await expect(page).to_have_url(HOME)
    keys.is_easy()


@pytest.mark.parametrize("width", [390, 1280])
async def test_signing_in_and_reporting_sick(phone: Phone, cast_template: Cast, width: int) -> None:
    daan = cast_template.daan
    secret = await fresh_app(daan)
    keys = await keyboard(phone, None, width=width)
    page = keys.page
    await page.goto("/sign-in")
    await keys.press("Tab")
    await expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    await keys.write(page.get_by_label("Gebruikersnaam"), daan.email)
    await keys.write(page.get_by_label("Wachtwoord", exact=True), PASSWORD)
    await keys.to(page.get_by_label("Aangemeld blijven"))
    await keys.press("Space")
    await keys.enter(page.get_by_role("button", name="Inloggen"))
    await heading(page, "Extra controle")
    await keys.write(page.get_by_label("Code uit de app"), pyotp.TOTP(secret).now())
    await keys.enter(page.get_by_role("button", name="Inloggen"))
    await heading(page, "Dag Daan")
    await keys.goes_round()
    await keys.enter(page.get_by_role("link", name="Ziek melden"))
    await keys.write(page.get_by_label("Gewerkte uren op deze dag"), "2,3")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_be_focused()
    await keys.write(page.get_by_label("Gewerkte uren op deze dag"), "2,5")
    await keys.enter(page.locator("summary", has_text="Nog een paar vragen"))
    await keys.write(page.get_by_label("Hoe lang denk je dat het duurt?"), "Een paar dagen")
    await keys.choose(page.get_by_label("Zeg ik liever niet"))
    await keys.enter(page.get_by_role("button", name="Controleer je melding"))
    await heading(page, "Controleer en verstuur")
    await keys.goes_round()
    await keys.enter(page.get_by_role("button", name="Ziek melden"))
    await heading(page, "Je bent ziek gemeld")
    assert await spells(daan) == 1
    keys.is_easy()


async def test_proposing_hours_and_recovering(phone: Phone, cast_template: Cast) -> None:
    await sick_since(cast_template.daan)
    keys = await keyboard(phone, cast_template.daan)
    page = keys.page
    await page.goto("/")
    await keys.enter(page.get_by_role("link", name="Ik werk weer voor een deel"))
    await keys.write(page.get_by_label("Hoeveel uur per week?"), "12,5")
    await keys.enter(page.get_by_role("button", name="Voorstel versturen"))
    await heading(page, "Je voorstel is verstuurd")
    await keys.enter(page.get_by_role("link", name="Naar je dashboard"))
    await keys.enter(page.get_by_role("link", name="Hersteld melden"))
    await heading(page, "Hersteld melden")
    await keys.goes_round()
    await keys.enter(page.get_by_role("button", name="Hersteld melden"))
    await heading(page, "Je bent hersteld gemeld")
    assert await fetch_value("SELECT recovered_on FROM spell") == today()
    keys.is_easy()


async def test_a_manager_finds_calls_does_and_puts_off(phone: Phone, cast_template: Cast) -> None:
    spell = await sick_since(cast_template.anna)
    dossier = await fetch_value("SELECT dossier FROM spell WHERE id = $1", spell)
    bram, now = await person_of(cast_template.bram, now=clock.now()), clock.now()
    for what in ("Bel Anna", "Maak een rooster"):
        action = NewAction(what, "", cast_template.bram_as_manager, today(1))
        await post_action(bram, dossier, action, new_id(), now=now)
    keys = await keyboard(phone, cast_template.bram)
    page = keys.page
    await page.goto("/team?q=a")
    await keys.goes_round()
    await keys.write(page.get_by_label("Zoek op naam"), "aalb")
    await expect(page.get_by_role("status")).to_contain_text("1 persoon gevonden met “aalb”")
    await keys.enter(page.get_by_role("link", name="Anna Aalbers", exact=True))
    await heading(page, "Anna Aalbers")
    await keys.to(page.get_by_role("link", name=re.compile("^Bel Carla Claes")))
    await keys.enter(page.get_by_role("link", name="Te doen"))
    await heading(page, "Wat moet ik doen")
    await keys.goes_round()
    await keys.enter(page.get_by_role("button", name=re.compile("Gedaan.*Bel Anna")))
    await expect(page.get_by_role("status")).to_contain_text("Afgerond: Bel Anna")
    await keys.enter(page.get_by_role("link", name=re.compile("Uitstellen.*rooster")))
    await keys.write_day(page.get_by_label("Nieuwe datum"), str(today(3)))
    await keys.enter(page.get_by_role("button", name="Uitstellen"))
    alert = page.get_by_role("alert")
    await expect(alert).to_contain_text("Schrijf waarom dit later wordt.")
    await expect(alert).to_be_focused()
    await keys.write(page.get_by_label("Waarom wordt het later?"), "Morgen is er meer tijd.")
    await keys.enter(page.get_by_role("button", name="Uitstellen"))
    await expect(page.get_by_role("status")).to_contain_text("Nu uiterlijk")
    keys.is_easy()


async def test_writing_a_note_an_action_and_a_document(
    phone: Phone, cast_template: Cast, dossier: UUID, tmp_path: Path
) -> None:
    keys = await keyboard(phone, cast_template.bram)
    page, send = keys.page, keys.page.get_by_role("button", name="Zet in het dossier")
    await page.goto(f"/dossiers/{dossier}")
    await keys.goes_round()
    await keys.enter(page.get_by_role("link", name="Notitie", exact=True))
    await keys.choose(page.get_by_label("Afspraak over het werk"))
    await keys.write(page.get_by_label("Tekst"), "Vier uur per dag.")
    await keys.enter(send)
    await expect(page.get_by_role("heading", name="Afspraak over het werk")).to_be_visible()
    await keys.enter(page.get_by_role("link", name="Actie", exact=True))
    await keys.write(page.get_by_label("Wat gaat er gebeuren?"), "Samen het rooster maken")
    await keys.choose(page.get_by_label("Anna Aalbers"))
    await keys.write_day(page.get_by_label("Uiterlijk op"), str(today(10)))
    await keys.enter(send)
    await expect(page.get_by_role("heading", name="Samen het rooster maken")).to_be_visible()
    # The browser is told to hand the chooser over long before the key is pressed: told just before, it may
    # hear of the key first.
    page.on("filechooser", lambda _chooser: None)
    await keys.enter(page.get_by_role("link", name="Document", exact=True))
    files = page.get_by_label("Bestanden")
    await keys.to(files)
    await writable(page)
    await expect(files.first).to_be_focused()
    letter = tmp_path / "brief.pdf"
    letter.write_bytes(pdf())
    async with page.expect_file_chooser() as opened:
        await page.keyboard.press("Space")
    await (await opened.value).set_files(letter)
    await expect(page.get_by_role("button", name=re.compile("Haal weg.*brief.pdf"))).to_be_visible()
    await keys.goes_round()
    await keys.enter(send)
    await expect(page.get_by_role("heading", name="brief")).to_be_visible()
    keys.is_easy()


async def test_a_doctor_advises_and_entrusts(phone: Phone, cast_template: Cast, dossier: UUID) -> None:
    keys = await keyboard(phone, cast_template.helpers["dirk"])
    page = keys.page
    await page.goto(f"/dossiers/{dossier}")
    await keys.enter(page.get_by_role("link", name="Advies", exact=True))
    await keys.write(page.get_by_label("Wat kan wel?"), "Zittend werk")
    await keys.write(page.get_by_label("Wat kan nu niet?"), "Tillen")
    await keys.write(page.get_by_label("Hoe lang duurt dit naar verwachting?"), "Zes weken")
    await keys.enter(page.get_by_role("button", name="Zet in het dossier"))
    await expect(page.get_by_text("Zittend werk")).to_be_visible()
    await page.goto("/account/entrusted")
    await keys.write(page.get_by_label("Wachtwoord", exact=True), PASSWORD)
    await keys.enter(page.get_by_role("button", name="Verder"))
    await heading(page, "Wie het medische deel ziet")
    await keys.goes_round()
    await keys.enter(page.get_by_role("button", name=re.compile("Toevertrouwen.*Claes")))
    await expect(page.get_by_text("Ziet het medische deel sinds")).to_be_visible()
    assert await fetch_value("SELECT count(*) FROM medical_delegation") == 1
    keys.is_easy()

"""From the invitation mail to "beter", as one person goes it: with script, and once more without."""

from __future__ import annotations

import re
from pathlib import Path

import pyotp
import pytest
from playwright.async_api import Page, expect

from backend.foundation import clock
from backend.foundation.tokens import new_id
from backend.invitations.invite import invite
from backend.organisations.tables import Employment
from tests.cast import Cast
from tests.journeys.conftest import Phone
from tests.journeys.later import keeps_the_account, others_write, reads, signs_in_again
from tests.journeys.site import Site
from tests.journeys.steps import HOME, heading

EMAIL = "mees@voorbeeld.example"
TYPED = {
    "Telefoonnummer waarop je nu bereikbaar bent": "06 87 65 43 21",
    "Adres waar je nu bent": "Logeerkamer van oma in Appelscha",
    "Hoe lang denk je dat het duurt?": "Tot de paardenmarkt ongeveer",
    "Werk dat nu door moet gaan": "Desem voeden, sleutel ligt bij Harm",
}
WORDS = "zeven zachte broodjes op zondag"
HOURS_TYPED = "De ochtenden, aan de kassa"
NEVER_MAILED = (*TYPED.values(), "+31687654321", "687654321", "87 65 43 21", HOURS_TYPED, "vangnet", "Zeg ik")


@pytest.fixture
async def invited(on_site: Site, cast_template: Cast) -> None:
    """Mees begins at the bakery today, and is invited."""
    id = new_id()
    await Employment.delete().where(Employment.email == EMAIL, Employment.account.is_null())
    await Employment.update({Employment.email: None}).where(Employment.email == EMAIL)
    await Employment.insert(
        Employment(
            id=id, employer=cast_template.bakery, first_name="Mees", last_name="Mulder",
            birth_date=cast_template.gijs.birth_date, email=EMAIL, personnel_number="12", job="bakker",
            manager=cast_template.bram_as_manager, case_manager=cast_template.carla,
        )
    )  # fmt: skip
    await invite(id, now=clock.now())


async def registers(page: Page, site: Site, username: str, *, javascript: bool) -> None:
    """Journeys 1 and 2."""
    mail = await site.next_message(EMAIL, about="Account registreren")
    (link,) = [link for link in mail["links"] if "/invitations/" in link]
    assert link in mail["html"]
    await page.goto(link)
    await heading(page, "Account registreren")
    await page.get_by_label("E-mailadres").fill(f"  {EMAIL.upper()} ")
    await page.get_by_label("Geboortedatum").fill("1-2-1990")
    await page.get_by_role("button", name="Volgende").click()

    await heading(page, "Kies een wachtwoord")
    await page.get_by_label("Gebruikersnaam").fill(username)
    password, meter = page.get_by_label("Wachtwoord", exact=True), page.locator("#password-strength")
    await password.fill("welkom welkom")
    if javascript:
        await expect(meter.locator(".strength")).to_have_attribute("data-score", re.compile("[01]"))
        await password.fill(WORDS)
        await expect(meter.locator(".strength")).to_have_attribute("data-score", re.compile("[34]"))
        await page.get_by_role("button", name="Toon").click()
        await expect(password).to_have_attribute("type", "text")
        await page.get_by_role("button", name="Verberg").click()
    else:
        await page.get_by_role("button", name="Hoe sterk is dit wachtwoord?").click()
        await expect(page.locator("main")).to_contain_text("Typ hieronder nog een keer")
    await password.fill(WORDS)
    await page.get_by_role("button", name="Wachtwoord aanmaken").click()


async def sets_up_the_app(page: Page) -> str:
    """Journey 3; what the app keeps."""
    await heading(page, "Extra controle bij inloggen")
    await page.goto("/")
    await heading(page, "Extra controle bij inloggen")
    await page.get_by_role("link", name="Start").click()
    await page.get_by_role("radio", name="Authenticator-app").check()
    await page.get_by_role("button", name="Volgende").click()
    secret = (await page.locator("#secret").text_content() or "").replace(" ", "")
    await page.get_by_label("Code uit de app").fill(pyotp.TOTP(secret).now())
    await page.get_by_role("button", name="Volgende").click()
    return secret


async def puts_the_code_away(page: Page, *, javascript: bool) -> None:
    """Journey 4."""
    await heading(page, "Je herstelcode")
    code = (await page.locator("#recovery-code").inner_text()).strip()
    if javascript:
        await page.get_by_role("button", name="Kopieer de code").click()
        await expect(page.get_by_role("button", name="Gekopieerd")).to_be_visible()
        assert await page.evaluate("navigator.clipboard.readText()") == code
        async with page.expect_download() as started:
            await page.get_by_role("button", name="Download de code").click()
        kept = await started.value
        assert kept.suggested_filename == "beterschap-herstelcode.txt"
        assert Path(await kept.path()).read_text().strip() == code
    else:
        await expect(page.get_by_role("button", name="Kopieer de code")).to_be_hidden()
    await page.get_by_label("Mijn herstelcode is veilig opgeborgen").check()
    await page.get_by_role("button", name="Afronden").click()
    await expect(page).to_have_url(HOME)
    await heading(page, "Dag Mees")
    await expect(page.locator(f"text={code}")).to_have_count(0)


async def reports_sick(page: Page) -> None:
    """Journey 7, with every question that may be skipped."""
    await expect(page.get_by_role("link", name=re.compile("^Bel Bram Bos"))).to_have_attribute(
        "href", "tel:+31612345678"
    )
    await page.get_by_role("link", name="Ziek melden").click()
    await heading(page, "Ziek melden")
    await page.get_by_label("Gewerkte uren op deze dag").fill("2,5")
    await page.get_by_text("Nog een paar vragen").click()
    for label, typed in TYPED.items():
        await page.get_by_label(label).fill(typed)
    await (
        page.get_by_role("group", name="Geldt er een speciale regeling?")
        .get_by_label("Zeg ik liever niet")
        .check()
    )
    await page.get_by_role("button", name="Controleer je melding").click()
    await heading(page, "Controleer en verstuur")
    await expect(page.locator("main")).to_contain_text("2,5")
    await page.get_by_role("button", name="Ziek melden").click()
    await heading(page, "Je bent ziek gemeld")
    await expect(page.get_by_text("Bram Bos en Carla Claes krijgen bericht.")).to_be_visible()
    await page.get_by_role("link", name="Naar je dashboard").click()
    # The dossier is there without a click.
    await expect(page.locator("#dossier .entry").first).to_contain_text("Ziek gemeld")


async def works_partly(page: Page) -> None:
    """Journey 10."""
    await page.get_by_role("link", name="Ik werk weer voor een deel").click()
    await page.get_by_label("Hoeveel uur per week?").fill("12,5")
    await page.get_by_label("Hoe verdeel je die uren?").fill(HOURS_TYPED)
    await page.get_by_role("button", name="Voorstel versturen").click()
    await heading(page, "Je voorstel is verstuurd")
    await page.get_by_role("link", name="Naar je dashboard").click()
    await expect(page.locator("#dossier .entry").first).to_contain_text("Weer voor een deel aan het werk")


async def recovers(page: Page) -> None:
    """Journeys 11 and 9."""
    await page.get_by_role("link", name="Hersteld melden").click()
    await heading(page, "Hersteld melden")
    await page.get_by_role("button", name="Hersteld melden").click()
    await heading(page, "Je bent hersteld gemeld")
    await page.get_by_role("link", name="Naar je dashboard").click()
    await heading(page, "Dag Mees")
    await expect(page.locator("#dossier")).to_have_count(0)
    await expect(page.get_by_role("link", name="Ziek melden")).to_be_visible()
    await page.get_by_role("navigation").get_by_role("link", name="Dossier").click()
    await page.locator("section", has_text="Gesloten").locator(".row").first.click()
    await expect(page.locator("main")).to_contain_text("gesloten")
    entries = page.locator(".entry")
    await expect(entries.first).to_contain_text("Hersteld gemeld")
    await expect(entries.last).to_contain_text("Ziek gemeld")


async def everyone_is_told(site: Site, words: tuple[str, str]) -> None:
    """The manager and case manager by `words[0]`, the employee by `words[1]`; nothing that was written."""
    people = {"bram@voorbeeld.example": words[0], "carla@arborust.example": words[0], EMAIL: words[1]}
    for to, about in people.items():
        mail = await site.next_message(to, about=about)
        everything = mail["subject"] + mail["text"] + mail["html"]
        for never in NEVER_MAILED:
            assert never.lower() not in everything.lower(), f"{never!r} in the mail to {to}"
        assert "ziek" not in mail["subject"].lower(), "subjects show on locked phones"


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
async def test_from_the_invitation_to_better(
    phone: Phone, site: Site, invited: None, javascript: bool
) -> None:
    options = {"permissions": ["clipboard-read", "clipboard-write"]} if javascript else {}
    page = await phone(javascript=javascript, **options)
    username = EMAIL if javascript else "mees.zonder.script"
    await registers(page, site, username, javascript=javascript)
    secret = await sets_up_the_app(page)
    await puts_the_code_away(page, javascript=javascript)
    await signs_in_again(page, username, WORDS, secret)
    await reports_sick(page)
    await everyone_is_told(site, ("heeft zich ziek gemeld", "Je melding is binnen"))
    await others_write(site, EMAIL)
    await reads(page, javascript=javascript)
    await works_partly(page)
    await everyone_is_told(site, ("wil weer voor een deel werken", "Je voorstel is binnen"))
    await recovers(page)
    await everyone_is_told(site, ("heeft zich hersteld gemeld", "hersteld gemeld"))
    await keeps_the_account(page, WORDS)

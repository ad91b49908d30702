"""The rest of the whole way: signing in again, reading what others put there, and one's own account."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pyotp
from playwright.async_api import Page, expect

from backend.audit.looked import looked
from backend.dossier.publish import publish
from backend.foundation import clock
from backend.foundation.database import fetch_one
from backend.gateways import files
from tests.dossier.conftest import store
from tests.journeys.site import Site
from tests.journeys.steps import HOME, heading, powered

LONG = "We spraken over het werk en over de uren. " * 12 + "Einde."


async def confirms(page: Page, password: str) -> None:
    """Gives the password once more."""
    await heading(page, "Ben jij het?")
    await page.get_by_label("Wachtwoord", exact=True).fill(password)
    await page.get_by_role("button", name="Verder").click()


async def signs_in_again(page: Page, username: str, password: str, secret: str) -> None:
    """Journey 5: out, and in for a month, with a code that was not used yet."""
    await page.goto("/account")
    await page.get_by_role("button", name="Uitloggen").click()
    await heading(page, "Inloggen")
    await page.get_by_label("Gebruikersnaam").fill(username)
    await page.get_by_label("Wachtwoord", exact=True).fill(password)
    await page.get_by_label("Aangemeld blijven").check()
    await page.get_by_role("button", name="Inloggen").click()
    await heading(page, "Extra controle")
    code = pyotp.TOTP(secret).at(clock.now(), counter_offset=1)
    await page.get_by_label("Code uit de app").fill(code)
    await page.get_by_role("button", name="Inloggen").click()
    await expect(page).to_have_url(HOME)
    (cookie,) = [one for one in await page.context.cookies() if one["name"] == "session"]
    kept = cookie["expires"] - clock.now().timestamp()
    assert timedelta(days=29).total_seconds() < kept <= timedelta(days=30).total_seconds()


async def others_write(site: Site, email: str) -> None:
    """Bram puts a long note and a letter in the running dossier, and reads it."""
    files.use(site.environment["FILES_URL"])
    found: Any = await fetch_one(
        "SELECT d.id, m.id AS employment, m.account AS employee, r.account"
        " FROM dossier d JOIN employment m ON m.id = d.employment JOIN role_holder r ON r.id = m.manager"
        " WHERE m.email = $1 AND d.closed_on IS NULL",
        email,
    )
    now, bram = clock.now(), {"author_name": "Bram Bos", "author_role": "manager"}
    await publish(found["id"], "note", now=now, title="Verslag van het gesprek", body=LONG, **bram)
    letter = await publish(found["id"], "document", now=now, title="Uitnodiging", body="Tot dan.", **bram)
    await store(b"%PDF-1.7", "Uitnodiging.pdf", letter)
    await looked(
        employment=found["employment"], employee=found["employee"], viewer=found["account"],
        viewer_name="Bram Bos", viewer_role="manager", what="dossier", subject=found["id"], now=now,
    )  # fmt: skip


async def reads(page: Page, *, javascript: bool) -> None:
    """Journey 8: a whole note, and a document."""
    await page.goto("/")
    await expect(page.locator("#dossier .entry.note")).not_to_contain_text("Einde.")
    async with page.expect_download() as started:
        await page.get_by_role("link", name=re.compile("^Download")).click()
    assert (await started.value).suggested_filename == "Uitnodiging.pdf"
    await page.wait_for_load_state("load")
    if javascript:
        await powered(page)
    await page.get_by_role("link", name=re.compile("^Lees notitie")).click()
    await expect(page.get_by_role("main")).to_contain_text("Einde.")
    assert ("/notes/" in page.url) is not javascript
    await page.goto("/")


async def keeps_the_account(page: Page, password: str) -> None:
    """Journey 12: who looked, the devices, another language and back, a new recovery code and password."""
    await page.goto("/account")
    await page.get_by_role("link", name=re.compile("^Wie heeft mijn dossier bekeken")).click()
    await confirms(page, password)
    await expect(page.get_by_role("main")).to_contain_text("Bram Bos, leidinggevende")
    await page.goto("/account/devices")
    await expect(page.get_by_role("main")).to_contain_text("Dit apparaat")
    await page.goto("/account/factors")
    await expect(page.get_by_role("main")).to_contain_text("Een extra controle moet er altijd zijn.")
    await page.goto("/account/language")
    await page.get_by_label("English").check()
    await page.get_by_role("button", name="Taal opslaan").click()
    await heading(page, "My account")
    await page.goto("/account/language")
    await page.get_by_label("Nederlands").check()
    await page.locator("main form button").click()
    await heading(page, "Mijn account")
    await page.get_by_role("link", name=re.compile("^Herstelcode")).click()
    await page.get_by_role("button", name="Maak een nieuwe herstelcode").click()
    await page.get_by_label("Mijn herstelcode is veilig opgeborgen").check()
    await page.get_by_role("button", name="Afronden").click()
    await expect(page.get_by_role("status")).to_contain_text("Je nieuwe herstelcode werkt vanaf nu.")
    await page.goto("/account/password")
    await page.get_by_label("Nieuw wachtwoord").fill("acht aardige aardbeien")
    await page.get_by_role("button", name="Wachtwoord opslaan").click()
    await expect(page.get_by_role("status")).to_contain_text("Je wachtwoord is veranderd")

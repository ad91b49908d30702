"""One dossier, and everybody around it with a phone of their own: who reads, who writes, who may not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import Page, expect

from tests.cast import Cast
from tests.gateways.push_service import PushService
from tests.journeys.conftest import Phone
from tests.journeys.pushed import Pushed
from tests.journeys.site import Site
from tests.uploads.samples import pdf

NEWS = "iets nieuws voor je klaar"
SEND = "Zet in het dossier"


@dataclass
class Around:
    """`reading` has the dossier open all the time; each writes on a second page of the same phone."""

    site: Site
    cast: Cast
    dossier: str
    reading: dict[str, Page]
    strangers: dict[str, Page]
    pushed: dict[str, Pushed]
    read: list[tuple[tuple[str, ...], str]] = field(default_factory=list)

    async def write(self, who: str, what: str) -> Page:
        """The page on which somebody adds something."""
        page = await self.reading[who].context.new_page()
        await page.goto(self.dossier)
        await page.get_by_role("link", name=what, exact=True).click()
        return page

    async def send(self, page: Page) -> None:
        """Puts it in the dossier, and lays the page aside."""
        await page.get_by_role("button", name=SEND).click()
        await expect(page).to_have_url(re.compile("#entry-"))
        await page.close()

    async def is_read(self, *words: str, by: str) -> None:
        """Exactly these people read it at once, on the page they have open; `by` is their names."""
        self.read.append((words, by))
        await self._shows(words, by)

    async def stays(self) -> None:
        """All of that still is so after a reload; strangers find no dossier."""
        for page in self.reading.values():
            await page.reload()
        for words, by in self.read:
            await self._shows(words, by)
        for page in self.strangers.values():
            answer = await page.request.get(self.dossier)
            assert answer.status == 404

    async def _shows(self, words: tuple[str, ...], by: str) -> None:
        readers = by.split()
        for name in sorted(self.reading, key=lambda one: one not in readers):
            shown = expect(self.reading[name].get_by_role("main"))
            for one in words:
                await (shown.to_contain_text if name in readers else shown.not_to_contain_text)(one)

    async def is_told(self, name: str, about: str = NEWS, *, push: bool = True) -> dict[str, Any]:
        """A mail came, and a push that says nothing of what it is about; `push` is False for the answer to
        what somebody just did on that phone. The push."""
        everyone = self.cast.everyone()
        mail = await self.site.next_message(everyone[name].email, about=about)
        assert "ziek" not in mail["subject"].lower(), "subjects show on locked phones"
        if not push:
            return {}
        message = await self.pushed[name].next_push()
        assert (message["title"], message["body"]) == ("Beterschap", f"Er staat {NEWS}")
        return message


async def gather(phone: Phone, site: Site, cast: Cast, service: PushService) -> Around:
    """Anna, Bram, Carla and Dirk, each with pushes turned on; Daan who works beside her, Hanna of the other
    branch, Lars of another provider."""
    helpers = cast.helpers
    near = {"anna": cast.anna, "bram": cast.bram, "carla": helpers["carla"], "dirk": helpers["dirk"]}
    far = {"daan": cast.daan, "hanna": helpers["hanna"], "lars": helpers["lars"]}
    reading = {name: await phone(signed_in_as=member) for name, member in near.items()}
    strangers = {name: await phone(signed_in_as=member) for name, member in far.items()}
    pushed = {name: Pushed(page, service, name) for name, page in reading.items()}
    for one in pushed.values():
        await one.turn_on()
    return Around(site, cast, "", reading, strangers, pushed)


async def note(around: Around, who: str, text: str, *, kind: str = "", audience: str = "") -> None:
    """Somebody writes a note."""
    page = await around.write(who, "Notitie")
    if kind:
        await page.get_by_label(kind).check()
    await page.get_by_label("Tekst").fill(text)
    if audience:
        await page.get_by_label(audience).check()
    await around.send(page)


async def document(around: Around, who: str, name: str, text: str) -> None:
    """Somebody adds a letter."""
    page = await around.write(who, "Document")
    letter: Any = {"name": name, "mimeType": "application/pdf", "buffer": pdf()}
    await page.get_by_label("Bestanden", exact=True).set_input_files([letter])
    await page.get_by_label("Tekst erbij").fill(text)
    await around.send(page)


async def action(around: Around, who: str, what: str, whose: str, day: object) -> None:
    """Somebody asks somebody to do something."""
    page = await around.write(who, "Actie")
    await page.get_by_label("Wat gaat er gebeuren?").fill(what)
    await page.get_by_label(whose).check()
    await page.get_by_label("Uiterlijk op").fill(str(day))
    await around.send(page)


async def advice(around: Around, what: str, can: str, *, percentage: str = "", medical: str = "") -> None:
    """The doctor writes an advice, or a problem analysis with its medical part."""
    page = await around.write("dirk", what)
    await page.get_by_label("Wat kan wel?").fill(can)
    await page.get_by_label("Wat kan nu niet?").fill("Tillen")
    await page.get_by_label("Hoe lang duurt dit naar verwachting?").fill("Zes weken")
    await page.get_by_label("Percentage arbeidsongeschikt").fill(percentage)
    if medical:
        await page.get_by_label("Medisch deel").fill(medical)
    await around.send(page)

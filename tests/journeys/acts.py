"""What people do on a page to bring it into one of its states."""

from __future__ import annotations

import pyotp
from playwright.async_api import Page

from tests.journeys.scene import SEND, Do
from tests.journeys.steps import powered, writable
from tests.uploads.hostile import HOSTILE
from tests.uploads.samples import pdf

WORDS_OF_THE_PHONE = ("waiting", "sign-in", "sent", "refused", "conflict", "expired")
OPENED = """() => indexedDB.databases().then((all) => all.some(({name}) => name === "beterschap"))"""
PUT = """(states) => new Promise((done) => {
  const opening = indexedDB.open("beterschap");
  opening.onsuccess = () => {
    const transaction = opening.result.transaction("reports", "readwrite");
    for (const state of states) transaction.objectStore("reports").put({
      id: state, state, kind: "report", url: "/absence/report", owner: "", body: null, iv: null,
      message: "Je bent al ziek gemeld.", createdAt: Date.now() });
    transaction.oncomplete = () => { opening.result.close(); done(); };
  };
})"""


async def unfold(page: Page) -> None:
    """Opens everything that folds away."""
    folded = page.locator("main details:not([open]) > summary")
    while await folded.count():
        await folded.first.click()


async def switch(page: Page) -> None:
    """Opens the list of employers."""
    await page.locator(".switch summary").click()


def follow(link: str) -> Do:
    """Goes where the first such link leads."""

    async def go(page: Page) -> None:
        await page.goto(str(await page.locator(link).first.get_attribute("href")))

    return go


note = follow(".entry a.act[hx-get]")
dossier = follow("main .row")


async def app(page: Page) -> None:
    """Chooses the app, and reads all there is to read."""
    await page.locator("[value=authenticator]").check()
    async with page.expect_navigation():
        await page.locator(SEND).first.click()
    await unfold(page)


async def code_sent(page: Page) -> None:
    """The page asks for the code by itself."""
    await page.locator("#code").wait_for()


async def recovery_code(page: Page) -> None:
    """Sets the app up, and so is shown the recovery code; asks to go on without the tick."""
    secret = (await page.locator("#secret").text_content() or "").replace(" ", "")
    await page.locator("#code").fill(pyotp.TOTP(secret).now())
    async with page.expect_navigation():
        await page.locator(SEND).first.click()
    async with page.expect_navigation():
        await page.locator("form[action='/second-factor/recovery-code'] button").first.click()


async def kept_reports(page: Page) -> None:
    """Everything that the phone can say about a report that waits."""
    await page.wait_for_function(OPENED)
    await page.evaluate(PUT, list(WORDS_OF_THE_PHONE))
    await page.reload()
    await page.locator("#offline-status .notice").nth(len(WORDS_OF_THE_PHONE) - 1).wait_for()


async def install_hint(page: Page) -> None:
    """What an iPhone shows."""
    await page.locator("[data-install]").evaluate("it => { it.hidden = false; it.classList.add('is-ios'); }")


async def no_file(page: Page) -> None:
    """Sends the form for documents without any; with script the page stays."""
    await writable(page)
    await page.locator(SEND).first.click()
    await page.locator("#files-error .error").first.wait_for()


async def desk(page: Page) -> None:
    """At a wide screen, opens the first dossier beside the list."""
    await page.set_viewport_size({"width": 1280, "height": 844})
    await powered(page)
    await page.locator("a.case").first.click()
    await page.locator("#desk h1").wait_for()
    await page.set_viewport_size({"width": 390, "height": 844})


def press_folded(button: str) -> Do:
    """Opens everything, then sends the form with that button."""

    async def press(page: Page) -> None:
        await unfold(page)
        async with page.expect_navigation():
            await page.locator(button).first.click()

    return press


async def write_beside(page: Page) -> None:
    """At a wide screen, opens the sheet for a note beside the dossier."""
    await page.set_viewport_size({"width": 1280, "height": 844})
    await writable(page)
    await page.locator("[data-composer] a").first.click()
    await page.locator(".sheet-pane form").wait_for()


async def files_refused(page: Page) -> None:
    """Sends two files, one of which is not taken."""
    good = {"name": "brief.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    bad = {"name": "macro.docm", "mimeType": "x/y", "buffer": HOSTILE["macro.docm"][0]}
    await writable(page)
    await page.locator("#files").set_input_files([good, bad])  # type: ignore[list-item]
    await page.locator(SEND).last.click()
    await page.locator("[data-chosen] .error:not([hidden])").wait_for()


async def push_offer(page: Page) -> None:
    """What a phone that may still be asked shows."""
    await page.locator("[data-push-offer]").evaluate("it => { it.hidden = false; }")

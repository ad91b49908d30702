"""Every page and state of the product, as a list: who stands where, and what they did there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import pyotp
from playwright.async_api import Page

from backend.web.errors import WORDS

Do = Callable[[Page], Awaitable[None]]
WORDS_OF_THE_PHONE = ("waiting", "sign-in", "sent", "refused", "conflict", "expired")
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


@dataclass(frozen=True)
class Scene:
    """`who` stands at `path`; fills in fields by their selector and presses a button, or does more."""

    name: str
    who: str
    path: str
    fill: dict[str, str] = field(default_factory=dict)
    press: str | None = None
    do: Do | None = None

    async def open(self, page: Page) -> None:
        """Brings the page there."""
        await page.goto(self.path)
        for selector, typed in self.fill.items():
            await page.locator(selector).first.fill(typed)
        if self.press:
            async with page.expect_navigation():
                await page.locator(self.press).first.click()
        if self.do:
            await self.do(page)


SEND = "main form button:not([type=button], .no-script)"


async def unfold(page: Page) -> None:
    """Opens everything that folds away."""
    folded = page.locator("main details:not([open]) > summary")
    while await folded.count():
        await folded.first.click()


async def switch(page: Page) -> None:
    """Opens the list of employers."""
    await page.locator(".switch summary").click()


async def note(page: Page) -> None:
    """Reads a whole note on its own page."""
    await page.goto(str(await page.locator(".entry a.act[hx-get]").first.get_attribute("href")))


async def dossier(page: Page) -> None:
    """Opens the first dossier of the list."""
    await page.goto(str(await page.locator("main .row").first.get_attribute("href")))


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
    await page.evaluate(PUT, list(WORDS_OF_THE_PHONE))
    await page.reload()
    await page.locator("#offline-status .notice").nth(len(WORDS_OF_THE_PHONE) - 1).wait_for()


async def install_hint(page: Page) -> None:
    """What an iPhone shows."""
    await page.locator("[data-install]").evaluate("it => { it.hidden = false; it.classList.add('is-ios'); }")


ENDED = ("used", "withdrawn", "replaced", "expired", "too_many_tries")
SCENES = [
    Scene("sign in", "nobody", "/sign-in"),
    Scene("sign in, empty", "nobody", "/sign-in", press=SEND),
    Scene("sign in, wrong", "nobody", "/sign-in", {"#username": "x", "#password": "y"}, SEND),
    Scene("signed out", "nobody", "/sign-in?said=signed-out"),
    Scene("forgotten", "nobody", "/forgot-password"),
    Scene("forgotten, empty", "nobody", "/forgot-password", press=SEND),
    Scene("forgotten, sent", "nobody", "/forgot-password", {"#username": "x"}, SEND),
    Scene("dead reset link", "nobody", "/reset-password/nothing"),
    Scene("offline", "nobody", "/offline"),
    Scene("components", "nobody", "/dev/components"),
    Scene("inbox", "nobody", "/dev/inbox"),
    Scene("invitation", "nobody", "/invitations/open"),
    Scene(
        "invitation, wrong", "nobody", "/invitations/open", {"#email": "x", "#birth_date": "31-31-1"}, SEND
    ),
    Scene("unknown invitation", "nobody", "/invitations/nothing"),
    *(Scene(f"invitation {how}", "nobody", f"/invitations/{how}") for how in ENDED),
    *(Scene(f"error {status}", "nobody", f"/error-{status}") for status in WORDS),
    Scene("register", "invited", "/register"),
    Scene("register, weak", "invited", "/register", {"#password": "welkom"}, SEND),
    Scene("factors, start", "half", "/second-factor"),
    Scene("factors, choose", "half", "/second-factor/choose"),
    Scene("factors, nothing chosen", "half", "/second-factor/choose", press=SEND),
    Scene("factors, phone", "half", "/second-factor/sms"),
    Scene("factors, wrong phone", "half", "/second-factor/sms", {"#phone": "1"}, SEND),
    Scene("factors, sms code", "half", "/second-factor/sms", {"#phone": "06 87654321"}, SEND),
    Scene("factors, app", "half", "/second-factor/choose", do=app),
    Scene("factors, wrong code", "half", "/second-factor/authenticator", {"#code": "12"}, SEND),
    Scene("factors, key", "half", "/second-factor/security-key"),
    Scene("recovery code", "half", "/second-factor/authenticator", do=recovery_code),
    Scene("prove, app", "proving", "/sign-in/factor/authenticator"),
    Scene("prove, app, wrong", "proving", "/sign-in/factor/authenticator", {"#code": "000000"}, SEND),
    Scene("prove, sms", "proving", "/sign-in/factor/sms", do=code_sent),
    Scene("prove, key", "proving", "/sign-in/factor/security-key"),
    Scene("prove, recovery code", "proving", "/sign-in/recovery-code"),
    Scene("prove, wrong recovery code", "proving", "/sign-in/recovery-code", {"#code": "x"}, SEND),
    Scene("dashboard, well", "well", "/"),
    Scene("dashboard, to install", "well", "/", do=install_hint),
    Scene("dashboard, what waits", "well", "/", do=kept_reports),
    Scene("dossiers, none", "well", "/dossiers"),
    Scene("report", "well", "/absence/report", do=unfold),
    Scene(
        "report, wrong",
        "well",
        "/absence/report",
        {"#first_sick_day": "2001-01-01", "#worked_hours": "x"},
        SEND,
    ),
    Scene("report, check", "well", "/absence/report", {"#worked_hours": "2,5"}, SEND),
    Scene("offline, with forms", "well", "/offline", do=unfold),
    Scene("link a second job", "linking", "/register/link"),
    Scene("two jobs", "two", "/", do=switch),
    Scene("two jobs, report", "two", "/absence/report"),
    Scene("dashboard, sick", "sick", "/"),
    Scene("spell", "sick", "/absence/report"),
    Scene("hours", "sick", "/absence/hours"),
    Scene("hours, wrong", "sick", "/absence/hours", {"#hours_a_week": "99"}, SEND),
    Scene("return", "sick", "/absence/return"),
    Scene("return, wrong", "sick", "/absence/return", {"#recovered_on": "2001-01-01"}, SEND),
    Scene("withdrawal", "sick", "/withdrawal"),
    Scene("dossiers", "sick", "/dossiers"),
    Scene("dossier", "sick", "/dossiers", do=dossier),
    Scene("note", "sick", "/", do=note),
    Scene("dossiers, closed", "recovered", "/dossiers"),
    Scene("dossier, closed", "recovered", "/dossiers", do=dossier),
    Scene("account", "sick", "/account"),
    Scene("account, changed", "sick", "/account?said=password"),
    Scene("confirm", "recovered", "/confirm"),
    Scene("confirm, wrong", "recovered", "/confirm", {"#password": "x"}, SEND),
    Scene("password", "sick", "/account/password"),
    Scene("password, weak", "sick", "/account/password", {"#password": "welkom"}, SEND),
    Scene("user name", "sick", "/account/username"),
    Scene("user name, empty", "sick", "/account/username", {"#username": ""}, SEND),
    Scene("factors", "sick", "/account/factors"),
    Scene("new recovery code", "sick", "/account/recovery-code"),
    Scene("devices", "sick", "/account/devices"),
    Scene("language", "sick", "/account/language"),
    Scene("who looked", "sick", "/account/access-log"),
    Scene("not there", "sick", "/dossiers/00000000-0000-7000-8000-000000000000"),
]

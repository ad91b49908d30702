"""Being told: pushes turned on where it makes sense, shown by the service worker, and gone at sign-out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.async_api import Page, expect

from backend.dossier.publish import publish
from backend.foundation import clock
from backend.foundation.database import fetch_value
from backend.outbox.add import add
from backend.outbox.kinds import Kind
from tests.cast import Cast, Member
from tests.gateways.push_service import Browser
from tests.journeys.conftest import Phone, assert_accessible
from tests.journeys.site import Site
from tests.journeys.steps import clear_reports, empty, heading, part_came, sick_since
from tests.journeys.test_pwa import IPHONE, ready

PAGE = "/account/telling"
ON = "Meldingen aanzetten"
SHOWN = "navigator.serviceWorker.ready.then((one) => one.getNotifications()).then((all) => all.map(\
({title, body, tag, data}) => ({title, body, tag, opens: data.opens})))"
COUNTED = """(many) => new Promise((done) => {
  const look = () => (self.badges.length < many ? setTimeout(look, 50) : done(self.badges));
  look();
})"""
"""What stood on the app's icon, once that changed so often."""
BADGE = """() => {
  self.badges = [];
  navigator.setAppBadge = async (number) => self.badges.push(number);
  navigator.clearAppBadge = async () => self.badges.push(0);
}"""
RENEWED = """(form) => self.dispatchEvent(Object.assign(new ExtendableEvent("pushsubscriptionchange"), {
  newSubscription: { toJSON: () => ({ endpoint: form.endpoint, keys: form }) },
}))"""
CLICK = """async () => {
  const [notification] = await self.registration.getNotifications();
  self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
}"""
SUBSCRIBES = """(form) => {
  // Chromium asks its maker's service for an address, which no test reaches.
  PushManager.prototype.subscribe = async () => ({
    endpoint: form.endpoint, unsubscribe: async () => true,
    toJSON: () => ({ endpoint: form.endpoint, keys: form }),
  });
}"""


@pytest.fixture(autouse=True)
async def nobody_chose(on_site: Site) -> None:
    """Everybody is told as usual, on no device yet."""
    await empty("push_subscription", "telling_choice")


async def can_subscribe(page: Page, name: str) -> None:
    """The browser may show notifications, and gets an address for them."""
    await page.context.grant_permissions(["notifications"])
    form = Browser(f"https://fcm.googleapis.com/fcm/send/{name}").form()
    await page.context.add_init_script(f"({SUBSCRIBES})({json.dumps(form)})")


async def turns_on(phone: Phone, member: Member) -> Page:
    """The member's phone, with pushes on."""
    page = await phone(signed_in_as=member)
    await can_subscribe(page, member.name.split()[0])
    await page.goto(PAGE)
    await ready(page)
    await part_came(page, "push")
    await page.get_by_role("button", name=ON).click()
    await expect(page.get_by_role("status")).to_have_text("Meldingen staan aan op dit apparaat.")
    return page


async def deliver(page: Page, data: dict[str, Any] | str) -> None:
    """The browser's push service hands a message to the service worker."""
    devtools = await page.context.new_cdp_session(page)
    found: list[str] = []

    def note(event: dict[str, Any]) -> None:
        found.extend(one["registrationId"] for one in event["registrations"])

    devtools.on("ServiceWorker.workerRegistrationUpdated", note)
    await devtools.send("ServiceWorker.enable")
    while not found:
        await page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    origin = page.url.split("/", 3)
    await devtools.send(
        "ServiceWorker.deliverPushMessage",
        {
            "origin": "/".join(origin[:3]),
            "registrationId": found[-1],
            "data": data if isinstance(data, str) else json.dumps(data),
        },
    )
    await devtools.detach()


async def shown_are(page: Page, count: int) -> None:
    """Waits until the phone shows so many."""
    await page.wait_for_function(f"(count) => {SHOWN}.then((all) => all.length === count)", arg=count)


async def test_a_note_is_pushed_shown_and_opened_and_nothing_stays_behind(
    phone: Phone, on_site: Site, cast_template: Cast
) -> None:
    await clear_reports()
    anna = cast_template.anna
    dossier = await fetch_value("SELECT dossier FROM spell WHERE id = $1", await sick_since(anna))
    page = await turns_on(phone, anna)
    note = {"title": "Verslag", "body": "Griep", "author_name": "Bram Bos", "author_role": "manager"}
    entry = await publish(dossier, "note", now=clock.now(), **note)
    await add("entry_posted", {"entry": str(entry)}, now=clock.now(), reader=anna.account, kind=Kind.DOSSIER)
    sent = await on_site.next_message(anna.email, "push")
    assert (sent["subject"], sent["text"]) == ("Beterschap", "Er staat iets nieuws voor je klaar")
    assert sent["links"] == [f"{on_site.url}/dossiers/{dossier}"]
    mail = await on_site.next_message(anna.email, "mail")
    assert mail["subject"] == sent["text"]

    await page.goto("/account")
    (worker,) = page.context.service_workers
    await worker.evaluate(BADGE)
    shown = {"title": sent["subject"], "body": sent["text"], "opens": f"/dossiers/{dossier}", "tag": "one"}
    for _twice in range(2):
        await deliver(page, shown)
    assert await worker.evaluate(COUNTED, 2) == [1, 1], "on the app's icon"
    assert await page.evaluate(SHOWN) == [shown], "the second took the place of the first"
    await worker.evaluate(CLICK)
    await page.wait_for_url(f"**/dossiers/{dossier}")
    await shown_are(page, 0)
    assert await worker.evaluate(COUNTED, 3) == [1, 1, 0]

    await page.goto("/account")
    await deliver(page, shown | {"opens": "https://elsewhere.example/", "tag": "two"})
    await deliver(page, "no JSON at all")
    await shown_are(page, 2)
    await page.get_by_role("button", name="Uitloggen").click()
    await heading(page, "Inloggen")
    await shown_are(page, 0)
    assert await fetch_value("SELECT count(*) FROM push_subscription") == 0


async def test_where_a_push_leads_stays_on_this_site(
    phone: Phone, on_site: Site, cast_template: Cast
) -> None:
    page = await turns_on(phone, cast_template.daan)
    await page.goto("/account")
    await deliver(page, {"title": "x", "body": "y", "opens": "//elsewhere.example/", "tag": "z"})
    await shown_are(page, 1)
    (worker,) = page.context.service_workers
    await worker.evaluate(CLICK)
    await page.wait_for_url(f"{on_site.url}/")


async def test_an_address_that_the_browser_renews_is_handed_over(phone: Phone, cast_template: Cast) -> None:
    page = await turns_on(phone, cast_template.daan)
    before = await fetch_value("SELECT endpoint_hash FROM push_subscription")
    (worker,) = page.context.service_workers
    form = Browser("https://fcm.googleapis.com/fcm/send/renewed").form()
    async with page.context.expect_event("response", lambda one: one.url.endswith("/telling/devices")):
        await worker.evaluate(RENEWED, form)
    assert await fetch_value("SELECT endpoint_hash FROM push_subscription") != before


async def test_another_device_is_listed_and_turned_off(phone: Phone, cast_template: Cast) -> None:
    await turns_on(phone, cast_template.daan)
    other = await phone(signed_in_as=cast_template.daan)
    await other.goto(PAGE)
    await expect(other.locator(".row b")).to_have_text("Chrome, Android")
    await assert_accessible(other)
    await other.get_by_role("button", name="Uitzetten").click()
    await expect(other.get_by_role("status")).to_have_text("Dat apparaat krijgt geen meldingen meer.")
    assert await fetch_value("SELECT count(*) FROM push_subscription") == 0


async def test_an_address_we_do_not_know_is_refused_beside_the_button(
    phone: Phone, cast_template: Cast
) -> None:
    page = await phone(signed_in_as=cast_template.daan)
    await page.context.grant_permissions(["notifications"])
    form = Browser("https://push.elsewhere.example/x").form()
    await page.context.add_init_script(f"({SUBSCRIBES})({json.dumps(form)})")
    await page.goto(PAGE)
    await ready(page)
    await part_came(page, "push")
    await page.get_by_role("button", name=ON).click()
    await expect(page.get_by_role("alert")).to_contain_text("een dienst voor meldingen die wij niet kennen")


ASKED = """
  window.asked = 0;
  Object.defineProperty(Notification, "permission", { get: () => "default" });
  Notification.requestPermission = async () => { window.asked += 1; return "denied"; };
"""


async def test_it_is_offered_once_after_reporting_sick_and_never_asked_unasked(
    phone: Phone, cast_template: Cast
) -> None:
    await clear_reports()
    spell = await sick_since(cast_template.anna)
    for answer in ("Niet nu", "Meldingen aanzetten"):
        page = await phone(signed_in_as=cast_template.anna)
        await page.add_init_script(ASKED)
        await page.goto("/")
        await page.goto(f"/absence/{spell}")
        offer = page.locator("[data-push-offer]")
        await expect(offer).to_contain_text("alleen dat er iets voor je klaarstaat")
        await assert_accessible(page)
        assert await page.evaluate("window.asked") == 0
        await offer.get_by_role("button", name=answer).click()
        if answer == "Niet nu":
            await expect(offer).to_be_hidden()
        else:
            await expect(offer.get_by_role("alert")).to_contain_text("houdt meldingen van deze site tegen")
            assert await page.evaluate("window.asked") == 1
        await page.reload()
        await part_came(page, "push")
        await expect(offer).to_be_hidden()
        await page.goto(PAGE)
        assert await page.evaluate("window.asked") == 0, "not on load"
        await page.context.close()


@pytest.mark.parametrize("width", [320, 390, 1280])
async def test_choosing_works_without_script(phone: Phone, cast_template: Cast, width: int) -> None:
    page = await phone(signed_in_as=cast_template.bram, javascript=False, width=width)
    await page.goto("/account")
    await page.get_by_role("link", name="Hoe wil je bericht krijgen?").click()
    await expect(page.get_by_text("moet JavaScript aanstaan")).to_be_visible()
    await expect(page.get_by_role("button", name=ON)).to_be_hidden()
    people = page.get_by_role("group", name="Nieuws over de mensen die je begeleidt")
    await people.get_by_label("Mail").uncheck()
    await people.get_by_label("Melding").uncheck()
    await page.get_by_role("button", name="Keuze opslaan").click()
    await expect(page.get_by_role("status")).to_have_text("Je keuze is opgeslagen.")
    await expect(people.get_by_label("Mail")).not_to_be_checked()
    reminders = page.get_by_role("group", name="Herinneringen aan wat je moet doen")
    await expect(reminders.get_by_label("Mail, altijd")).to_be_disabled()
    await expect(reminders.get_by_label("Mail, altijd")).to_be_checked()


@pytest.mark.parametrize("dark", [False, True])
async def test_everybody_can_read_it(phone: Phone, cast_template: Cast, dark: bool) -> None:
    for width in (320, 1280):
        page = await phone(signed_in_as=cast_template.helpers["carla"], width=width, dark=dark)
        await page.goto(PAGE)
        await assert_accessible(page)


async def test_an_iphone_is_told_to_install_first(phone: Phone, cast_template: Cast) -> None:
    page = await phone(signed_in_as=cast_template.daan, user_agent=IPHONE)
    await page.add_init_script("delete window.PushManager")
    await page.goto(PAGE)
    await expect(page.get_by_text("tik op Deel en kies Zet op beginscherm")).to_be_visible()
    await expect(page.get_by_role("button", name=ON)).to_be_disabled()
    await expect(page.get_by_role("alert")).to_have_count(0)

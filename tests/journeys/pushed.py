"""A phone that gets pushes: it subscribes at a push service on loopback, and shows what that hands on."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import CDPSession, Page, expect

from tests.gateways.push_service import Browser, PushService
from tests.journeys.kept import installed
from tests.journeys.site import PATIENCE
from tests.journeys.steps import part_came

SUBSCRIBES = """(form) => {
  // Chromium asks its maker's service for an address, which no test reaches.
  PushManager.prototype.subscribe = async () => ({
    endpoint: form.endpoint, unsubscribe: async () => true,
    toJSON: () => ({ endpoint: form.endpoint, keys: form }),
  });
}"""
SHOWN = """() => navigator.serviceWorker.ready
  .then((one) => one.getNotifications())
  .then((all) => all.map(({title, body, data}) => ({title, body, opens: data.opens})))"""


async def registration(devtools: CDPSession) -> str:
    """The identifier of the service worker that this phone has."""
    found: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def registered(event: dict[str, Any]) -> None:
        for one in event["registrations"]:
            if not found.done():
                found.set_result(one["registrationId"])

    devtools.on("ServiceWorker.workerRegistrationUpdated", registered)
    await devtools.send("ServiceWorker.enable")
    return await found


@dataclass
class Pushed:
    """`name`'s phone at that service; `taken` counts the pushes that somebody looked at."""

    page: Page
    service: PushService
    name: str
    browser: Browser = field(init=False)
    taken: int = 0

    def __post_init__(self) -> None:
        self.browser = self.service.browser(self.name)

    async def turn_on(self) -> None:
        """On the page about being told, by its button."""
        await self.page.context.grant_permissions(["notifications"])
        await self.page.add_init_script(f"({SUBSCRIBES})({json.dumps(self.browser.form())})")
        await installed(self.page, "/account/telling")
        await part_came(self.page, "push")
        await self.page.get_by_role("button", name="Meldingen aanzetten").click()
        await expect(self.page.get_by_role("status")).to_contain_text("Meldingen staan aan op dit apparaat")

    async def next_push(self) -> dict[str, Any]:
        """The next one that came for this phone, opened with its own key."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            ours = [got for got in self.service.got if got.path == urlsplit(self.browser.endpoint).path]
            if len(ours) > self.taken:
                self.taken += 1
                return self.browser.opens(ours[self.taken - 1].body)
            await asyncio.sleep(0.1)
        raise AssertionError(f"no push to {self.name} within {PATIENCE} s")

    async def shows(self, message: dict[str, Any]) -> list[dict[str, str]]:
        """Hands the message to the service worker, as the browser does; what the phone then shows."""
        devtools = await self.page.context.new_cdp_session(self.page)
        worker = await registration(devtools)
        address = urlsplit(self.page.url)
        pushed = {
            "origin": f"{address.scheme}://{address.netloc}",
            "registrationId": worker,
            "data": json.dumps(message),
        }
        await devtools.send("ServiceWorker.deliverPushMessage", pushed)
        await devtools.detach()
        await self.page.wait_for_function(f"() => ({SHOWN})().then((all) => all.length > 0)")
        told: list[dict[str, str]] = await self.page.evaluate(SHOWN)
        return told

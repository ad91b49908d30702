"""The app on the home screen: can be installed, says how, and says when a new version is ready."""

from __future__ import annotations

import struct
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from playwright.async_api import Page, expect

from tests.cast import Cast
from tests.journeys.conftest import Phone
from tests.journeys.site import PATIENCE, Site
from tests.journeys.steps import clear_reports, heading

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    " Version/18.0 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
async def client(site: Site) -> AsyncIterator[httpx.AsyncClient]:
    """A program that asks."""
    async with httpx.AsyncClient(base_url=site.url, timeout=PATIENCE) as made:
        yield made


async def ready(page: Page) -> None:
    """The service worker is in charge of the page."""
    await page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await page.wait_for_function("() => navigator.serviceWorker.controller !== null")


async def picture(client: httpx.AsyncClient, one: dict[str, Any]) -> None:
    """It is there, and as large as the manifest says."""
    answer = await client.get("/manifest.webmanifest")
    answer = await client.get(str(answer.url.join(one["src"])))
    assert answer.status_code == 200, one["src"]
    assert answer.headers["content-type"] == one["type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", answer.content[16:24])
    assert one["sizes"] == f"{width}x{height}"


async def test_the_manifest_says_what_it_is(client: httpx.AsyncClient) -> None:
    answer = await client.get("/manifest.webmanifest")
    assert answer.headers["content-type"].startswith("application/manifest+json")
    told = answer.json()
    assert told["name"] == told["short_name"] == "Beterschap"
    assert (told["lang"], told["display"], told["start_url"], told["scope"]) == ("nl", "standalone", "/", "/")
    assert {(icon["purpose"], icon["sizes"]) for icon in told["icons"]} >= {
        ("any", "192x192"), ("any", "512x512"), ("maskable", "192x192"), ("maskable", "512x512"),
    }  # fmt: skip
    assert [(one["name"], one["url"]) for one in told["shortcuts"]] == [
        ("Ziek melden", "/absence/report"),
        ("Dossier", "/dossiers"),
    ]
    assert len(told["screenshots"]) >= 2
    assert all(one["label"] and one["form_factor"] for one in told["screenshots"])
    for one in (*told["icons"], *told["screenshots"], *(i for s in told["shortcuts"] for i in s["icons"])):
        await picture(client, one)


async def test_the_worker_is_an_hour_old_at_most(client: httpx.AsyncClient) -> None:
    answer = await client.get("/sw.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "max-age=3600"


async def test_the_browser_would_install_it(phone: Phone, cast_template: Cast) -> None:
    page = await phone()
    await page.goto("/sign-in")
    await ready(page)
    scope = await page.evaluate(
        "navigator.serviceWorker.ready.then(({scope, active}) => [scope, active.scriptURL])"
    )
    assert [address.split("/", 3)[3] for address in scope] == ["", "sw.js"]
    await page.wait_for_selector("link[rel=manifest]", state="attached")
    devtools = await page.context.new_cdp_session(page)
    found = await devtools.send("Page.getInstallabilityErrors")
    # A context of its own is a private window to Chromium, where nothing can be installed.
    errors = [one["errorId"] for one in found["installabilityErrors"] if one["errorId"] != "in-incognito"]
    assert errors == []
    manifest = await devtools.send("Page.getAppManifest")
    assert manifest["errors"] == []


async def none_on_its_way(page: Page) -> None:
    """No other worker is being installed, which would be offered in its turn."""
    await page.wait_for_function("() => navigator.serviceWorker.ready.then((one) => !one.installing)")


async def test_a_new_version_is_offered_and_taken(phone: Phone, cast_template: Cast) -> None:
    page = await phone(signed_in_as=cast_template.anna)
    await page.goto("/account")
    await ready(page)
    prompt = page.locator(".toast")
    await expect(prompt).to_have_count(0)

    # To the browser, another address is another worker.
    await page.evaluate("navigator.serviceWorker.register('/sw.js?newer').then(() => true)")
    await expect(prompt).to_contain_text("Nieuwe versie klaar")
    await page.reload()
    await expect(prompt).to_be_visible()
    await none_on_its_way(page)
    await prompt.get_by_role("button", name="Straks").click()
    await expect(prompt).to_have_count(0)
    await page.reload()
    await expect(prompt).to_be_visible()
    await none_on_its_way(page)
    async with page.expect_navigation():
        await prompt.get_by_role("button", name="Vernieuwen").click()
    await heading(page, "Mijn account")
    await ready(page)
    assert not await page.evaluate("navigator.serviceWorker.ready.then((one) => Boolean(one.waiting))")
    await expect(prompt).to_have_count(0)


@pytest.mark.usefixtures("on_site")
async def test_an_iphone_is_told_how(phone: Phone, cast_template: Cast) -> None:
    await clear_reports()
    page = await phone(signed_in_as=cast_template.anna, user_agent=IPHONE)
    await page.goto("/")
    hint = page.locator("[data-install]")
    await expect(hint).to_contain_text("Zet op beginscherm")
    await expect(hint.get_by_role("button", name="Installeren")).to_be_hidden()
    await hint.get_by_role("button", name="Niet nu").click()
    await expect(hint).to_be_hidden()
    await page.reload()
    await heading(page, "Dag Anna")
    await page.wait_for_load_state("load")
    await expect(hint).to_be_hidden()


async def test_elsewhere_the_hint_waits_for_the_browsers_offer(phone: Phone, cast_template: Cast) -> None:
    page = await phone(signed_in_as=cast_template.anna)
    await page.goto("/")
    hint = page.locator("[data-install]")
    # That comes with what listens to the offer.
    await page.wait_for_selector("link[rel=manifest]", state="attached")
    await expect(hint).to_be_hidden()
    await page.evaluate(
        """() => { const offer = new Event("beforeinstallprompt", {cancelable: true});
        offer.prompt = () => { window.prompted = true; return Promise.resolve({outcome: "accepted"}); };
        window.dispatchEvent(offer); window.held = offer.defaultPrevented; }"""
    )
    await expect(hint).to_be_visible()
    await expect(hint.locator(".ios")).to_be_hidden()
    await hint.get_by_role("button", name="Installeren").click()
    await expect(hint).to_be_hidden()
    assert await page.evaluate("[window.held, window.prompted]") == [True, True]


async def test_what_is_installed_hints_no_more(phone: Phone, cast_template: Cast) -> None:
    page = await phone(signed_in_as=cast_template.anna, user_agent=IPHONE)
    await page.add_init_script("Object.defineProperty(navigator, 'standalone', {value: true})")
    await page.goto("/")
    await heading(page, "Dag Anna")
    await page.wait_for_load_state("load")
    await expect(page.locator("[data-install]")).to_be_hidden()

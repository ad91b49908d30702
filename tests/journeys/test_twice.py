"""What a browser can send twice, or by itself: two forms with one key, and a report that waited."""

from __future__ import annotations

import pytest
from playwright.async_api import CDPSession, Page, expect

from backend.foundation.database import fetch_value
from tests.cast import Cast
from tests.journeys.conftest import Phone
from tests.journeys.kept import kept, waiting_report
from tests.journeys.pushed import registration
from tests.journeys.site import Site
from tests.journeys.steps import check, heading, spells

pytestmark = pytest.mark.usefixtures("well_and_online")
KEY = "main form [name=request_key]"


async def checked(page: Page, hours: str) -> None:
    """The report as far as its check."""
    await page.goto("/absence/report")
    await check(page, hours=hours)
    await heading(page, "Controleer en verstuur")


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
async def test_the_same_form_with_other_answers_is_refused(
    phone: Phone, cast_template: Cast, javascript: bool
) -> None:
    """A page that was opened a second time carries the key of the first; only one of the two counts."""
    anna = cast_template.anna
    one = await phone(signed_in_as=anna, javascript=javascript)
    other = await one.context.new_page()
    await checked(one, "2,5")
    await checked(other, "4")
    key = await one.locator(KEY).first.get_attribute("value")
    await other.evaluate(
        "([which, key]) => document.querySelectorAll(which).forEach((one) => { one.value = key; })",
        [KEY, key],
    )
    await one.get_by_role("button", name="Ziek melden").click()
    await heading(one, "Je bent ziek gemeld")
    async with other.expect_response(lambda answer: answer.status == 409):
        await other.get_by_role("button", name="Ziek melden").click()
    await heading(other, "Dit is al verstuurd")
    await expect(other.get_by_role("main")).to_contain_text("Kijk eerst wat er nu staat.")
    assert await spells(anna) == 1
    assert str(await fetch_value("SELECT worked_hours FROM spell")) == "2.50"
    assert await fetch_value("SELECT count(*) FROM message WHERE notice = 'sick_report_told'") == 2


async def sync(devtools: CDPSession, site: Site, worker: str) -> None:
    """The browser says that there may be network again, as it does by itself."""
    about = {"origin": site.url, "registrationId": worker, "tag": "reports", "lastChance": False}
    await devtools.send("ServiceWorker.dispatchSyncEvent", about)


async def test_a_report_that_waits_goes_out_in_the_background_once(
    phone: Phone, on_site: Site, cast_template: Cast
) -> None:
    """No page of ours is open: the service worker does it, tries in vain first, and never twice."""
    anna = cast_template.anna
    page = await phone(signed_in_as=anna)
    await waiting_report(page, on_site, "6,75")
    devtools = await page.context.new_cdp_session(page)
    worker = await registration(devtools)
    await page.goto("about:blank")
    await sync(devtools, on_site, worker)
    assert await spells(anna) == 0, "there is no network yet"

    await on_site.start_web()
    async with page.context.expect_event(
        "response", lambda answer: answer.url.endswith("/absence/report") and answer.status == 200
    ):
        await sync(devtools, on_site, worker)
    assert await spells(anna) == 1
    for _again in range(2):
        await sync(devtools, on_site, worker)
    await page.goto("/")
    await expect(page.get_by_role("main")).to_contain_text("Je melding is verstuurd")
    await expect(page.get_by_role("link", name="Hersteld melden")).to_be_visible()
    assert all(one["body"] is None for one in (await kept(page))["reports"])
    assert await spells(anna) == 1
    assert str(await fetch_value("SELECT worked_hours FROM spell")) == "6.75"
    assert await fetch_value("SELECT count(*) FROM message WHERE notice = 'sick_report_told'") == 2

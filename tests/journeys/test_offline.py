"""A report without network: kept on the phone, sent once when it can be, and never seen by others.

The network goes by stopping the web server: `navigator.onLine` says nothing of that, as in a lift.
"""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from backend.foundation import clock
from backend.foundation.database import fetch_value
from tests.cast import Cast
from tests.journeys.conftest import Phone
from tests.journeys.kept import (
    STATUS,
    WAITS,
    comes_online,
    installed,
    kept,
    nothing_kept,
    notices_network,
    waiting_report,
)
from tests.journeys.site import Site
from tests.journeys.steps import expire, heading, sick_since, sign_in, spells, today

pytestmark = pytest.mark.usefixtures("well_and_online")


async def test_a_report_waits_unreadable_and_is_sent_once(
    phone: Phone, on_site: Site, cast_template: Cast
) -> None:
    anna = cast_template.anna
    page = await phone(signed_in_as=anna)
    # No time passes: what one page said more than a few seconds ago, another does not say again.
    await page.context.clock.set_fixed_time(clock.now())
    await waiting_report(page, on_site)
    found = await kept(page)
    (report,) = found["reports"]
    told = repr(report)
    for secret in ("6,75", "6.75", "worked_hours", "first_sick_day", str(today()), str(anna.employment)):
        assert secret not in told
    assert found["extractable"] == [False]
    assert found["exported"] == [False]
    await expect(page.locator(STATUS)).to_contain_text("48 uur, versleuteld")
    await expect(page.get_by_role("button", name="Ziek melden")).to_be_hidden()

    # The page and the service worker both try at once; a second page of the same phone as well.
    other = await page.context.new_page()
    await on_site.start_web()
    await other.goto("/")
    await notices_network(page)
    await heading(page, "Je bent ziek gemeld")
    await expect(page.locator(STATUS)).to_contain_text("Je melding is verstuurd")
    await expect(other.get_by_role("link", name="Hersteld melden")).to_be_visible()
    assert await spells(anna) == 1
    assert str(await fetch_value("SELECT worked_hours FROM spell")) == "6.75"
    assert await fetch_value("SELECT count(*) FROM message WHERE notice = 'sick_report_told'") == 2
    assert all(one["body"] is None for one in (await kept(page))["reports"])


async def test_an_answer_that_got_lost_is_not_written_twice(
    phone: Phone, on_site: Site, cast_template: Cast
) -> None:
    """The server stored it, and the network went before the phone heard so."""
    anna = cast_template.anna
    page = await phone(signed_in_as=anna)
    await installed(page)
    await page.goto("/absence/report")
    await page.get_by_role("button", name="Controleer je melding").click()
    await heading(page, "Controleer en verstuur")
    await page.evaluate(
        """() => { const real = window.fetch; let first = true;
        window.fetch = async (...asked) => { const answer = await real(...asked);
            if (!first) return answer; first = false; throw new TypeError("gone"); } }"""
    )
    await page.get_by_role("button", name="Ziek melden").click()
    await notices_network(page)
    await heading(page, "Je bent ziek gemeld")
    assert await spells(anna) == 1


async def test_the_first_step_offers_to_keep_it(phone: Phone, on_site: Site, cast_template: Cast) -> None:
    anna = cast_template.anna
    page = await phone(signed_in_as=anna)
    await installed(page, "/absence/report")
    await page.get_by_label("Gewerkte uren op deze dag").fill("3")
    on_site.stop_web()
    await page.get_by_role("button", name="Controleer je melding").click()
    await expect(page.locator(STATUS)).to_contain_text("Je hebt nu geen verbinding")
    assert (await kept(page))["reports"] == [], "nothing is kept unasked"
    await page.locator(STATUS).get_by_role("button", name="Ziek melden").click()
    await expect(page.locator(STATUS)).to_contain_text(WAITS)
    await comes_online(page, on_site)
    await heading(page, "Je bent ziek gemeld")
    assert await spells(anna) == 1


async def test_a_browser_that_sends_nothing_by_itself_is_asked_to_come_back(
    phone: Phone, on_site: Site, cast_template: Cast
) -> None:
    again = "Open Beterschap straks nog een keer"
    for syncs in (True, False):
        page = await phone(signed_in_as=cast_template.anna)
        if not syncs:  # as on an iPhone
            await page.add_init_script("delete self.SyncManager")
        await waiting_report(page, on_site)
        seen = expect(page.locator(STATUS))
        await (seen.not_to_contain_text(again) if syncs else seen.to_contain_text(again))
        await page.context.close()  # before there is network: what waits there is sent no more
        if syncs:
            await on_site.start_web()


async def test_from_the_page_without_network(phone: Phone, on_site: Site, cast_template: Cast) -> None:
    anna = cast_template.anna
    page = await phone(signed_in_as=anna)
    await installed(page)
    on_site.stop_web()
    await page.get_by_role("link", name="Ziek melden").click()
    await heading(page, "Je hebt nu geen verbinding")
    text = await page.locator("body").inner_text()
    assert not re.search(r"Anna|Bram|Carla|\+31|06 ?\d|@", text), "it knows nobody"
    await page.get_by_label("Gewerkte uren op deze dag").fill("1,5")
    await page.get_by_role("button", name="Ziek melden").click()
    await expect(page.locator(STATUS)).to_contain_text(WAITS)
    await page.goto("/dossiers")
    await heading(page, "Je hebt nu geen verbinding")
    await expect(page.locator(STATUS)).to_contain_text(WAITS)
    # Until the person tries again: the page itself would do so twice a minute, and move on.
    await page.evaluate("() => void navigator.locks.request('reports', () => new Promise(() => {}))")
    await on_site.start_web()
    await page.get_by_role("link", name="Probeer opnieuw").click()
    await heading(page, "Verzuimdossier")
    await expect(page.locator(STATUS)).to_contain_text("Je melding is verstuurd")
    await expect(page.locator("main .row")).to_have_count(1)
    assert await spells(anna) == 1
    await page.get_by_role("button", name="Gelezen").click()
    await nothing_kept(page)
    await page.reload()
    await expect(page.get_by_text("Je melding is verstuurd")).to_have_count(0)


async def test_recovery_waits_and_is_sent_too(phone: Phone, on_site: Site, cast_template: Cast) -> None:
    anna = cast_template.anna
    await sick_since(anna, 3)
    page = await phone(signed_in_as=anna)
    await installed(page)
    await page.get_by_role("link", name="Hersteld melden").click()
    await heading(page, "Hersteld melden")
    on_site.stop_web()
    await page.get_by_role("button", name="Hersteld melden").click()
    await expect(page.locator(STATUS)).to_contain_text(WAITS)
    await expect(page.locator(STATUS)).to_contain_text("Hersteldmelding")
    await comes_online(page, on_site)
    await heading(page, "Je bent hersteld gemeld")
    assert await fetch_value("SELECT recovered_on FROM spell") == today()
    assert await fetch_value("SELECT count(*) FROM entry WHERE kind = 'recovery'") == 1


async def test_an_expired_session_asks_to_sign_in_and_then_sends(
    phone: Phone, on_site: Site, cast_template: Cast
) -> None:
    daan = cast_template.daan
    page = await phone(signed_in_as=daan)
    await waiting_report(page, on_site)
    await expire(daan)
    await comes_online(page, on_site)
    await expect(page.locator(STATUS)).to_contain_text("Log in om je melding te versturen")
    assert await spells(daan) == 0
    await page.locator(STATUS).get_by_role("link", name="Inloggen").click()
    await sign_in(page, daan)
    await expect(page.locator(STATUS)).to_contain_text("Je melding is verstuurd")
    await expect(page.get_by_role("link", name="Hersteld melden")).to_be_visible()
    assert await spells(daan) == 1

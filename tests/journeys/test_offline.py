"""A report without network: kept on the phone, sent once when it can be, and never seen by others.

The network goes by stopping the web server: `navigator.onLine` says nothing of that, as in a lift.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import pytest
from playwright.async_api import Error, Page, expect

from backend.foundation import clock
from backend.foundation.database import fetch_value
from tests.cast import Cast, session_of
from tests.journeys.conftest import Phone
from tests.journeys.kept import KEPT, OLDER, READABLE
from tests.journeys.site import Site
from tests.journeys.steps import clear_reports, expire, heading, sick_since, sign_in, spells, today

WAITS = "Wordt verstuurd zodra er verbinding is"
STATUS = "#offline-status"


@pytest.fixture(autouse=True)
async def well_and_online(on_site: Site) -> AsyncIterator[None]:
    """Nobody is sick, and after each journey the network is there again."""
    await clear_reports()
    yield
    if on_site.web.poll() is not None:
        await on_site.start_web()


async def installed(page: Page, path: str = "/") -> None:
    """Opens the page with the service worker in charge and the offline page kept."""
    await page.goto(path)
    await page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await page.wait_for_function("navigator.serviceWorker.controller !== null")
    await page.wait_for_function("caches.match('/offline', {ignoreVary: true}).then(Boolean)")


async def kept(page: Page) -> Any:
    """What the phone keeps, as its own scripts could read it."""
    return await page.evaluate(READABLE)


async def waiting_report(page: Page, site: Site, hours: str = "6,75") -> None:
    """The whole form filled in with network, and the last button pressed without."""
    await installed(page)
    await page.goto("/absence/report")
    await page.get_by_label("Gewerkte uren op deze dag").fill(hours)
    await page.get_by_role("button", name="Controleer je melding").click()
    await heading(page, "Controleer en verstuur")
    site.stop_web()
    await page.get_by_role("button", name="Ziek melden").click()
    await expect(page.locator(STATUS)).to_contain_text(WAITS)


async def comes_online(page: Page, site: Site) -> None:
    """The server answers again, and the phone notices that there is network."""
    await site.start_web()
    await page.evaluate("window.dispatchEvent(new Event('online'))")


async def test_a_report_waits_unreadable_and_is_sent_once(
    phone: Phone, on_site: Site, cast_template: Cast
) -> None:
    anna = cast_template.anna
    page = await phone(signed_in_as=anna)
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
    await page.evaluate("window.dispatchEvent(new Event('online'))")
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
    with suppress(Error):  # the service worker may have been first, and the page moved on
        await page.evaluate("window.dispatchEvent(new Event('online'))")
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
    await on_site.start_web()
    await page.get_by_role("link", name="Probeer opnieuw").click()
    await heading(page, "Verzuimdossier")
    await expect(page.locator(STATUS)).to_contain_text("Je melding is verstuurd")
    await expect(page.locator("main .row")).to_have_count(1)
    assert await spells(anna) == 1
    await page.get_by_role("button", name="Gelezen").click()
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
    await heading(page, "Je bent beter gemeld")
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


async def test_signing_out_wipes_it_after_asking(phone: Phone, on_site: Site, cast_template: Cast) -> None:
    page = await phone(signed_in_as=cast_template.anna)
    await waiting_report(page, on_site)
    asked: list[str] = []

    async def answer(dialog: Any) -> None:
        asked.append(dialog.message)
        await dialog.accept()

    page.on("dialog", answer)
    # Nothing is sent meanwhile, by page or worker: both take this lock first.
    hold = "navigator.locks.request('reports', {steal: true}, () => new Promise(() => {}))"
    await page.context.add_init_script(f"void {hold}.catch(() => {{}})")
    await on_site.start_web()
    await page.goto("/account")
    await page.get_by_role("button", name="Uitloggen").click()
    await heading(page, "Inloggen")
    assert ["Er wacht nog een melding" in words for words in asked] == [True]
    left = await page.evaluate(KEPT)
    assert not left["reports"]
    assert not left["keys"]
    assert not left["settings"]
    assert await spells(cast_template.anna) == 0


async def test_after_48_hours_it_is_wiped_with_a_word(
    phone: Phone, on_site: Site, cast_template: Cast
) -> None:
    anna = cast_template.anna
    page = await phone(signed_in_as=anna)
    await waiting_report(page, on_site)
    await page.evaluate(OLDER, 49)
    await on_site.start_web()
    await page.goto("/")
    await expect(page.locator(STATUS)).to_contain_text("Er was 48 uur geen verbinding")
    await expect(page.locator(STATUS)).to_contain_text("Bel je leidinggevende")
    assert all(one["body"] is None for one in (await kept(page))["reports"])
    await page.get_by_role("button", name="Gelezen").click()
    await expect(page.locator(STATUS)).to_be_empty()
    assert (await kept(page))["reports"] == []
    assert await spells(anna) == 0


async def test_it_is_never_sent_for_somebody_else(phone: Phone, on_site: Site, cast_template: Cast) -> None:
    anna, eva = cast_template.anna, cast_template.eva
    page = await phone(signed_in_as=anna)
    await waiting_report(page, on_site)
    # Somebody else signs in on this phone, without the first one signing out.
    secret = await session_of(eva, now=clock.now())
    await page.context.add_cookies([{"name": "session", "value": secret, "url": on_site.url}])
    await on_site.start_web()
    await page.goto("/")
    await heading(page, "Dag Eva")
    await expect(page.locator(STATUS)).to_contain_text("Deze melding is van iemand anders")
    assert all(one["body"] is None for one in (await kept(page))["reports"])
    assert await fetch_value("SELECT count(*) FROM spell") == 0


async def test_what_the_server_refuses_is_said(phone: Phone, on_site: Site, cast_template: Cast) -> None:
    anna = cast_template.anna
    page = await phone(signed_in_as=anna)
    await waiting_report(page, on_site)
    await sick_since(anna, 1)
    await on_site.start_web()
    await page.goto("/")
    await expect(page.locator(STATUS)).to_contain_text("Je bent al ziek gemeld")
    await expect(page.get_by_role("link", name="Naar het formulier")).to_be_visible()
    assert await spells(anna) == 1


async def test_caches_hold_nothing_personal(phone: Phone, on_site: Site, cast_template: Cast) -> None:
    await sick_since(cast_template.anna)
    page = await phone(signed_in_as=cast_template.anna)
    await installed(page)
    for path in ("/dossiers", "/account", "/account/devices", "/absence/return", "/offline"):
        await page.goto(path)
    names = await page.evaluate(
        "async () => (await Promise.all((await caches.keys()).map(async (name) =>"
        " (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)))).flat()"
    )
    assert "/offline" in names
    others = [name for name in names if name != "/offline"]
    assert others
    assert all(re.match(r"^/static/assets/[\w-]+-[\w-]{8}\.\w+$", name) for name in others), others
    page_kept = await page.evaluate("caches.match('/offline', {ignoreVary: true}).then((one) => one.text())")
    assert "Anna" not in page_kept
    assert "owner-tag" not in page_kept

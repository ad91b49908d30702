"""What a phone kept without network is wiped, and said to be; and what it never keeps at all."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.async_api import expect

from backend.foundation import clock
from backend.foundation.database import fetch_value
from tests.cast import Cast, session_of
from tests.journeys.conftest import Phone
from tests.journeys.kept import KEPT, OLDER, STATUS, installed, kept, nothing_kept, waiting_report
from tests.journeys.site import Site
from tests.journeys.steps import heading, sick_since, spells

pytestmark = pytest.mark.usefixtures("well_and_online")


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
    await page.evaluate(f"() => void {hold}.catch(() => {{}})")
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
    await nothing_kept(page)
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

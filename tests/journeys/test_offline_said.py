"""What became of a report that waited is said on a page that stays, however long that page is in coming."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.cast import Cast
from tests.journeys.conftest import Phone
from tests.journeys.kept import STATUS, waiting_report
from tests.journeys.site import Site
from tests.journeys.steps import heading

LONG_IN_COMING = """
  const loads = (sessionStorage.loads = Number(sessionStorage.loads ?? 0) + 1);
  const { now } = Date, { timeOrigin } = performance;
  Date.now = () => now() + loads * 10_000;
  Object.defineProperty(performance, "timeOrigin", { value: timeOrigin + loads * 10_000 });
"""
"""Each page begins ten seconds later than it does."""


@pytest.mark.usefixtures("well_and_online")
async def test_it_was_sent_is_said_on_the_page_that_comes_instead(
    phone: Phone, on_site: Site, cast_template: Cast
) -> None:
    page = await phone(signed_in_as=cast_template.anna)
    await page.context.add_init_script(LONG_IN_COMING)
    await waiting_report(page, on_site)
    await page.goto("/dossiers")
    await heading(page, "Je hebt nu geen verbinding")
    # Until the person tries again: the page itself would do so twice a minute, and move on.
    await page.evaluate("() => void navigator.locks.request('reports', () => new Promise(() => {}))")
    await on_site.start_web()
    await page.get_by_role("link", name="Probeer opnieuw").click()
    await heading(page, "Verzuimdossier")
    await expect(page.locator("main .row")).to_have_count(1)
    await expect(page.locator(STATUS)).to_contain_text("Je melding is verstuurd")
    await page.get_by_role("button", name="Gelezen").click()
    await expect(page.locator(STATUS)).to_be_empty()

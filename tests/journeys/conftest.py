"""A phone in a hand: Chromium with a phone's screen and touch, against the running product.

`site` is the product on the cast's database, one for each file of journeys; `phone` opens a page in a context
of its own (`javascript=False`, `dark=True`, `signed_in_as=cast.anna`). What the console complains about, a
breach of the content policy included, fails the journey.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from backend.embedded import Servers
from backend.foundation import clock, encryption
from backend.foundation.database import close_pool, open_pool
from tests.cast import Cast, Member, session_of
from tests.conftest import SECRET, TEMPLATE
from tests.journeys.site import ROOT, Site, running_site
from tests.journeys.steps import clear_reports
from tests.servers import copy_database

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ANDROID = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/130.0.0.0 Mobile Safari/537.36"
)
AXE = ROOT / "pwa" / "node_modules" / "axe-core" / "axe.min.js"
Phone = Callable[..., Awaitable[Page]]
MOMENT = 60_000
"""Milliseconds for what takes a moment, also where several programs share a slow processor. It is the end of
what hangs, and no measure of speed."""
expect.set_options(timeout=MOMENT)


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for all journeys of this process."""
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=FLAGS
        )
        yield chromium
        await chromium.close()


@pytest.fixture(scope="module")
async def site(
    servers: Servers,
    cast_template: Cast,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> AsyncIterator[Site]:
    """The product, running, with the cast in a database of this file's own."""
    name = "site_" + request.module.__name__.rsplit(".", 1)[-1][-40:]
    database_url = await copy_database(servers, TEMPLATE, name)
    encryption.use((SECRET.encode(),))
    async with running_site(servers, database_url, tmp_path_factory.mktemp("files")) as running:
        yield running


@pytest.fixture
async def on_site(site: Site) -> AsyncIterator[Site]:
    """The site, with this process's pool on its database too, to prepare or look at what is stored.

    A journey that ended without network, or with mail that it did not look at, leaves the next one neither.
    """
    encryption.use((SECRET.encode(),))
    if site.web.poll() is not None:
        await site.start_web()
    site.seen.update([one["id"] for one in await site.inbox()])
    await open_pool(site.environment["DATABASE_URL"])
    yield site
    await close_pool()


@pytest.fixture
async def well_and_online(on_site: Site) -> None:
    """Nobody is sick, and the network is there."""
    await clear_reports()


@pytest.fixture
async def phone(browser: Browser, on_site: Site) -> AsyncIterator[Phone]:
    """`page = await phone()`; whatever its console complained about is an error at the end."""
    complaints: list[str] = []

    def listen(page: Page) -> None:
        page.on("console", lambda message: _note(message.type, message.text, complaints))
        page.on("pageerror", lambda error: complaints.append(str(error)))

    async with AsyncExitStack() as stack:

        async def open_page(
            *,
            javascript: bool = True,
            dark: bool = False,
            width: int = 390,
            height: int = 844,
            signed_in_as: Member | None = None,
            language: str = "nl-NL",
            **options: Any,
        ) -> Page:
            context: BrowserContext = await browser.new_context(
                base_url=on_site.url,
                viewport={"width": width, "height": height},
                is_mobile=width < 900,
                has_touch=width < 900,
                locale=language,
                timezone_id="Europe/Amsterdam",
                color_scheme="dark" if dark else "light",
                java_script_enabled=javascript,
                **{"user_agent": ANDROID, "device_scale_factor": 2, **options},
            )
            stack.push_async_callback(context.close)
            context.set_default_timeout(MOMENT)
            if signed_in_as is not None:
                secret = await session_of(signed_in_as, now=clock.now())
                await context.add_cookies([{"name": "session", "value": secret, "url": on_site.url}])
            context.on("page", listen)
            return await context.new_page()

        yield open_page
    assert not complaints, "the console complained: " + "; ".join(complaints)


def _note(kind: str, text: str, complaints: list[str]) -> None:
    """Errors count, but not that a form was refused (422), a limit met (429) or the network missing."""
    expected = ("status of 4", "net::ERR_", "status of 503")
    if kind == "error" and not any(sign in text for sign in expected):
        complaints.append(text)


async def assert_accessible(page: Page, where: str = "", *, colours: bool = True) -> None:
    """axe-core finds nothing, and nothing is wider than the screen. Colours cost as much as all the rest."""
    await page.wait_for_load_state("load")
    if not await page.evaluate("() => 'axe' in window"):
        await page.evaluate(Path(AXE).read_text())
    found = await page.evaluate(
        """(colours) => axe.run(document, {
          resultTypes: ["violations"], rules: {"color-contrast": {enabled: colours}},
        }).then(({violations}) => violations)""",
        colours,
    )
    told = [
        f"{rule['id']}: {node['html'][:160]} ({node['failureSummary'][:200]})"
        for rule in found
        for node in rule["nodes"]
    ]
    assert not told, f"{where or page.url}:\n" + "\n".join(told)
    wide = await page.evaluate(
        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wide <= 0, f"{where or page.url} is {wide} px wider than the screen"

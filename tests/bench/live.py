"""How long it takes from posting a note until it stands on the page that the employee has open: the form, the
hint over Redis, the stream, the page fetched anew, and the entry put in its place by a phone's browser."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from statistics import median, quantiles
from uuid import uuid4

import httpx
from playwright.async_api import Page, async_playwright

from backend.dossier.lifecycle import open_dossier
from backend.embedded import Servers
from backend.foundation import clock
from backend.foundation.clock import HOME_ZONE, day_in
from backend.foundation.database import close_pool, open_pool
from tests.bench.load import CHROMIUM, PHONE, chromium
from tests.bench.table import Line
from tests.bench.targets import new_database, serving
from tests.cast import make_cast, session_of

TIMES = 20
MOST_MS = 1_000
"""Beyond it, people wonder whether it worked (Nielsen's one second)."""
PAUSE = 1.0
"""Seconds between two notes: people are slower than the shortest time between two looks (live/follow.py)."""
COLUMNS = ["median", "p95", "most"]
FOLLOW = """
const Source = window.EventSource;
window.EventSource = class extends Source {
  constructor(address) {
    super(address);
    this.addEventListener("here", () => (window.follows = true));
  }
};
"""
STANDS = """(title) => new Promise((stands) => {
  const look = () => {
    const found = [...document.querySelectorAll(".entry h4")].some((one) => one.textContent.includes(title));
    if (found) stands(Date.now()), watcher.disconnect();
  };
  const watcher = new MutationObserver(look);
  watcher.observe(document.getElementById("main"), {childList: true, subtree: true, characterData: true});
  look();
})"""
"""When the entry stood there, in milliseconds since 1970: the browser shares the machine's clock."""


async def bench(servers: Servers, say: Callable[[str], None]) -> list[Line]:
    """The figures of both pages on which an employee reads the dossier."""
    url = await new_database(servers, "live")
    anna, carla, dossier = await _ready(url)
    rows = [Line("From posting a note to the employee's open page, ms")]
    async with AsyncExitStack() as stack:
        target = stack.enter_context(serving(servers, "product", "live"))
        address = f"http://localhost:{target.port}"
        headers = {"Cookie": f"session={carla}", "Sec-Fetch-Site": "same-origin"}
        poster = await stack.enter_async_context(httpx.AsyncClient(base_url=address, headers=headers))
        playwright = await stack.enter_async_context(async_playwright())
        browser = await playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM)
        stack.push_async_callback(browser.close)
        context = await browser.new_context(**playwright.devices[PHONE], locale="nl-NL")
        await context.add_cookies([{"name": "session", "value": anna, "url": address}])
        page = await context.new_page()
        await page.add_init_script(FOLLOW)
        await page.goto(f"{address}/dossiers/{dossier}")
        await page.wait_for_function("() => window.follows")
        say(f"Posting {TIMES} notes …")
        taken = sorted([await _once(poster, page, dossier, number) for number in range(TIMES)])
        p95 = quantiles(taken, n=20, method="inclusive")[-1]
        told = [f"{each:.0f}" for each in (median(taken), p95, taken[-1])]
        rows.append(Line(f"  {TIMES} notes", told, f"under {MOST_MS}", p95 < MOST_MS))
    return [*rows, Line()]


async def _once(poster: httpx.AsyncClient, page: Page, dossier: object, number: int) -> float:
    """Milliseconds from sending the form."""
    await asyncio.sleep(PAUSE)
    title = f"Notitie {number} van twintig"
    form = {"request_key": str(uuid4()), "kind": "agreement", "title": title, "body": "We belden even."}
    begun = time.time() * 1000
    answer = await poster.post(f"/dossiers/{dossier}/notes", data=form)
    if answer.status_code != 303:
        raise ValueError(f"the note was answered with {answer.status_code}")
    stood: float = await page.evaluate(STANDS, title)
    return stood - begun


async def _ready(url: str) -> tuple[str, str, object]:
    """The secrets of the employee's session and of her case manager's, and the dossier."""
    now = clock.now()
    await open_pool(url)
    try:
        cast = await make_cast()
        assert cast.anna.employment
        dossier = await open_dossier(cast.anna.employment, day_in(HOME_ZONE, now), now=now)
        anna, carla = [await session_of(one, now=now) for one in (cast.anna, cast.helpers["carla"])]
        return anna, carla, dossier
    finally:
        await close_pool()

"""What a phone fetches at its first visit to a page and at the next, by the service worker too."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass

from playwright.async_api import Browser, async_playwright

from tests.bench.proxy import Crossed, counting
from tests.bench.seed import session_of
from tests.bench.table import Line

CHROMIUM = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PHONE = "Pixel 7"
CALM_SECONDS = 6
"""After the page is there: for the service worker, for what the page sends later, and for update checks."""
FIRST_KB, FIRST_REQUESTS, AGAIN_KB, AGAIN_REQUESTS = 60, 8, 6, 1


@dataclass(frozen=True, slots=True)
class Loads:
    """What crossed the wire at the first and at the second visit."""

    title: str
    first: list[Crossed]
    again: list[Crossed]


def chromium() -> str:
    """The browser that `scripts/chromium` found."""
    return os.environ.get("CHROMIUM") or "/usr/bin/chromium"


async def visit(port: int, reader: int) -> list[Loads]:
    """The sign-in page as a stranger, and the dashboard of that reader, each on a phone of its own."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM)
        try:
            phone = playwright.devices[PHONE]
            return [
                await _twice(browser, phone, port, "Sign-in page", "/sign-in", None),
                await _twice(browser, phone, port, "Dashboard", "/", session_of(reader)),
            ]
        finally:
            await browser.close()


async def _twice(
    browser: Browser, phone: dict[str, object], port: int, title: str, path: str, session: str | None
) -> Loads:
    async with counting(port) as (own_port, crossed):
        address = f"http://localhost:{own_port}"
        context = await browser.new_context(**phone, locale="nl-NL")  # type: ignore[arg-type]
        if session:
            await context.add_cookies([{"name": "session", "value": session, "url": address}])
        found: list[list[Crossed]] = []
        for _time in range(2):
            crossed.clear()
            page = await context.new_page()
            answer = await page.goto(address + path, wait_until="load")
            assert answer and answer.status == 200 and page.url == address + path, f"{path} led to {page.url}"
            await asyncio.sleep(CALM_SECONDS)
            await page.close()
            found.append(list(crossed))
        await context.close()
    return Loads(title, *found)


def told(loads: Sequence[Loads], where: str) -> list[Line]:
    """A line for each visit, and beneath it what was fetched."""
    rows: list[Line] = []
    for each in loads:
        rows.append(Line(f"{each.title} {where}"))
        rows += _visit("first load", each.first, FIRST_KB, FIRST_REQUESTS)
        rows += _visit("repeat load", each.again, AGAIN_KB, AGAIN_REQUESTS)
        rows.append(Line())
    return rows


def _visit(name: str, crossed: Sequence[Crossed], most_kb: float, most: int) -> list[Line]:
    kb = sum(each.bytes for each in crossed) / 1000
    return [
        Line(f"  {name}, kB on the wire", [f"{kb:.1f}"], f"at most {most_kb}", kb <= most_kb),
        Line(f"  {name}, requests", [str(len(crossed))], f"at most {most}", len(crossed) <= most),
        *(Line(f"    {_short(each.path)}", [f"{each.bytes / 1000:.1f}"]) for each in crossed),
    ]


def _short(path: str) -> str:
    return path if len(path) <= 40 else path[:39] + "…"

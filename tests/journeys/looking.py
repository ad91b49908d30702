"""Walking past every page and state, and what can be wrong with each however it is looked at."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from playwright.async_api import Page, Route

from tests.cast import Cast
from tests.journeys.conftest import Phone
from tests.journeys.scene import Scene
from tests.journeys.scenes import SCENES
from tests.journeys.scenes_around import SCENES_AROUND
from tests.journeys.site import Site
from tests.journeys.stage import enter, error_page, roles, set_the_stage

PARTS = {"one's own": SCENES, "around": SCENES_AROUND}
SIZES = {16: (320, 1280), 32: (320, 1280)}
"""The widths at which a page must fit besides a usual phone's, by the size that the person chose for letters;
16 px is usual."""
NARROWEST = {letters: widths[:1] for letters, widths in SIZES.items()}
"""Where longer words would stick out first."""
TOO_WIDE = """(face) => {
  const html = document.documentElement;
  if (face === "system-ui") html.style.setProperty("--face", face);
  const isWide = (one) => one.getBoundingClientRect().right > html.clientWidth;
  const wide = html.scrollWidth > html.clientWidth && [...document.body.querySelectorAll("*")].filter(isWide);
  html.style.removeProperty("--face");
  return wide && (wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 120)).join(" | ") || "something");
}"""
TOO_SMALL = """() => {
  const found = [];
  const targets = "a[href], button, input, select, textarea, summary, label.choice";
  for (const one of document.querySelectorAll(targets)) {
    if (!one.checkVisibility({visibilityProperty: true}) || one.type === "hidden") continue;
    if (one.closest(".choice") && !one.matches(".choice")) continue;
    const {width, height} = one.getBoundingClientRect();
    const around = one.parentElement.textContent.trim();
    const inText = getComputedStyle(one).display === "inline" && around !== one.textContent.trim();
    if (!inText && (width < 43.5 || height < 43.5)) {
      found.push(`${Math.round(width)}x${Math.round(height)} ${one.outerHTML.slice(0, 100)}`);
    }
  }
  return found;
}"""
Look = Callable[[Page, Scene], Awaitable[list[str]]]


async def look_at_each(
    scenes: Sequence[Scene], language: str, phone: Phone, site: Site, cast: Cast, look: Look
) -> None:
    """Each as the person who stands there, on a phone of theirs; fails with all that was found.

    Nothing moves on that phone: half-way through a movement, a measure is a matter of luck.
    """
    findings: list[str] = []
    places = await set_the_stage(site, cast, language)
    for who in dict.fromkeys(scene.who for scene in scenes):
        page = await phone(reduced_motion="reduce")
        await errors_as_told(page, language)
        await enter(page, site, who, roles(cast)[who])
        for scene in scenes:
            if scene.who == who:
                lost = await reached(page, scene, places)
                found = [lost] if lost else await in_order(page, language) + await look(page, scene)
                findings += [f"{scene.name}: {one}" for one in found]
        await page.context.close()
    assert not findings, f"{len(findings)} findings:\n" + "\n".join(findings)


async def errors_as_told(page: Page, language: str) -> None:
    """The pages of failures."""

    async def error(route: Route) -> None:
        status = int(route.request.url.rsplit("-", 1)[1])
        await route.fulfill(status=200, content_type="text/html", body=error_page(status, language))

    await page.route("**/error-*", error)


async def reached(page: Page, scene: Scene, places: dict[str, Any]) -> str:
    """Brings the page there; what is wrong when it is not."""
    try:
        await scene.open(page, places)
        await page.wait_for_load_state("load")
    except Exception as error:
        return f"could not be reached: {str(error)[:300]}"
    return "" if scene.is_at(page.url) else f"led to {page.url}"


async def in_order(page: Page, language: str) -> list[str]:
    """What must hold however it is looked at, where it does not."""
    found = [f"small: {one}" for one in await page.evaluate(TOO_SMALL)]
    if await page.get_attribute("html", "lang") != language:
        found.append("is in another language")
    if await page.locator("h1:not(#desk *)").count() != 1:
        found.append("has not one heading")
    return found


async def sizes(page: Page, chosen: Mapping[int, Sequence[int]]) -> list[str]:
    """Whether it fits those screens, also with letters twice as large, and with the device's own face.

    The device's own stands there whenever ours comes late.
    """
    found, usual = [], page.viewport_size
    assert usual
    devtools = await page.context.new_cdp_session(page)
    for letters, widths in chosen.items():
        await devtools.send("Page.setFontSizes", {"fontSizes": {"standard": letters, "fixed": letters}})
        for width in widths:
            await page.set_viewport_size({"width": width, "height": 844})
            for face in ("as it came", "system-ui"):
                wide = await page.evaluate(TOO_WIDE, face)
                if wide:
                    found.append(f"wider than {width} px with letters of {letters} px, {face}: {wide}")
    await devtools.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
    await devtools.detach()
    await page.set_viewport_size(usual)
    return found

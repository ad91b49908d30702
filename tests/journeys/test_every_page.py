"""Every page and state: for eyes, ears, thumbs and keyboards; light, dark, Dutch, English, large, small."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from playwright.async_api import Page, Route

from tests.cast import Cast
from tests.journeys.conftest import Phone, assert_accessible
from tests.journeys.scene import Scene
from tests.journeys.scenes import SCENES
from tests.journeys.scenes_around import SCENES_AROUND
from tests.journeys.site import Site
from tests.journeys.stage import enter, error_page, roles, set_the_stage

SIZES = {16: (320, 390, 1280), 32: (320, 1280)}
"""The widths at which a page must fit, by the size that the person chose for letters; 16 px is usual."""
NARROWEST = {letters: widths[:1] for letters, widths in SIZES.items()}
"""Where the other language's longer words would stick out first."""
CONTRAST = """() => axe.run(document, {runOnly: ["color-contrast"], resultTypes: ["violations"]}).then(
  ({violations}) => violations.flatMap(({nodes}) => nodes.map((node) => node.html.slice(0, 120))))"""
TOO_WIDE = """() => {
  const screen = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= screen) return null;
  const isWide = (one) => one.getBoundingClientRect().right > screen;
  const wide = [...document.body.querySelectorAll("*")].filter(isWide);
  return wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 120)).join(" | ") || "something";
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
PARTS = {"one's own": SCENES, "around": SCENES_AROUND}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("language", ["nl", "en"])
async def test_every_page_and_state(
    phone: Phone, on_site: Site, cast_template: Cast, language: str, part: str
) -> None:
    findings: list[str] = []
    places = await set_the_stage(on_site, cast_template, language)
    scenes = [scene for scene in PARTS[part] if scene.script]
    for who in dict.fromkeys(scene.who for scene in scenes):
        locale = {"nl": "nl-NL", "en": "en-GB"}[language]
        page = await phone(language=locale, service_workers="block")
        await errors_as_told(page, language)
        await enter(page, on_site, who, roles(cast_template)[who])
        for scene in scenes:
            if scene.who == who:
                findings += await look_at(page, scene, places, language)
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
        return f"{scene.name}: could not be reached: {str(error)[:300]}"
    return "" if scene.is_at(page.url) else f"{scene.name}: led to {page.url}"


async def look_at(page: Page, scene: Scene, places: dict[str, Any], language: str) -> list[str]:
    """What is wrong with it, in words."""
    if lost := await reached(page, scene, places):
        return [lost]
    found = []
    if await page.get_attribute("html", "lang") != language:
        found.append("is in another language")
    if await page.locator("h1:not(#desk *)").count() != 1:
        found.append("has not one heading")
    try:
        await assert_accessible(page, colours=language == "nl")  # colours know no language
    except AssertionError as error:
        found.append(str(error)[:900])
    if language == "nl":
        await page.emulate_media(color_scheme="dark")
        found += [f"dark: {one}" for one in await page.evaluate(CONTRAST)]
        await page.emulate_media(color_scheme="light")
    found += [f"small: {one}" for one in await page.evaluate(TOO_SMALL)]
    found += await sizes(page, SIZES if language == "nl" else NARROWEST)
    return [f"{scene.name}: {one}" for one in found]


async def sizes(page: Page, chosen: Mapping[int, Sequence[int]]) -> list[str]:
    """Whether it fits those screens, also with letters twice as large."""
    found = []
    devtools = await page.context.new_cdp_session(page)
    for letters, widths in chosen.items():
        await devtools.send("Page.setFontSizes", {"fontSizes": {"standard": letters, "fixed": letters}})
        for width in widths:
            await page.set_viewport_size({"width": width, "height": 844})
            wide = await page.evaluate(TOO_WIDE)
            if wide:
                found.append(f"wider than {width} px with letters of {letters} px: {wide}")
    await devtools.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
    await devtools.detach()
    await page.set_viewport_size({"width": 390, "height": 844})
    return found


async def test_nothing_moves_for_who_asked_so(phone: Phone, cast_template: Cast) -> None:
    page = await phone(reduced_motion="reduce")
    await page.goto("/dev/components")
    moving = await page.evaluate(
        """() => [...document.all].flatMap((one) => [null, "::before", "::after"].map((part) => {
          const {animationName, transitionDuration: time} = getComputedStyle(one, part);
          const still = animationName === "none" && /^0m?s(, 0m?s)*$/.test(time);
          return still ? "" : one.outerHTML.slice(0, 80) + (part ?? "");
        })).filter(Boolean)"""
    )
    assert moving == []
    assert await page.evaluate("document.getAnimations().length") == 0

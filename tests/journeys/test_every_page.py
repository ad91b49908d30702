"""Every page and state: for eyes, ears, thumbs and keyboards; light, dark, large, small. In Dutch: in English
they are looked at in test_every_page_without_script.py."""

from __future__ import annotations

from functools import partial

import pytest
from playwright.async_api import Page

from tests.cast import Cast
from tests.journeys.conftest import Phone, assert_accessible
from tests.journeys.looking import PARTS, SIZES, look_at_each, sizes
from tests.journeys.scene import Scene
from tests.journeys.site import Site

CONTRAST = """() => axe.run(document, {runOnly: ["color-contrast"], resultTypes: ["violations"]}).then(
  ({violations}) => violations.flatMap(({nodes}) => nodes.map((node) => node.html.slice(0, 120))))"""


@pytest.mark.timeout(2400)
@pytest.mark.parametrize("part", PARTS)
async def test_every_page_and_state(phone: Phone, on_site: Site, cast_template: Cast, part: str) -> None:
    scenes = [scene for scene in PARTS[part] if scene.script]
    await look_at_each(
        scenes,
        "nl",
        partial(phone, service_workers="block", device_scale_factor=1),
        on_site,
        cast_template,
        look,
    )


async def look(page: Page, scene: Scene) -> list[str]:
    """What is wrong with it, in words."""
    found = []
    try:
        await assert_accessible(page)
    except AssertionError as error:
        found.append(str(error)[:900])
    await page.emulate_media(color_scheme="dark")
    found += [f"dark: {one}" for one in await page.evaluate(CONTRAST)]
    await page.emulate_media(color_scheme="light")
    return found + await sizes(page, SIZES)


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

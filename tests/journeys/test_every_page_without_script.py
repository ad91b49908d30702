"""Every page and state where no script comes through: an old phone, a strict office, a train."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page

from tests.cast import Cast
from tests.journeys.conftest import Phone
from tests.journeys.scene import Scene
from tests.journeys.site import Site
from tests.journeys.stage import enter, roles, set_the_stage
from tests.journeys.test_every_page import PARTS, TOO_SMALL, TOO_WIDE, errors_as_told, reached

IDLE = """() => {
  const seen = (one) => one.checkVisibility({visibilityProperty: true});
  const told = (why, ones) => ones.filter(seen).map((one) => `${why}: ${one.outerHTML.slice(0, 120)}`);
  const all = (which) => [...document.querySelectorAll(which)];
  const button = "button:not([type=button])";
  const forms = all("form:not([data-passkey-create], [data-passkey-get])");
  const sends = (form) => [...form.elements].some((one) => one.matches(button) && seen(one));
  return [
    ...told("does nothing", all("button[type=button], a:not([href]), [role=button]:not(button, summary)")),
    ...told("needs a script", all(".needs-script")),
    ...told("cannot be sent", forms.filter((form) => !sends(form))),
  ];
}"""
"""What stands there and cannot work. A security key needs a script, and its page says so."""


@pytest.mark.timeout(300)
@pytest.mark.parametrize("part", PARTS)
async def test_every_page_and_state(phone: Phone, on_site: Site, cast_template: Cast, part: str) -> None:
    findings: list[str] = []
    places = await set_the_stage(on_site, cast_template, "nl")
    scenes = [scene for scene in PARTS[part] if scene.no_script]
    for who in dict.fromkeys(scene.who for scene in scenes):
        page = await phone(javascript=False, width=320)
        await errors_as_told(page, "nl")
        await enter(page, on_site, who, roles(cast_template)[who])
        for scene in scenes:
            if scene.who == who:
                findings += await look_at(page, scene, places)
        await page.context.close()
    assert not findings, f"{len(findings)} findings:\n" + "\n".join(findings)


async def look_at(page: Page, scene: Scene, places: dict[str, Any]) -> list[str]:
    """What is wrong with it, in words."""
    if lost := await reached(page, scene, places):
        return [lost]
    found = [] if await page.locator("h1").count() == 1 else ["has not one heading"]
    if scene.path != "/dev/components":  # every component is there, also those that a script wakes
        found += await page.evaluate(IDLE)
    found += [f"small: {one}" for one in await page.evaluate(TOO_SMALL)]
    if wide := await page.evaluate(TOO_WIDE):
        found.append(f"wider than 320 px: {wide}")
    return [f"{scene.name}: {one}" for one in found]

"""Every page and state in English, where no script comes through: an old phone, a strict office, a train."""

from __future__ import annotations

from functools import partial

import pytest
from playwright.async_api import Page

from tests.cast import Cast
from tests.journeys.conftest import Phone
from tests.journeys.looking import NARROWEST, PARTS, look_at_each, sizes
from tests.journeys.scene import Scene
from tests.journeys.site import Site

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


ENGLISH = {"language": "en-GB", "width": 320}


@pytest.mark.timeout(2400)
@pytest.mark.parametrize("part", PARTS)
async def test_every_page_and_state(phone: Phone, on_site: Site, cast_template: Cast, part: str) -> None:
    scenes = [scene for scene in PARTS[part] if scene.no_script]
    opened = partial(phone, javascript=False, **ENGLISH)
    await look_at_each(scenes, "en", opened, on_site, cast_template, look)


async def test_what_needs_a_script_in_english(phone: Phone, on_site: Site, cast_template: Cast) -> None:
    scenes = [scene for part in PARTS.values() for scene in part if not scene.no_script]
    opened = partial(phone, service_workers="block", **ENGLISH)
    await look_at_each(scenes, "en", opened, on_site, cast_template, fits)


async def look(page: Page, scene: Scene) -> list[str]:
    """What is wrong with it, in words."""
    # Every component is there, also those that a script wakes.
    idle = [] if scene.path == "/dev/components" else await page.evaluate(IDLE)
    return idle + await fits(page, scene)


async def fits(page: Page, scene: Scene) -> list[str]:
    """Whether it fits the smallest screen, also with letters twice as large."""
    return await sizes(page, NARROWEST)

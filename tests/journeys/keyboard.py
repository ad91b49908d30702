"""A person without a mouse: Tab, Shift+Tab, Enter, Space, arrows and what is typed, nothing else.

Everything that takes the focus on the way must show it, and not lie under something else.
"""

from __future__ import annotations

from typing import Any

from playwright.async_api import Locator, Page

from tests.cast import Member
from tests.journeys.conftest import Phone

MANY = 90
"""No page has more stops than this; who presses Tab so often is caught somewhere."""
HERE = "(one) => one === document.activeElement"
FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const shown = (it) => {
    const {outlineStyle, outlineWidth, boxShadow} = getComputedStyle(it);
    return (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || boxShadow !== "none";
  };
  const ring = one.closest(".choice") ?? one;
  const {left, top, width, height} = ring.getBoundingClientRect();
  const there = document.elementFromPoint(left + width / 2, top + Math.min(height / 2, 20));
  const label = one.closest("label") ?? one;
  return {
    what: one.outerHTML.slice(0, 110), radio: one.type === "radio" ? one.name : "",
    visible: shown(one) || shown(ring), covered: !(there && (ring.contains(there) || label.contains(there))),
  };
}"""
LEFT = """(begin) => {
  const been = begin ? (self.been = new Set()) : self.been;
  const group = (one) => one.type === "radio" ? one.name : one;
  been.add(group(document.activeElement));
  const which = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const seen = (one) => one.checkVisibility({visibilityProperty: true}) && one.type !== "hidden";
  const reached = (one) => seen(one) && !one.disabled && one.tabIndex >= 0;
  const left = [...document.querySelectorAll(which)].filter((one) => reached(one) && !been.has(group(one)));
  return left.map((one) => one.outerHTML.slice(0, 110));
}"""
"""What the focus did not come by yet. Of a group of radio buttons it comes by one."""
AT_REST = """() => document.readyState === "complete"
  && new Promise((go) => requestAnimationFrame(() => setTimeout(() => go(true))))"""
"""The page is whole, and its script put the focus where it belongs after the first sight (pwa/app.js). Until
then the focus may yet be moved, and the page scrolled to the place in its address."""


class Keyboard:
    """The keys of one page. `locator`s say where somebody wants to go, by label and role."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wrong: list[str] = []

    async def press(self, key: str) -> dict[str, Any] | None:
        """Presses it, and looks where the focus is."""
        await self.page.keyboard.press(key)
        at: dict[str, Any] | None = await self.page.evaluate(FOCUS)
        if at and not at["visible"]:
            self.wrong.append(f"one does not see where one is: {at['what']}")
        if at and at["covered"]:
            self.wrong.append(f"something lies over {at['what']}")
        return at

    async def at_rest(self, locator: Locator) -> None:
        """Waits for a page with one of these, on which nothing moves by itself."""
        await locator.first.wait_for()
        await self.page.wait_for_function(AT_REST)

    async def to(self, locator: Locator, key: str = "Tab") -> None:
        """Goes on until the first of these has the focus."""
        await self.at_rest(locator)
        passed = []
        for _ in range(MANY):
            at = await self.press(key)
            if await locator.first.evaluate(HERE):
                return
            passed.append(at["what"] if at else "the page")
        raise AssertionError(f"{key} never reaches {locator}: {passed}")

    async def back_to(self, locator: Locator) -> None:
        """Goes back until it has the focus."""
        await self.to(locator, "Shift+Tab")

    async def write(self, locator: Locator, words: str) -> None:
        """Goes to a field, and types in place of what stands there."""
        await self.to(locator)
        await self.page.keyboard.press("ControlOrMeta+a")
        await self.page.keyboard.type(words)

    async def write_day(self, locator: Locator, day: str) -> None:
        """Goes to a date, given as yyyy-mm-dd, and types it part by part, in the order that it asks for."""
        year, month, number = day.split("-")
        await self.to(locator)
        for typed in (f"{number}{month}{year}", f"{month}{number}{year}"):
            await self.page.keyboard.type(typed)
            if await locator.first.input_value() == day:
                return
            for _ in range(3):
                await self.press("ArrowLeft")
        raise AssertionError(f"{day} cannot be typed")

    async def choose(self, locator: Locator) -> None:
        """Goes to the group of a radio button, and with the arrows to the button."""
        await self.at_rest(locator)
        group = await locator.first.get_attribute("name")
        for _ in range(MANY):
            at = await self.press("Tab")
            if at and at["radio"] == group:
                break
        for _ in range(MANY):
            if await locator.first.evaluate(HERE):
                await self.press("Space")
                return
            await self.press("ArrowDown")
        raise AssertionError(f"the arrows never reach {locator}")

    async def enter(self, locator: Locator) -> None:
        """Goes to a link or button, and uses it."""
        await self.to(locator)
        await self.page.keyboard.press("Enter")

    async def goes_round(self) -> None:
        """Tab comes by everything there is; nothing keeps it."""
        await self.page.wait_for_function(AT_REST)
        left = await self.page.evaluate(LEFT, True)
        for _ in range(MANY):
            if not left:
                return
            await self.press("Tab")
            left = await self.page.evaluate(LEFT, False)
        raise AssertionError(f"{self.page.url}: Tab never comes by {left}")

    def is_easy(self) -> None:
        """Nothing was wrong on the way."""
        assert not self.wrong, "\n".join(self.wrong)


async def keyboard(phone: Phone, member: Member | None, **options: Any) -> Keyboard:
    """A screen with a keyboard, signed in as somebody. Nothing slides over what has the focus meanwhile."""
    how = {"width": 1280, "height": 900, "reduced_motion": "reduce", **options}
    return Keyboard(await phone(signed_in_as=member, **how))

"""A page in one of its states: who stands where, and what they did there."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Page

Do = Callable[[Page], Awaitable[None]]
SEND = "main form button:not([type=button], .no-script)"
PLACEHOLDER = re.compile(r"\{[^}]*\}")


@dataclass(frozen=True)
class Scene:
    """`who` stands at `path`; fills in fields by their selector and presses a button, or does more.

    `{name}` in the path is filled in by the stage. `at` is where that leads, when it is another page than
    `path`: a route, with its parameters as they stand there or empty.
    """

    name: str
    who: str
    path: str
    fill: dict[str, str] = field(default_factory=dict)
    press: str | None = None
    do: Do | None = None
    at: str = ""
    status: int = 200
    """What the path answers."""
    script: bool = True
    """Whether it can be looked at with script. Some states there are only without."""
    no_script: bool = True
    """Whether it can be looked at without script. Some states there are only with it."""

    async def open(self, page: Page, places: Mapping[str, Any]) -> None:
        """Brings the page there."""
        answer = await page.goto(self.path.format(**places))
        assert answer and answer.status == self.status, f"{self.path} answered {answer and answer.status}"
        for selector, typed in self.fill.items():
            await page.locator(selector).first.fill(typed)
        if self.press:
            async with page.expect_navigation():
                await page.locator(self.press).first.click()
        if self.do:
            await self.do(page)

    @property
    def route(self) -> str:
        """The page it shows, its parameters left out; empty for what a form answers, and for an error."""
        if self.press and not self.at:
            return ""
        return shape(urlsplit(self.at or self.path).path)

    def is_at(self, url: str) -> bool:
        """Whether that is the page it means to show."""
        pattern = "[^/]+".join(re.escape(part) for part in self.route.split("{}"))
        return not self.route or re.fullmatch(pattern, urlsplit(url).path) is not None


def shape(route: str) -> str:
    """A route without the names of its parameters."""
    return PLACEHOLDER.sub("{}", route)

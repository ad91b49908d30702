"""What a case manager and a manager ask of a few people and of thousands, each in a database of its own."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from html import unescape
from typing import Any
from urllib.parse import urlencode

from backend.embedded import Servers
from tests.bench import client
from tests.bench.client import Answer, Asked
from tests.bench.fillings import FEW, FULL, LARGE, fill
from tests.bench.rounds import Figures, Size, measure
from tests.bench.scenes import Scene
from tests.bench.table import Line
from tests.bench.targets import Target, new_database, serving

SIZE = Size(rounds=5, alone=15, busy=2, warm=20)
GOAL, SEARCH_GOAL = 1.2, 1.5
"""How many times a full page's costs the same page out of thousands may take: a search for a part of a name
has to read every name once."""

CHOICES: dict[str, dict[str, Any]] = {
    "first page": {},
    "late and in week 7 to 42": {"late": 1, "week": "7-42"},
    "with something new": {"new": 1},
    "a name": {"q": "voornaam1 naam7"},
    "longest sick first": {"sort": "week"},
    "by name": {"sort": "name"},
    "no action planned": {"due": "none"},
    "no action planned, by name": {"due": "none", "sort": "name"},
    "nothing found": {"due": "none", "late": 1},
    "closed": {"state": "closed"},
    "closed, longest sick first": {"state": "closed", "sort": "week"},
}


async def scenes(port: int, carla: str, dirk: str, bram: str) -> list[Scene]:
    """What is asked of the server with that many dossiers."""
    found = []
    for title, choice in CHOICES.items():
        path = "/caseload" + (f"?{urlencode(choice)}" if choice else "")
        found.append(_scene(f"Caseload, {title}", path, carla, 'id="cases"'))
    for title in ("first page", "longest sick first", "by name", "with something new"):
        path = "/caseload?" + urlencode(CHOICES[title])
        found.append(
            _scene(f"Caseload, {title}, last page", await _last(port, carla, path), carla, 'class="case"')
        )
    for title in ("first page", "longest sick first", "with something new"):
        path = "/caseload?" + urlencode(CHOICES[title])
        found.append(_scene(f"Caseload of a doctor, {title}", path, dirk, 'class="case"'))
    last = await _pages(port, bram)
    asked = {
        "Team, first page": "/team",
        "Team, a name": "/team?q=voornaam1+naam7",
        "Team, in the middle": f"/team?page={(last + 1) // 2}",
        "Team, last page": f"/team?page={last}",
    }
    return found + [_scene(title, path, bram, "Voornaam") for title, path in asked.items()]


def _scene(title: str, path: str, session: str, sign: str) -> Scene:
    def good(answer: Answer) -> bool:
        return answer.status == 200 and sign in answer.text

    return Scene(title, itertools.cycle([Asked("GET", path, session)]), good)


async def _text(port: int, path: str, session: str) -> str:
    answer = await client.one(port, Asked("GET", path, session))
    if answer.status != 200:
        raise ValueError(f"{path} was answered with {answer.status}")
    return answer.text


async def _last(port: int, session: str, path: str) -> str:
    """Where one comes who asks for more until there is no more."""
    while found := re.search(r'class="more"><a[^>]* href="([^"]+)"', await _text(port, path, session)):
        path = unescape(found[1])
    return path


async def _pages(port: int, session: str) -> int:
    """The number of the team's last page."""
    numbers = re.findall(r"[?&;]page=(\d+)", await _text(port, "/team", session))
    last = max(map(int, numbers), default=1)
    while f"page={last + 1}" in await _text(port, f"/team?page={last}", session):
        last += 1
    return last


async def bench(servers: Servers, say: Callable[[str], None]) -> list[Line]:
    """Every scene on every server in turn, as lines of a table of their own."""
    with ExitStack() as stack:
        asked: dict[Target, list[Scene]] = {}
        for number, filling in enumerate((FEW, FULL, *LARGE)):
            say(f"Filling a database: {filling.title} …")
            secrets = await fill(await new_database(servers, f"desk{number}"), filling)
            target = stack.enter_context(serving(servers, "product", f"desk{number}"))
            asked[target] = await scenes(target.port, *secrets)
        rows: list[Line] = []
        for at, scene in enumerate(next(iter(asked.values()))):
            say(f"Measuring: {scene.title} …")
            found = await measure(lambda target, at=at: asked[target][at], list(asked), servers, SIZE)  # type: ignore[misc]
            rows += told(scene.title, [found[target] for target in asked])
    return rows


def columns() -> list[str]:
    return [one.title for one in (FEW, FULL, *LARGE)] + ["", "", ""]


def told(title: str, found: Sequence[Figures]) -> list[Line]:
    """What it costs with few, with as many as fill each page, and each way with thousands; then how many
    times a full page that is."""
    _few, full, *large = found
    most = SEARCH_GOAL if title.endswith("a name") else GOAL
    met = all(one.together <= most * full.together for one in large)

    def costs(of: Callable[[Figures], float]) -> list[str]:
        ratios = [f"x {of(one) / of(full):.2f}" if of(full) >= 0.005 else "" for one in large]
        return [*(f"{of(one):.2f}" for one in found), *ratios]

    return [
        Line(title),
        Line("  server, ms of processor", costs(lambda f: f.server)),
        Line("  PostgreSQL, ms", costs(lambda f: f.postgres)),
        Line("  together, ms", costs(lambda f: f.together), f"at most {most} x {FULL.title}", met),
        Line("  SQL statements", _cells(found, lambda f: f"{f.statements:g}")),
        Line("  kB of page, unpacked", _cells(found, lambda f: f"{f.body / 1000:.1f}")),
        Line("  p50 / p95 alone, ms", _cells(found, lambda f: f"{f.alone.p50:.1f} / {f.alone.p95:.1f}")),
        Line(),
    ]  # fmt: skip


def _cells(each: Sequence[Figures], of: Callable[[Figures], str]) -> list[str]:
    return [of(one) for one in each]

"""What a case manager and a manager ask of a few people and of thousands, each in a database of its own."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from html import unescape
from urllib.parse import urlencode

from backend.accounts.sessions import REMEMBERED
from backend.embedded import Servers
from backend.foundation import clock
from backend.foundation.clock import HOME_ZONE, day_in
from backend.foundation.database import close_pool, execute, open_pool
from backend.foundation.encryption import keyring
from tests.bench import client
from tests.bench.client import Answer, Asked
from tests.bench.rounds import Figures, Size, measure
from tests.bench.scenes import Scene
from tests.bench.table import Line
from tests.bench.targets import Target, new_database, serving
from tests.caseload.many import make_many
from tests.cast import make_cast, session_of

FEW, FULL, MANY = 5, 50, 5_000
"""Dossiers, one to a person. FULL fills a page of either list, so that both pages hold as many lines."""
SIZE = Size(rounds=5, alone=15, busy=2, warm=20)
GOAL = 1.2
"""How many times a full page's costs the same page of the caseload out of thousands may take."""

PERSONAL = """
UPDATE employment SET manager = $1, email = lower(first_name) || '@voorbeeld.example'
WHERE first_name LIKE 'Voornaam%'
"""
REACHED = "UPDATE spell SET phone = $1, expected_duration = 'Nog een week of twee'"
SEEN = "UPDATE session SET remember = true, seen_at = $1, expires_at = $2"
"""In the future, so that no measured request has to note that its device was seen."""


async def fill(url: str, dossiers: int) -> tuple[str, str]:
    """So many dossiers, all Carla's and all of Bram's team; answers the secrets of their sessions."""
    now = clock.now()
    await open_pool(url)
    try:
        cast = await make_cast()
        await make_many(cast, dossiers, day_in(HOME_ZONE, now))
        await execute(PERSONAL, cast.bram_as_manager)
        await execute(REACHED, keyring().encrypt("+31612345678", "spell.phone"))
        secrets = [await session_of(one, now=now) for one in (cast.helpers["carla"], cast.bram)]
        await execute(SEEN, now + REMEMBERED / 2, now + REMEMBERED)
        await execute("VACUUM (ANALYZE)")
    finally:
        await close_pool()
    return secrets[0], secrets[1]


async def scenes(port: int, carla: str, bram: str) -> list[Scene]:
    """What is asked of the server with that many dossiers."""
    asked = {
        "Caseload, first page": "/caseload",
        "Caseload, late and in week 7 to 42": "/caseload?" + urlencode({"late": 1, "week": "7-42"}),
        "Caseload, with something new": "/caseload?new=1",
        "Caseload, a name": "/caseload?q=voornaam1+naam7",
        "Caseload, longest sick first": "/caseload?sort=week",
        "Caseload, by name": "/caseload?sort=name",
        "Caseload, last page": await _last(port, carla, "/caseload"),
        "Caseload by name, last page": await _last(port, carla, "/caseload?sort=name"),
    }
    found = [_scene(title, path, carla, 'class="case"') for title, path in asked.items()]
    asked = {
        "Team, first page": "/team",
        "Team, a name": "/team?q=voornaam1+naam7",
        "Team, last page": f"/team?page={await _pages(port, bram)}",
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
        for dossiers in (FEW, FULL, MANY):
            say(f"Filling a database with {dossiers:,} dossiers …")
            name = f"desk{dossiers}"
            secrets = await fill(await new_database(servers, name), dossiers)
            target = stack.enter_context(serving(servers, "product", name))
            asked[target] = await scenes(target.port, *secrets)
        rows: list[Line] = []
        for at, scene in enumerate(next(iter(asked.values()))):
            say(f"Measuring: {scene.title} …")
            found = await measure(lambda target, at=at: asked[target][at], list(asked), servers, SIZE)  # type: ignore[misc]
            rows += told(scene.title, {target.database: figures for target, figures in found.items()})
    return rows


def columns() -> list[str]:
    return [f"{FEW}", f"{FULL}", f"{MANY:,}", f"x {FEW}", f"x {FULL}"]


def told(title: str, found: Mapping[str, Figures]) -> list[Line]:
    """What it costs with few, with as many as fill a page, and with thousands."""
    few, full, many = (found[f"desk{number}"] for number in (FEW, FULL, MANY))
    each = (few, full, many)
    promised = title.startswith("Caseload")
    goal = f"at most {GOAL} x {FULL}" if promised else ""
    met = many.together <= GOAL * full.together if promised else None

    def costs(of: Callable[[Figures], float], mark: str = ".2f") -> list[str]:
        ratios = [f"{of(many) / of(one):.2f}" if of(one) >= 0.005 else "" for one in (few, full)]
        return [*(format(of(one), mark) for one in each), *ratios]

    return [
        Line(title),
        Line("  server, ms of processor", costs(lambda f: f.server)),
        Line("  PostgreSQL, ms", costs(lambda f: f.postgres)),
        Line("  together, ms", costs(lambda f: f.together), goal, met),
        Line("  SQL statements", _cells(each, lambda f: f"{f.statements:g}")),
        Line("  kB on the wire, with headers", _cells(each, lambda f: f"{f.wire / 1000:.1f}")),
        Line("  kB of page, unpacked", _cells(each, lambda f: f"{f.body / 1000:.1f}")),
        Line("  p50 / p95 alone, ms", _cells(each, lambda f: f"{f.alone.p50:.1f} / {f.alone.p95:.1f}")),
        Line(),
    ]  # fmt: skip


def _cells(each: Sequence[Figures], of: Callable[[Figures], str]) -> list[str]:
    return [of(one) for one in each]

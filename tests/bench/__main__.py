"""`make bench`: what the product costs, beside a floor that does the same with nothing of the product.

`python -m tests.bench [--quick] [--only server|load|lighthouse|large|desks|files|live|doors]`. Figures are
printed, never asserted: they depend on the machine, the ratios hardly do.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
from contextlib import ExitStack

from backend.embedded import Servers
from tests.bench import desks, doors, figures, lighthouse, live, load, throughput
from tests.bench.rounds import QUICK, WHOLE, Size, measure
from tests.bench.scenes import Scene, scenes
from tests.bench.seed import ENTRIES, READERS, Filled, fill
from tests.bench.table import Line, lines
from tests.bench.targets import Target, new_database, serving
from tests.servers import running

PARTS = ("server", "load", "lighthouse", "large", "desks", "files", "live", "doors")
BESIDE = {"desks", "files", "live", "doors"}
"""Parts with databases and a table of their own."""
MANY = 100_000
OLD_ENTRIES = 3
"""Timeline of the closed dossier that everyone in the small database has."""


def say(*words: str) -> None:
    print(*words, sep="\n", flush=True)


def main() -> None:
    """Runs the parts that were asked for, then prints the tables."""
    found = argparse.ArgumentParser(prog="python -m tests.bench", description="What the product costs.")
    found.add_argument("--quick", action="store_true", help="fewer rounds, no large database, no Lighthouse")
    found.add_argument("--only", choices=PARTS)
    given = found.parse_args()
    wanted = {"server", "load"} if given.quick else set(PARTS)
    asyncio.run(bench({given.only} if given.only else wanted, QUICK if given.quick else WHOLE))


async def bench(wanted: set[str], size: Size) -> None:
    say(f"Python {platform.python_version()}, {os.cpu_count()} processors of {platform.machine()}.")
    with running(durable=True) as servers:
        if wanted - BESIDE:
            await _pages(servers, wanted, size)
        if "desks" in wanted:
            say("", *lines(desks.columns(), await desks.bench(servers, say)))
        if "files" in wanted:
            say("", *lines(throughput.COLUMNS, await throughput.bench(servers, say)))
        if "live" in wanted:
            say("", *lines(live.COLUMNS, await live.bench(servers, say)))
        if "doors" in wanted:
            say("", *lines(doors.COLUMNS, await doors.bench(servers, say)))


async def _pages(servers: Servers, wanted: set[str], size: Size) -> None:
    people = READERS + 2 * size.asked
    rows: list[Line] = []
    with ExitStack() as stack:
        databases = {"small": await _filled(servers, "small", people, people, OLD_ENTRIES)}
        if "large" in wanted:
            databases["large"] = await _filled(servers, "large", MANY, people, ENTRIES)
        names = ("product", "floor") if wanted & {"server", "large"} else ("product",)
        targets = [
            stack.enter_context(serving(servers, name, database)) for database in databases for name in names
        ]
        products = {target.database: target.port for target in targets if target.name == "product"}
        if wanted & {"server", "large"}:
            rows += await _costs(targets, servers, size, people)
        for database, port in products.items():
            if "load" in wanted:
                say(f"Loading pages on a phone, {database} database …")
                rows += load.told(await load.visit(port, reader=0), f"on a phone, {database} database")
            if "lighthouse" in wanted:
                rows += _lighthouse(port, database)
    told = [f"The {name} database: {_size(each)}" for name, each in databases.items()]
    say("", *told, "", *lines(figures.columns(list(databases)), rows))


async def _filled(servers: Servers, name: str, people: int, signed_in: int, entries: int) -> Filled:
    say(f"Filling the {name} database …")
    url = await new_database(servers, name)
    return await fill(url, people=people, signed_in=signed_in, entries=entries, say=say)


async def _costs(targets: list[Target], servers: Servers, size: Size, people: int) -> list[Line]:
    """Every scene on every server in turn."""
    rows: list[Line] = []
    asked = {target.database: scenes(people) for target in targets}
    for at, scene in enumerate(asked["small"]):
        say(f"Measuring: {scene.title} …")

        def scene_of(target: Target, at: int = at) -> Scene:
            return asked[target.database][at]

        try:
            found = await measure(scene_of, targets, servers, size)
            rows += figures.told(
                scene, {(target.database, target.name): each for target, each in found.items()}
            )
        except ValueError as error:
            rows += [Line(f"{scene.title}: {str(error).splitlines()[0]}"), Line()]
    return rows


def _lighthouse(port: int, database: str) -> list[Line]:
    command = lighthouse.install(say)
    rows: list[Line] = []
    for title, path, reader in (("Sign-in page", "/sign-in", None), ("Dashboard", "/", 1)):
        say(f"Lighthouse: {title}, {database} database …")
        told = f"{title} by Lighthouse, {database} database"
        rows += lighthouse.told(told, lighthouse.judge(command, f"http://localhost:{port}{path}", reader))
    return rows


def _size(filled: Filled) -> str:
    return (
        f"{filled.people:,} employees, {filled.entries:,} timeline entries, {filled.size / 1e6:,.0f} MB, "
        f"filled in {filled.seconds:.0f} s."
    )


if __name__ == "__main__":
    main()

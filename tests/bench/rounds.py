"""Rounds over all servers in turn, so that whatever else the machine does falls on each of them alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from backend.embedded import Servers
from tests.bench import client
from tests.bench.client import Asked, Run
from tests.bench.costs import Seconds, spent, watched
from tests.bench.scenes import Scene
from tests.bench.targets import Target

BUSY = 16


@dataclass(frozen=True, slots=True)
class Size:
    """How much is asked: so many rounds, each of so many requests."""

    rounds: int
    alone: int
    busy: int
    warm: int

    @property
    def asked(self) -> int:
        """Requests of one scene to one server."""
        return self.rounds * (self.alone + self.busy) + self.warm + COUNTED + 1


COUNTED = 10
WHOLE = Size(rounds=15, alone=80, busy=128, warm=200)
QUICK = Size(rounds=7, alone=40, busy=64, warm=200)


@dataclass(frozen=True, slots=True)
class Figures:
    """What one request costs one server: medians over the rounds."""

    server: float
    """Milliseconds of processor time, as the two below."""
    postgres: float
    redis: float
    statements: float
    brackets: float
    wire: float
    """Bytes of the answer with its headers."""
    body: int
    """Bytes of the page before compression."""
    alone: Run
    busy: Run

    @property
    def together(self) -> float:
        return self.server + self.postgres + self.redis


async def measure(
    scene_of: Callable[[Target], Scene], targets: Sequence[Target], servers: Servers, size: Size
) -> dict[Target, Figures]:
    """One scene, on every server."""
    spent_by: dict[Target, list[Seconds]] = defaultdict(list)
    alone: dict[Target, list[Run]] = defaultdict(list)
    busy: dict[Target, list[Run]] = defaultdict(list)
    bodies: dict[Target, int] = {}
    counted: dict[Target, tuple[float, float]] = {}

    async def run(target: Target, count: int, connections: int) -> Run:
        scene = scene_of(target)
        return await client.run(target.port, scene.some(count), connections, scene.good)

    for target in targets:
        asked: Asked = scene_of(target).some(1)[0]
        bodies[target] = len((await client.one(target.port, asked)).text.encode())
        await run(target, size.warm, BUSY)
        with watched(servers) as statements:
            await run(target, COUNTED, 1)
        counted[target] = (statements.work / COUNTED, statements.brackets / COUNTED)
    for turn in range(size.rounds):
        for target in targets if turn % 2 else reversed(targets):
            before = spent(target.process, servers)
            alone[target].append(await run(target, size.alone, 1))
            spent_by[target].append(spent(target.process, servers) - before)
            busy[target].append(await run(target, size.busy, BUSY))
    return {
        target: Figures(
            server=median(each.server for each in spent_by[target]) * 1000 / size.alone,
            postgres=median(each.postgres for each in spent_by[target]) * 1000 / size.alone,
            redis=median(each.redis for each in spent_by[target]) * 1000 / size.alone,
            statements=counted[target][0],
            brackets=counted[target][1],
            wire=median(each.wire for each in alone[target]),
            body=bodies[target],
            alone=_middle(alone[target]),
            busy=_middle(busy[target]),
        )
        for target in targets
    }


def _middle(runs: Sequence[Run]) -> Run:
    """The run whose rate is the median."""
    return sorted(runs, key=lambda each: each.rate)[len(runs) // 2]

"""A seeded order of calamities, each at a random moment while people report."""

from __future__ import annotations

import asyncio
import math
import random
import signal
from collections.abc import Callable

from backend.foundation import clock
from backend.foundation.database import execute
from backend.outbox.claim import LEASE
from tests.faults.house import House
from tests.faults.phones import Ledger
from tests.until import until

CALAMITIES = (
    *["web"] * 8,
    *["worker"] * 7,
    *["connections cut"] * 16,
    *["Redis"] * 4,
    *["Redis emptied"] * 2,
    *["PostgreSQL restarted"] * 2,
    "PostgreSQL killed",
)
AHEAD = 20
"""How many reports the phones, of which there are fewer, may run ahead of the next calamity: enough to be at
work when it comes."""

BUSY = 6
"""How many answers must be under way at a calamity."""


class Storm:
    """Over so many acknowledged reports: their number says when, so that each calamity falls among work."""

    def __init__(self, house: House, ledger: Ledger, chance: random.Random, goal: int) -> None:
        self._house, self._ledger, self._chance = house, ledger, chance
        self._order = chance.sample(CALAMITIES, len(CALAMITIES))
        self._moments = sorted(chance.sample(range(5, goal - 5), len(self._order)))
        self._worker_killed_at = clock.now()

    async def rage(self, before: Callable[[], None]) -> None:
        """Until all has happened; `before` is called just before each calamity."""
        for calamity, moment in zip(self._order, self._moments, strict=True):
            self._ledger.limit = moment + AHEAD
            await self._ledger.reach(moment)
            before()
            self._ledger.limit = self._ledger.acknowledged + AHEAD
            await until(lambda: self._ledger.under_way >= BUSY, "a busy moment")
            await asyncio.sleep(self._chance.uniform(0, 0.1))
            await self._strike(calamity)
        self._ledger.limit = math.inf

    async def _strike(self, calamity: str) -> None:
        house = self._house
        if calamity == "web":
            house.kill(house.web)
        elif calamity == "worker":
            await self.kill_worker()
        elif calamity == "Redis":
            await house.kill_redis()
            await asyncio.sleep(self._chance.uniform(0, 1))
            await house.start_redis(empty=self._chance.random() < 0.5)
        elif calamity == "connections cut":
            await house.cut_connections()
        elif calamity == "Redis emptied":
            await house.empty_redis()
        else:
            killed = calamity == "PostgreSQL killed"
            await house.end_postgres(signal.SIGKILL if killed else signal.SIGINT)
            await asyncio.sleep(self._chance.uniform(0, 0.5))
            await house.start_postgres()

    async def kill_worker(self) -> None:
        """Only while it is at work: a few mails after its start."""
        office, more = self._house.office, self._chance.randint(1, 10)
        sent = len(office.accepted)
        await until(lambda: len(office.accepted) >= sent + more, f"{more} mails")
        await asyncio.sleep(self._chance.uniform(0, 0.02))
        self._house.kill(self._house.worker)
        self._worker_killed_at = clock.now()

    async def forget_the_dead(self) -> None:
        """Turns the clock by hand for what killed workers held, and for nothing that the living one holds."""
        held = self._worker_killed_at + LEASE
        await execute("UPDATE message SET leased_until = $1 WHERE leased_until <= $2", clock.now(), held)

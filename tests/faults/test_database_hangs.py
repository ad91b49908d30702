"""PostgreSQL is there and answers nothing, as when its disk hangs."""

from __future__ import annotations

import asyncio
import random
import time

import httpx
import pytest

from tests.faults.conftest import Figures
from tests.faults.crowd import crowd, signed_in
from tests.faults.house import POOL, House
from tests.faults.judge import judge
from tests.faults.people import Employee
from tests.faults.phones import Ledger
from tests.until import PATIENCE, until

SECONDS = 15.0
SPELLS, AMONG = 40, 60


@pytest.mark.timeout(900)
async def test_whoever_asks_a_hanging_database_is_told_so_and_nothing_is_lost(
    house: House, people: list[Employee], figures: Figures
) -> None:
    ledger = Ledger()
    house.web.start()
    await house.ready()
    probe = httpx.AsyncClient(base_url=house.url, timeout=PATIENCE)
    async with probe, crowd(house, ledger, random.Random(6), people, SPELLS):
        await ledger.reach(AMONG)
        before = house.web.descriptors()
        house.freeze_postgres()
        try:
            frozen, turned_away = time.monotonic(), ledger.heard["503"]
            told = await probe.get("/health/ready")
            told_after = time.monotonic() - frozen
            await asyncio.sleep(SECONDS - told_after)
            await until(lambda: ledger.heard["503"] > turned_away, "somebody is told")
            turned_away = ledger.heard["503"] - turned_away
        finally:
            house.thaw_postgres()
        promised, thawed = ledger.acknowledged, time.monotonic()
        await ledger.reach(promised + 1)
        back = time.monotonic() - thawed
        await ledger.reach(promised + AMONG)
        after = house.web.descriptors()
        ledger.over = True
    still = await signed_in(house, people)
    verdict = await judge(ledger)
    figures(
        f"PostgreSQL frozen for {SECONDS:g} s under load\n"
        f"  turned away with 503 {turned_away}, the first after {told_after:.1f} s · first report"
        f" {back:.2f} s after it moved again\n"
        f"  acknowledged {ledger.acknowledged} · lost {verdict.lost} · stored twice {verdict.twice}"
        f" · signed out {len(people) - still} · descriptors {before} before, {after} after"
    )
    assert told.status_code == 503
    assert after <= before + POOL
    assert still == len(people), "somebody was signed out"
    assert not verdict.complaints
    assert not house.mistakes()

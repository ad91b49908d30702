"""Proof 2: PostgreSQL is gone for a while, under load."""

from __future__ import annotations

import asyncio
import random
import signal
import time

import httpx
import pytest

from backend.foundation.database import fetch_value
from tests.faults.conftest import Figures
from tests.faults.crowd import crowd, signed_in
from tests.faults.house import POOL, House
from tests.faults.judge import judge
from tests.faults.people import Employee
from tests.faults.phones import Ledger
from tests.until import PATIENCE, until

SPELLS = 40
AMONG = 80
"""Reports before and after, so that it falls among work."""
OURS = (
    "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'beterschap' AND pid <> pg_backend_pid()"
)


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("how", "seconds"), [(signal.SIGINT, 30.0), (signal.SIGKILL, 4.0)], ids=["stopped", "killed"]
)
async def test_while_the_database_is_away_nothing_is_promised_and_afterwards_all_goes_on(
    house: House, people: list[Employee], figures: Figures, how: signal.Signals, seconds: float
) -> None:
    ledger, chance = Ledger(), random.Random(2)
    house.web.start()
    await house.ready()
    web = house.web.pid
    probe = httpx.AsyncClient(base_url=house.url, timeout=PATIENCE)
    async with crowd(house, ledger, chance, people, SPELLS), probe:
        await ledger.reach(AMONG)
        before = house.web.descriptors()
        await house.end_postgres(how)
        ledger.away, ledger.slowest, turned_away = True, 0.0, ledger.heard["503"]
        await asyncio.sleep(seconds)
        await until(lambda: ledger.heard["503"] > turned_away, "somebody is told")
        lives = await probe.get("/health/live")
        is_ready = await probe.get("/health/ready")
        turned_away, slowest = ledger.heard["503"] - turned_away, ledger.slowest
        ledger.away, promised, began = False, ledger.acknowledged, time.monotonic()
        await house.start_postgres()
        started = time.monotonic()
        await ledger.reach(promised + 1)
        back = time.monotonic() - started
        await ledger.reach(ledger.acknowledged + AMONG)
        after, connections = house.web.descriptors(), await fetch_value(OURS)
        ledger.over = True
    still = await signed_in(house, people)
    verdict = await judge(ledger)
    figures(
        f"PostgreSQL {how.name} and away for {seconds:g} s under load\n"
        f"  promised meanwhile {ledger.promised_while_away} · turned away with 503 {turned_away}, the slowest"
        f" after {slowest:.2f} s · no answer {ledger.heard['no answer']}\n"
        f"  first report {back:.2f} s after PostgreSQL was back (its own start {started - began:.1f} s)\n"
        f"  acknowledged {ledger.acknowledged} · lost {verdict.lost} · stored twice {verdict.twice}"
        f" · signed out {len(people) - still}\n"
        f"  descriptors of the web server {before} before, {after} after · connections {connections}"
    )
    assert ledger.promised_while_away == 0
    assert ledger.heard["no answer"] == 0
    assert (lives.status_code, is_ready.status_code) == (200, 503)
    assert house.web.process is not None
    assert (house.web.pid, house.web.process.poll()) == (web, None), "it was not to be restarted"
    assert after <= before + POOL
    assert connections <= POOL + 1
    assert still == len(people), "somebody was signed out"
    assert not verdict.complaints
    assert not house.mistakes()

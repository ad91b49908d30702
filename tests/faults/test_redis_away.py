"""Proof 5: Redis is killed, emptied and frozen in mid-run. It holds hints only, so nobody may notice."""

from __future__ import annotations

import math
import random

import httpx
import pytest

from backend.app import HINTS_AT_ONCE
from backend.limits.rules import PASSWORDS, PASSWORDS_HERE
from tests.cast import PASSWORD
from tests.faults.conftest import Figures
from tests.faults.crowd import crowd, signed_in
from tests.faults.house import POOL, House, until_nothing_waits
from tests.faults.judge import judge
from tests.faults.people import Employee
from tests.faults.phones import Ledger
from tests.until import PATIENCE

SPELLS = 40
MEANWHILE = 50
"""Reports between one calamity and the next."""
TRIES = 20


async def guess(house: House, username: str, tries: int = TRIES, password: str = "verkeerd geraden") -> int:
    """How many of so many tries to sign in were heard, rather than refused because there were too many."""
    ours = {"Sec-Fetch-Site": "same-origin"}
    heard = 0
    async with httpx.AsyncClient(base_url=house.url, headers=ours, timeout=PATIENCE) as client:
        for _ in range(tries):
            answer = await client.post("/sign-in", data={"username": username, "password": password})
            assert answer.status_code in (303, 422, 429), answer.text[:2000]
            heard += answer.status_code != 429
    return heard


@pytest.mark.timeout(900)
async def test_without_redis_reports_and_limits_go_on(
    house: House, people: list[Employee], figures: Figures
) -> None:
    ledger = Ledger()
    house.web.unhurried()
    house.web.start()
    house.worker.start()
    await house.ready()
    ledger.limit = MEANWHILE
    async with crowd(house, ledger, random.Random(5), people[:40], SPELLS):
        await ledger.reach(MEANWHILE)
        before = house.web.descriptors()
        await house.kill_redis()
        ledger.slowest, ledger.limit = 0.0, 3 * MEANWHILE
        heard = [await guess(house, "anna@voorbeeld.example")]
        await ledger.reach(2 * MEANWHILE)
        slowest = ledger.slowest
        await house.start_redis(empty=True)
        heard.append(await guess(house, "anna@voorbeeld.example"))
        await ledger.reach(3 * MEANWHILE)
        ledger.limit = 5 * MEANWHILE
        await house.empty_redis()
        heard.append(await guess(house, "anna@voorbeeld.example", 1, PASSWORD))
        heard.append(await guess(house, "eva@voorbeeld.example"))
        await ledger.reach(4 * MEANWHILE)
        await house.kill_redis()
        await ledger.reach(5 * MEANWHILE)
        await house.start_redis()
        house.freeze_redis()
        ledger.slowest, ledger.limit = 0.0, 6 * MEANWHILE
        await ledger.reach(6 * MEANWHILE)
        frozen = ledger.slowest
        after = house.web.descriptors()
        house.thaw_redis()
        ledger.limit, ledger.over = math.inf, True
    await house.kill_redis()
    await until_nothing_waits()
    await house.start_redis()
    still = await signed_in(house, people)
    verdict = await judge(ledger, house.office)
    kills = house.kills
    figures(
        f"Redis killed {kills['Redis']} times, emptied {kills['Redis emptied']} times, frozen once\n"
        f"  acknowledged {ledger.acknowledged} · lost {verdict.lost} · stored twice {verdict.twice} · server"
        f" errors {ledger.heard['503']} · no answer {ledger.heard['no answer']}"
        f" · signed out {len(people) - still}\n"
        f"  slowest answer without Redis {slowest:.2f} s, with a frozen one {frozen:.2f} s"
        f" · descriptors of the web server {before} before, {after} after\n"
        f"  wrong passwords heard: without Redis {heard[0]} of {TRIES}, after it was emptied {heard[1]} of"
        f" {TRIES}, the address's last for somebody else {heard[3]} of {TRIES}\n"
        f"  mails promised {verdict.promised} · lost {verdict.unmailed} · repeated {verdict.repeats}"
    )
    assert (ledger.heard["503"], ledger.heard["no answer"]) == (0, 0)
    assert after <= before + HINTS_AT_ONCE + POOL
    assert heard == [PASSWORDS_HERE[0].times, 0, 0, PASSWORDS[0].times - PASSWORDS_HERE[0].times]
    assert still == len(people)
    assert verdict.unmailed == verdict.repeats == 0
    assert not verdict.complaints
    assert not house.mistakes()

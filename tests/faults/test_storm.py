"""Proof 1: people report sick and better while everything that can be killed is killed."""

from __future__ import annotations

import asyncio
import os
import random
import time

import pytest

from backend.outbox.queries import state
from tests.faults.conftest import Figures
from tests.faults.crowd import crowd, signed_in
from tests.faults.house import House, until_nothing_waits
from tests.faults.judge import Verdict, judge
from tests.faults.people import Employee
from tests.faults.phones import Ledger, Phone, course
from tests.faults.storm import Storm

REPORTERS, SPELLS = 40, 40
GOAL = 420
"""Acknowledged sick reports and recoveries, at least."""
KILLS_WHILE_MAILING = 4


async def send_once(house: House, ledger: Ledger, chance: random.Random, who: Employee) -> None:
    """From a phone that dies before it hears the answer, or soon after."""
    report = next(course(who, 1))
    ledger.sent.append(report)
    phone = Phone(house.url, ledger, chance, patience=chance.uniform(0.01, 0.3))
    await phone.tap(report)
    await phone.close()


@pytest.mark.timeout(1200)
async def test_what_was_acknowledged_is_stored_once_and_told_whatever_dies(
    house: House, people: list[Employee], figures: Figures
) -> None:
    seed = int(os.environ.get("FAULTS_SEED") or random.randrange(1_000_000))
    chance, ledger, began = random.Random(seed), Ledger(), time.monotonic()
    reporters, others = people[:REPORTERS], people[REPORTERS:]
    house.web.start()
    house.worker.start()
    await house.ready()
    storm = Storm(house, ledger, chance, GOAL)
    verdict = None
    try:
        async with asyncio.TaskGroup() as tasks, crowd(house, ledger, chance, reporters, SPELLS):

            def before() -> None:
                if others:
                    tasks.create_task(send_once(house, ledger, chance, others.pop()))

            await storm.rage(before)
            await ledger.reach(GOAL)
            ledger.over = True
        for _ in range(KILLS_WHILE_MAILING):
            if (await state()).waiting > 20:
                await storm.kill_worker()
        await house.ready()
        await storm.forget_the_dead()
        await until_nothing_waits()
        still = await signed_in(house, people)
        verdict = await judge(ledger, house.office)
    finally:
        figures(table(seed, ledger, house, verdict, time.monotonic() - began))
    assert not verdict.complaints
    assert not house.mistakes()
    assert (verdict.lost, verdict.twice, verdict.unmailed) == (0, 0, 0)
    assert verdict.repeats <= house.kills["worker"]
    assert still == len(people), "somebody was signed out"
    assert ledger.acknowledged >= GOAL
    assert (await state()).dead == 0


def table(seed: int, ledger: Ledger, house: House, verdict: Verdict | None, seconds: float) -> str:
    """What was done, and what became of it."""
    told = [
        f"Reports through kills (FAULTS_SEED={seed}, {seconds:.0f} s)",
        "killed         " + " · ".join(f"{what} {count}" for what, count in sorted(house.kills.items())),
        "phones heard   " + " · ".join(f"{what} {count}" for what, count in sorted(ledger.heard.items())),
        f"reports        acknowledged {ledger.acknowledged} of {len(ledger.sent)} sent"
        f" · slowest answer {ledger.slowest:.1f} s",
    ]
    if verdict is not None:
        told += [
            f"               lost {verdict.lost} · stored twice {verdict.twice} · half done"
            f" {len(verdict.complaints)} · unacknowledged: whole {verdict.whole}, nowhere {verdict.nowhere}",
            f"mails          promised {verdict.promised} · lost {verdict.unmailed} · repeated under the same"
            f" Message-ID {verdict.repeats}",
        ]
    return "\n  ".join(told)

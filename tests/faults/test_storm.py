"""Proof 1: people report sick and better while everything that can be killed is killed."""

from __future__ import annotations

import asyncio
import os
import random
import time

import pytest

from backend.outbox.queries import state
from tests.faults.conftest import Figures
from tests.faults.house import House
from tests.faults.judge import Verdict, judge
from tests.faults.people import Employee
from tests.faults.phones import Ledger, Phone, course
from tests.faults.storm import Storm

PHONES, REPORTERS, SPELLS = 16, 40, 6
GOAL = REPORTERS * SPELLS * 2
KILLS_WHILE_MAILING = 4
EMPTY_SECONDS = 120.0
"""Until nothing waits: what a killed worker held may wait 45 s for the end of its lease."""


async def work(phone: Phone, people: list[Employee]) -> None:
    """Everybody's whole course, in turns."""
    for turn in zip(*(course(one, SPELLS) for one in people), strict=True):
        for report in turn:
            await phone.until_acknowledged(report)


async def send_once(house: House, ledger: Ledger, chance: random.Random, who: Employee) -> None:
    """From a phone that dies before it hears the answer, or soon after."""
    report = next(course(who, 1))
    ledger.sent.append(report)
    phone = Phone(house.url, ledger, chance, patience=chance.uniform(0.005, 0.08))
    await phone.tap(report)
    await phone.close()


async def until_nothing_waits() -> None:
    deadline = time.monotonic() + EMPTY_SECONDS
    while (waiting := await state()).waiting:
        assert time.monotonic() < deadline, f"still waiting: {waiting}"
        await asyncio.sleep(0.2)


@pytest.mark.timeout(600)
async def test_what_was_acknowledged_is_stored_once_and_told_whatever_dies(
    house: House, people: list[Employee], figures: Figures
) -> None:
    seed = int(os.environ.get("FAULTS_SEED") or random.randrange(1_000_000))
    chance, ledger, began = random.Random(seed), Ledger(), time.monotonic()
    reporters, others = people[:REPORTERS], people[REPORTERS:]
    house.web.start()
    house.worker.start()
    await house.ready()
    phones = [Phone(house.url, ledger, random.Random(chance.random())) for _ in range(PHONES)]
    storm = Storm(house, ledger, chance, GOAL)
    try:
        async with asyncio.TaskGroup() as tasks:
            for number, phone in enumerate(phones):
                tasks.create_task(work(phone, reporters[number::PHONES]))

            def before() -> None:
                if others:
                    tasks.create_task(send_once(house, ledger, chance, others.pop()))

            await storm.rage(before)
        for _ in range(KILLS_WHILE_MAILING):
            if (await state()).waiting > 20:
                await storm.kill_worker()
        await house.ready()
        await until_nothing_waits()
        found = [await phones[0].get("/", one) for one in people]
        signed_in = sum(answer is not None and answer.status_code == 200 for answer in found)
        verdict = await judge(ledger, house.office)
    finally:
        for phone in phones:
            await phone.close()
        figures(table(seed, ledger, house) + f"\n  {time.monotonic() - began:.0f} s")
    figures(outcome(verdict, len(people) - signed_in, house))
    assert not verdict.complaints
    assert not house.mistakes()
    assert (verdict.lost, verdict.twice, verdict.unmailed) == (0, 0, 0)
    assert verdict.repeats <= house.kills.total()
    assert signed_in == len(people)
    assert ledger.acknowledged >= GOAL
    assert (await state()).dead == 0


def table(seed: int, ledger: Ledger, house: House) -> str:
    """What was done."""
    kills = " · ".join(f"{what} {count}" for what, count in sorted(house.kills.items()))
    heard = " · ".join(f"{what} {count}" for what, count in sorted(ledger.heard.items()))
    return (
        f"Reports through kills (FAULTS_SEED={seed})\n"
        f"  acknowledged {ledger.acknowledged} of {len(ledger.sent)} sent\n"
        f"  killed: {kills}\n  heard: {heard}; slowest answer {ledger.slowest:.1f} s"
    )


def outcome(verdict: Verdict, signed_out: int, house: House) -> str:
    """What became of it."""
    return (
        f"  acknowledged and lost {verdict.lost} · stored twice {verdict.twice} · half done or untold"
        f" {len(verdict.complaints)} · signed out {signed_out}\n"
        f"  never acknowledged: there as a whole {verdict.whole}, nowhere {verdict.nowhere}\n"
        f"  mails promised {verdict.promised} · never mailed {verdict.unmailed} · repeated, under the same"
        f" Message-ID, {verdict.repeats} · descriptors of the web server {house.web.descriptors()}"
    )

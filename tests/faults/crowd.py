"""People who report sick and better, one after the other, from a number of phones at once."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.faults.house import House
from tests.faults.people import Employee
from tests.faults.phones import Ledger, Phone, course

PHONES = 16


@asynccontextmanager
async def crowd(
    house: House, ledger: Ledger, chance: random.Random, people: list[Employee], spells: int
) -> AsyncIterator[list[Phone]]:
    """Reports while the block runs, and then on until everybody's course is done or `ledger.over`."""
    phones = [Phone(house.url, ledger, random.Random(chance.random())) for _ in range(PHONES)]
    try:
        async with asyncio.TaskGroup() as tasks:
            for number, phone in enumerate(phones):
                tasks.create_task(_work(phone, people[number::PHONES], spells))
            yield phones
    finally:
        for phone in phones:
            await phone.close()


async def _work(phone: Phone, people: list[Employee], spells: int) -> None:
    """In turns, so that nobody waits for somebody else's whole course."""
    for turn in zip(*(course(one, spells) for one in people), strict=True):
        for report in turn:
            if phone.ledger.over:
                return
            await phone.until_acknowledged(report)


async def signed_in(house: House, people: list[Employee]) -> int:
    """How many still see their dashboard."""
    asker = Phone(house.url, Ledger(), random.Random(0))
    found = [await asker.get("/", one) for one in people]
    await asker.close()
    return sum(answer is not None and answer.status_code == 200 for answer in found)

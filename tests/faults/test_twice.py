"""Proof 3: the same form twice at once, and replayed."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace

import httpx

from tests.faults.conftest import Figures
from tests.faults.house import House
from tests.faults.judge import judge
from tests.faults.people import Employee
from tests.faults.phones import Ledger, Phone, Report, course

AT_ONCE = 20


async def answers(phone: Phone, report: Report, form: dict[str, str], times: int) -> list[tuple[int, str]]:
    """Status and location of each of so many tries at once."""
    found = await asyncio.gather(*(phone.post(report.employee, report.path, form) for _ in range(times)))
    assert None not in found
    return [(got.status_code, _location(got)) for got in found if got is not None]


def _location(answer: httpx.Response) -> str:
    if answer.status_code == 200:
        return str(answer.json()["location"])
    return str(answer.headers.get("Location", ""))


async def test_a_form_counts_once_however_often_it_is_sent(
    house: House, people: list[Employee], figures: Figures
) -> None:
    ledger = Ledger()
    house.web.unhurried()
    house.web.start()
    await house.ready()
    phone = Phone(house.url, ledger, random.Random(3))
    twice = replays = refused = 0
    for who in people[:50]:
        for report in course(who, 1):
            ledger.sent.append(report)
            report.tried = True
            got = await answers(phone, report, report.form(), AT_ONCE if who is people[0] else 2)
            assert {status for status, _ in got} <= {200, 303}
            for _, location in got:
                ledger.acknowledge(report, location)
            twice += 1
    for report in ledger.sent:
        (again,) = await answers(phone, report, report.form(), 1)
        assert again[1] == report.location
        replays += 1
        (other,) = await answers(phone, report, report.other_form(), 1)
        stranger = replace(report, employee=people[-1])
        (foreign,) = await answers(phone, stranger, stranger.form(), 1)
        assert (other[0], foreign[0]) == (409, 409)
        refused += 2
    await phone.close()
    verdict = await judge(ledger)
    figures(
        f"The same form twice at once {twice} times, of which {AT_ONCE} at once twice\n"
        f"  stored twice {verdict.twice} · lost {verdict.lost} · replayed {replays}, each the same answer"
        f" · refused with other answers or for another person {refused}"
    )
    assert not verdict.complaints
    assert not house.mistakes()

"""Proof 4: the worker is killed between the mail server's acceptance and its own mark."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import datetime, timedelta

import pytest

from backend.foundation import clock
from backend.foundation.database import execute
from backend.outbox.add import add
from backend.outbox.claim import LEASE
from backend.outbox.queries import state
from tests.faults.conftest import Figures
from tests.faults.house import HOST, PATIENCE, House, until_nothing_waits
from tests.faults.people import Employee

KILLS = 8


async def leases_end(at: datetime) -> None:
    """Turns the clock by hand, while no worker runs: waiting for eight leases would take six minutes."""
    await execute("UPDATE message SET leased_until = $1 WHERE leased_until IS NOT NULL", at)


@pytest.mark.timeout(300)
async def test_a_mail_that_a_kill_caught_is_repeated_once_under_its_own_id(
    house: House, people: list[Employee], figures: Figures
) -> None:
    office, promised, begun = house.office, [], clock.now()
    for who in people[:KILLS]:
        subject = {"account": str(who.account)}
        promised.append(f"<{await add('password_changed', subject, now=clock.now())}@{HOST}>")
        accepted = office.after_accepting = asyncio.Event()
        house.worker.start()
        await asyncio.wait_for(accepted.wait(), PATIENCE)
        house.end_worker()
        await leases_end(begun + timedelta(days=1))
    caught = len(office.accepted)
    office.after_accepting = None
    await leases_end(clock.now())
    house.worker.start()
    await until_nothing_waits(LEASE.total_seconds())
    times = Counter(mail["Message-ID"] for mail in office.accepted)
    repeats = times.total() - len(times)
    figures(
        f"The worker killed {house.kills['worker']} times between acceptance and mark\n"
        f"  mails promised {len(promised)} · lost {len(set(promised) - set(times))} · repeated {repeats},"
        " each under its own Message-ID"
    )
    assert caught == KILLS
    assert set(times) == set(promised)
    assert repeats <= house.kills["worker"]
    assert set(times.values()) == {2}
    assert (await state()).dead == 0

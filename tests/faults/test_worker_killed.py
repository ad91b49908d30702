"""Proof 4: the worker is killed between the mail server's acceptance and its own mark, or in the middle of a
push."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import datetime, timedelta

import pytest

from backend.accounts.sessions import load_session
from backend.foundation import clock
from backend.foundation.database import execute, fetch_value
from backend.outbox.add import add
from backend.outbox.claim import LEASE
from backend.outbox.kinds import Kind
from backend.outbox.queries import state
from backend.telling.subscription import Subscription
from backend.telling.turn_on import turn_on
from tests.faults.conftest import Figures
from tests.faults.house import HOST, House, until_nothing_waits
from tests.faults.people import Employee
from tests.gateways.push_service import Browser, push_service
from tests.until import PATIENCE, until

KILLS = 8


async def leases_end(at: datetime) -> None:
    """Turns the clock by hand, while no worker runs: waiting for eight leases would take six minutes."""
    await execute("UPDATE message SET leased_until = $1 WHERE leased_until IS NOT NULL", at)


@pytest.mark.timeout(900)
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


ANSWERS = ["500 Oops", "429 Too Many Requests\nRetry-After: 1\r\n", "503 Away"]


async def phone_of(who: Employee, browser: Browser, own: str) -> None:
    """It gets their pushes, and nothing is mailed instead."""
    session = await load_session(who.secret, now=clock.now())
    assert session and session.person
    await turn_on(session.person, Subscription(**browser.form()), now=clock.now(), own=own)
    await execute(
        "INSERT INTO telling_choice (id, account, kind, mail, push, sms)"
        " VALUES (gen_random_uuid(), $1, $2, false, true, false)", who.account, Kind.DOSSIER,
    )  # fmt: skip


@pytest.mark.timeout(900)
async def test_a_push_that_a_kill_caught_is_repeated_under_its_own_topic(
    house: House, people: list[Employee], figures: Figures
) -> None:
    """And one that meets a busy service is tried again, a dead one forgotten."""
    begun, phones = clock.now(), people[: KILLS // 2]
    async with push_service() as service:
        house.worker.also(BETERSCHAP_ENV="development", PUBLIC_URL=house.url, PUSH_SERVICE=service.url)
        service.silent = {f"/push/{number}" for number in range(len(phones))}
        for number, who in enumerate(phones):
            await phone_of(who, service.browser(str(number)), service.url)
            about = {"account": str(who.account)}
            await add("password_changed", about, now=clock.now(), reader=who.account, kind=Kind.DOSSIER)
            house.worker.start()
            await until(lambda: len(service.got) > number, "a push")  # noqa: B023 (waited for at once)
            house.end_worker()
            await leases_end(begun + timedelta(days=1))
        assert [got.path for got in service.got] == [f"/push/{number}" for number in range(len(phones))]
        service.silent, service.answers = set(), [*ANSWERS, "410 Gone"]
        await leases_end(clock.now())
        house.worker.start()
        await until_nothing_waits(LEASE.total_seconds())
    caught, later = service.got[: len(phones)], service.got[len(phones) :]
    figures(
        f"The worker killed {house.kills['worker']} times in the middle of a push\n"
        f"  pushes promised {len(phones)} · tried again {len(later)}, each under its own topic"
    )
    assert {got.headers["topic"] for got in later} == {got.headers["topic"] for got in caught}
    assert len(later) == len(phones) + len(ANSWERS)
    assert await fetch_value("SELECT count(*) FROM push_subscription") == len(phones) - 1
    assert (await state()).dead == 0

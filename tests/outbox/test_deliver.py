"""A promise is kept once: claimed, worded, sent, marked."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from backend.foundation.database import fetch_one, transaction
from backend.outbox.add import Promise, add, add_many
from backend.outbox.claim import FIRST_WAIT, LEASE, LONGEST_WAIT, MOST_ATTEMPTS, claim, revive, wait_after
from backend.outbox.deliver import Gateways, Outcome, deliver_one
from backend.outbox.forget_old import forget_old_messages
from backend.outbox.measures import DEAD, LATE, WAITING, refresh
from backend.outbox.queries import dead_messages, state
from tests.cast import NOW, Cast
from tests.gateways.post_office import PostOffice
from tests.outbox.conftest import Clock, Phone


async def row_of(id: UUID) -> Any:
    return await fetch_one("SELECT * FROM message WHERE id = $1", id)


async def test_a_promise_is_kept_and_its_secret_erased(
    database: Cast, gateways: Gateways, office: PostOffice
) -> None:
    id = await add("greeting", {}, now=NOW, secret="t0ken")
    stored = await row_of(id)
    assert b"t0ken" not in stored["secret"]
    assert await deliver_one("mail", gateways, Clock(NOW)) == Outcome.SENT
    assert await deliver_one("mail", gateways, Clock(NOW)) is None
    (got,) = office.accepted
    assert got["Message-ID"] == f"<{id}@localhost>"
    assert "secret t0ken" in str(got.get_body(("plain",)))
    row = await row_of(id)
    assert (row["secret"], row["done_at"], row["attempts"]) == (None, NOW, 1)


async def test_a_promise_of_a_change_that_failed_is_never_kept(database: Cast) -> None:
    with pytest.raises(ValueError, match="undone"):
        async with transaction():
            await add("greeting", {}, now=NOW)
            raise ValueError("undone")
    assert await claim("mail", now=NOW) is None


async def test_several_promises_are_written_at_once(database: Cast, gateways: Gateways, phone: Phone) -> None:
    ids = await add_many(
        [Promise("greeting", {}), Promise("code", {}, "sms", "123456"), Promise("nobody", {})], now=NOW
    )
    assert len(ids) == 3
    assert await add_many([], now=NOW) == []
    assert await deliver_one("sms", gateways, Clock(NOW)) == Outcome.SENT
    assert [sms.text for sms in phone.got] == ["123456"]
    outcomes = [await deliver_one("mail", gateways, Clock(NOW)) for _ in range(3)]
    assert outcomes == [Outcome.SENT, Outcome.NOBODY, None]


async def test_a_message_is_sent_once_by_two_workers(
    database: Cast, gateways: Gateways, office: PostOffice
) -> None:
    ids = await add_many([Promise("greeting", {})] * 40, now=NOW)

    async def worker() -> None:
        while await deliver_one("mail", gateways, Clock(NOW)):
            pass

    await asyncio.gather(*(worker() for _ in range(4)))
    assert sorted(got["Message-ID"] for got in office.accepted) == sorted(f"<{id}@localhost>" for id in ids)


async def test_a_worker_killed_before_marking_repeats_under_the_same_id(
    database: Cast, gateways: Gateways, office: PostOffice
) -> None:
    await add("greeting", {}, now=NOW, secret="t0ken")
    office.after_accepting = asyncio.Event()
    doomed = asyncio.create_task(deliver_one("mail", gateways, Clock(NOW)))
    await office.after_accepting.wait()
    doomed.cancel()
    await asyncio.wait([doomed])
    office.after_accepting = None
    assert await deliver_one("mail", gateways, Clock(NOW + LEASE - timedelta(seconds=1))) is None
    assert await deliver_one("mail", gateways, Clock(NOW + LEASE)) == Outcome.SENT
    first, second = office.accepted
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Date"] == second["Date"]
    assert await deliver_one("mail", gateways, Clock(NOW + LEASE * 2)) is None


async def test_a_failure_for_now_is_tried_later_and_later(
    database: Cast, gateways: Gateways, office: PostOffice
) -> None:
    id = await add("greeting", {}, now=NOW)
    office.recipient_answers += ["451 busy"] * 3
    clock, waits = Clock(NOW), []
    for _ in range(3):
        assert await deliver_one("mail", gateways, clock) == Outcome.AGAIN
        assert await deliver_one("mail", gateways, clock) is None
        due = (await row_of(id))["due_at"]
        waits.append((due - clock.at).total_seconds())
        clock.at = due
    assert [wait / FIRST_WAIT.total_seconds() for wait in waits] == pytest.approx([1, 2, 4], rel=0.21)
    assert (await row_of(id))["last_error"] == "smtp 451 recipient"
    assert await deliver_one("mail", gateways, clock) == Outcome.SENT


async def test_a_failure_for_good_is_dead_at_once_and_can_be_revived(
    database: Cast, gateways: Gateways, office: PostOffice
) -> None:
    id = await add("greeting", {}, now=NOW, secret="t0ken")
    office.recipient_answers.append("550 no such user")
    assert await deliver_one("mail", gateways, Clock(NOW)) == Outcome.DEAD
    (dead,) = await dead_messages()
    assert (dead.id, dead.why, dead.attempts) == (id, "smtp 550 recipient", 1)
    assert await fetch_one("SELECT 1 FROM audit_event WHERE event = 'message:dead' AND subject = $1", id)
    assert await revive(id, now=NOW)
    assert not await revive(id, now=NOW)
    assert await deliver_one("mail", gateways, Clock(NOW)) == Outcome.SENT
    assert "secret t0ken" in str(office.accepted[0].get_body(("plain",)))


async def test_after_the_last_attempt_it_is_dead_and_seen(
    database: Cast, gateways: Gateways, office: PostOffice
) -> None:
    await add("greeting", {}, now=NOW)
    office.recipient_answers += ["451 busy"] * MOST_ATTEMPTS
    clock, outcomes = Clock(NOW), []
    for _ in range(MOST_ATTEMPTS):
        outcomes.append(await deliver_one("mail", gateways, clock))
        clock.at += 2 * LONGEST_WAIT
    assert outcomes == [Outcome.AGAIN] * (MOST_ATTEMPTS - 1) + [Outcome.DEAD]
    await add("greeting", {}, now=NOW)
    assert (await state()).dead == 1
    await refresh(now=NOW + timedelta(minutes=1))
    figures = [next(iter(gauge.collect())).samples[0].value for gauge in (WAITING, DEAD, LATE)]
    assert figures == [1, 1, 60]


async def test_what_has_expired_is_dropped_unsent(database: Cast, gateways: Gateways, phone: Phone) -> None:
    id = await add(
        "code", {}, now=NOW, channel="sms", secret="123456", expires_at=NOW + timedelta(minutes=10)
    )
    assert await deliver_one("sms", gateways, Clock(NOW + timedelta(minutes=10))) == Outcome.EXPIRED
    row = await row_of(id)
    assert (row["secret"], row["last_error"], phone.got) == (None, "expired", [])


@pytest.mark.parametrize(("notice", "why"), [("broken", "KeyError"), ("not_known", "UnknownNotice")])
async def test_a_notice_that_fails_is_tried_again_and_tells_nothing_of_a_person(
    database: Cast, gateways: Gateways, notice: str, why: str
) -> None:
    id = await add(notice, {}, now=NOW)
    assert await deliver_one("mail", gateways, Clock(NOW)) == Outcome.AGAIN
    assert (await row_of(id))["last_error"] == why


def test_waits_grow_to_an_hour_and_no_further() -> None:
    waits = [wait_after(attempts) for attempts in range(1, MOST_ATTEMPTS + 1)]
    assert max(waits) <= LONGEST_WAIT * 1.2
    assert sum(waits, timedelta()) > timedelta(hours=24)


async def test_sent_messages_and_useless_secrets_are_forgotten(
    database: Cast, gateways: Gateways, office: PostOffice
) -> None:
    await add("greeting", {}, now=NOW)
    await deliver_one("mail", gateways, Clock(NOW))
    dead = await add("greeting", {}, now=NOW, secret="x", expires_at=NOW + timedelta(days=4))
    office.recipient_answers.append("550 no such user")
    await deliver_one("mail", gateways, Clock(NOW))
    assert await forget_old_messages(now=NOW + timedelta(days=3)) == 0
    assert (await row_of(dead))["secret"]
    assert await forget_old_messages(now=NOW + timedelta(days=31)) == 1
    assert (await row_of(dead))["secret"] is None

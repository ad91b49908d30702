"""The weekly digest: on Monday, once, and none when there is nothing."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta

from backend.foundation.database import execute
from backend.foundation.tokens import new_id
from backend.legal_calendar.keep import keep_calendars
from backend.outbox import registry
from backend.worker import learn_notices
from tests.cast import Cast
from tests.legal_calendar.steps import kept, letter, morning, sick_on, told

MONDAY = date(2026, 1, 5)
learn_notices()


async def test_a_weekly_digest_to_the_case_manager(database: Cast) -> None:
    await sick_on(database.anna, MONDAY)
    await sick_on(database.daan, MONDAY)
    sent = {}
    for number in range(50):
        day = MONDAY + timedelta(days=number)
        await kept(day)
        if found := await told("calendar_digest"):
            sent[day] = found
    # Week 6 ends on Sunday 15 February: within a week on Monday the 9th, late on the 16th; the action plan
    # of week 8 (1 March) comes with the 23rd.
    assert list(sent) == [date(2026, 2, 9), date(2026, 2, 16), date(2026, 2, 23)]
    assert sent[date(2026, 2, 9)] == [{"role_holder": str(database.carla), "monday": "2026-02-09"}]
    subject, text = await letter("calendar_digest", sent[date(2026, 2, 23)][0])
    assert subject == "Je overzicht van deze week" and "Dag Carla,\n" in text
    assert "Te laat: 2. Uiterlijk binnen een week: 2." in text
    assert "Anna Aalbers, Bakkerij De Korenaar: Probleemanalyse, uiterlijk zondag 15 februari" in text
    await execute("UPDATE action SET cancelled_at = now()")
    assert await registry.notice_named("calendar_digest")(sent[date(2026, 2, 23)][0], None) is None


async def test_what_comes_up_on_tuesday_waits_for_the_next_monday(database: Cast) -> None:
    await execute(
        "INSERT INTO protocol_step VALUES ($1, $2, 'Bellen', 'manager', 2, NULL, $3)",
        new_id(), database.bakery, MONDAY,
    )  # fmt: skip
    await kept(MONDAY)
    await sick_on(database.anna, date(2026, 1, 6))
    for day in (6, 7, 8, 9):
        await kept(date(2026, 1, day))
    assert await told("calendar_digest") == []
    await kept(date(2026, 1, 12))
    assert [one["monday"] for one in await told("calendar_digest")] == ["2026-01-12"]


async def test_a_worker_that_stood_still_catches_up_until_wednesday(database: Cast) -> None:
    await sick_on(database.anna, MONDAY)
    await kept(date(2026, 2, 11))
    assert [one["monday"] for one in await told("calendar_digest")] == ["2026-02-09"]
    await kept(date(2026, 2, 19))
    assert await told("calendar_digest") == []


async def test_monday_is_monday_at_the_employer(database: Cast) -> None:
    await execute("UPDATE employer SET time_zone = 'America/New_York'")
    await sick_on(database.anna, MONDAY)
    # Monday 9 February, 11.59 in Greenwich, is 6.59 in New York; a minute later it is seven.
    before = datetime(2026, 2, 9, 11, 59, tzinfo=UTC)
    await keep_calendars(now=before)
    assert await told("calendar_digest") == []
    for worker in range(2):
        await keep_calendars(now=before + timedelta(minutes=1 + worker))
    assert len(await told("calendar_digest")) == 1


async def test_two_workers_at_once_send_one(database: Cast) -> None:
    await sick_on(database.anna, MONDAY)
    await kept(date(2026, 2, 8))
    at = morning(date(2026, 2, 9))
    await asyncio.gather(*(keep_calendars(now=at) for _worker in range(4)))
    assert len(await told("calendar_digest")) == 1

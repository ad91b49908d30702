"""Reminders: to whom, when, once."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from backend.foundation.database import execute
from backend.foundation.tokens import new_id
from backend.legal_calendar import keep
from backend.outbox import registry
from backend.worker import learn_notices
from tests.cast import Cast
from tests.legal_calendar.steps import kept, letter, morning, recovered_on, sick_on, told

MONDAY = date(2026, 1, 5)
learn_notices()


async def test_before_and_on_the_day_once_each(database: Cast) -> None:
    await sick_on(database.anna, MONDAY)
    days = {}
    for number in range(60):
        day = MONDAY + timedelta(days=number)
        await kept(day)
        await kept(day)
        if found := await told():
            days[day] = [{**one, "step": ""} for one in found]
    doctor = {"step": "", "role_holder": str(database.dirk_as_doctor)}
    both = [
        {"step": "", "role_holder": str(database.bram_as_manager)},
        {"step": "", "account": str(database.anna.account)},
    ]
    assert days == {
        date(2026, 2, 12): [doctor],  # three days before the problem analysis, 15 February
        date(2026, 2, 15): [doctor],
        date(2026, 2, 26): both,  # three days before the action plan, 1 March
        date(2026, 3, 1): both,
    }


async def test_an_employer_chooses_how_many_days_before(database: Cast) -> None:
    await execute("UPDATE employer_settings SET reminder_days_before = 10")
    await sick_on(database.anna, MONDAY)
    await kept(date(2026, 2, 4))
    assert await told() == []
    await kept(date(2026, 2, 5))
    assert len(await told()) == 1


async def test_what_is_done_or_closed_reminds_nobody(database: Cast) -> None:
    await sick_on(database.anna, MONDAY)
    await kept(date(2026, 2, 9))
    await execute("UPDATE action SET done_at = now()")
    await kept(date(2026, 2, 15))
    assert await told() == []
    await recovered_on(database.anna, date(2026, 2, 20))
    await kept(date(2026, 3, 1))
    assert await told() == []


async def test_a_new_date_reminds_again(database: Cast) -> None:
    await sick_on(database.anna, MONDAY)
    await kept(date(2026, 2, 12))
    assert len(await told()) == 1
    await execute("UPDATE action SET postponed_from = due_on, due_on = $1", date(2026, 2, 25))
    await kept(date(2026, 2, 15))
    assert await told() == []
    await kept(date(2026, 2, 22))
    assert len(await told()) == 1


async def test_a_worker_that_stood_still_catches_up_but_not_on_everything(database: Cast) -> None:
    await sick_on(database.anna, MONDAY)
    await kept(date(2026, 2, 17))  # two days after the analysis was due
    assert len(await told()) == 1
    await kept(date(2026, 3, 20))  # nineteen days after the action plan was due
    assert await told() == []


async def test_two_workers_at_once_remind_once(database: Cast) -> None:
    await sick_on(database.anna, MONDAY)
    await kept(date(2026, 2, 11))
    at = morning(date(2026, 2, 12))
    await asyncio.gather(*(keep.keep_calendars(now=at) for _worker in range(4)))
    assert len(await told()) == 1


async def test_without_a_manager_the_case_manager_is_told(database: Cast) -> None:
    await execute(
        "UPDATE employment SET manager = NULL, account = NULL WHERE id = $1", database.daan.employment
    )
    await execute(
        "UPDATE employment SET account = $2 WHERE id = $1", database.daan.employment, database.daan.account
    )
    await sick_on(database.daan, MONDAY)
    await execute("UPDATE employment SET account = NULL WHERE id = $1", database.daan.employment)
    await kept(date(2026, 3, 1))
    assert [one["role_holder"] for one in await told()] == [str(database.carla)]


async def test_the_doctor_who_sees_somebody_is_reminded_and_not_all_of_them(database: Cast) -> None:
    other, account = new_id(), database.helpers["dirk"].account
    await execute(
        "INSERT INTO role_holder (id, provider, role, name, email, language, ended_on)"
        " VALUES ($1, $2, 'company_doctor', 'Olga Otten', 'olga@arborust.example', 'nl', '2100-01-01')",
        other, database.provider,
    )  # fmt: skip
    annas, _daans = await sick_on(database.anna, MONDAY), await sick_on(database.daan, MONDAY)
    await execute(
        "INSERT INTO entry (id, dossier, kind, published_at, author, author_name, author_role, title)"
        " VALUES ($1, $2, 'note', now(), $3, 'Dirk Dirks', 'company_doctor', 'Spreekuur')",
        new_id(), annas, account,
    )  # fmt: skip
    await kept(date(2026, 2, 12))
    doctors = [one["role_holder"] for one in await told()]
    assert sorted(doctors) == sorted([str(database.dirk_as_doctor)] * 2 + [str(other)])


@pytest.mark.parametrize(
    ("language", "subject", "said"),
    [
        ("nl", "Er staat iets nieuws voor je klaar", "Wat: Probleemanalyse"),
        ("en", "Something new is ready for you", "What: Problem analysis"),
    ],
)
async def test_the_reminder_says_what_and_when(
    database: Cast, language: str, subject: str, said: str
) -> None:
    dossier = await sick_on(database.anna, MONDAY)
    await execute("UPDATE role_holder SET language = $1", language)
    await kept(date(2026, 2, 12))
    (about,) = await told()
    found, text = await letter("calendar_reminder", about)
    assert found == subject
    assert said in text
    assert " Dirk,\n" in text and "Anna Aalbers" in text
    assert f"https://mijn.example.nl/dossiers/{dossier}" in text
    await execute("UPDATE action SET done_at = now()")
    assert await registry.notice_named("calendar_reminder")(about, None) is None


@pytest.mark.parametrize(
    ("first", "due", "seven"),
    [
        # 16 February 2026 is day 47; 47 + 41 = 88 is 29 March, when the clock goes forward: seven in summer.
        (date(2026, 2, 16), date(2026, 3, 29), 5),
        # 14 September is day 257; 257 + 41 = 298 is 25 October, when the clock goes back: seven in winter.
        (date(2026, 9, 14), date(2026, 10, 25), 6),
    ],
)
async def test_when_the_clock_changes_it_is_still_once_at_seven(
    database: Cast, first: date, due: date, seven: int
) -> None:
    await sick_on(database.anna, first)
    await kept(due - timedelta(days=1))
    assert len(await told()) == 1  # three days before, caught up
    sent = []
    begun = datetime(due.year, due.month, due.day, tzinfo=UTC) - timedelta(hours=4)
    for half_hours in range(2 * 34):
        now = begun + timedelta(minutes=30 * half_hours)
        await keep.keep_calendars(now=now)
        sent += [now for _message in await told()]
    assert sent == [datetime(due.year, due.month, due.day, seven, tzinfo=UTC)]


async def test_a_worker_killed_between_mark_and_promise_reminds_once(
    database: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sick_on(database.anna, MONDAY)
    await kept(date(2026, 2, 11))

    async def killed(*_given: object, **_more: object) -> None:
        raise asyncio.CancelledError

    with monkeypatch.context() as patch:
        patch.setattr("backend.legal_calendar.remind.add_many", killed)
        with pytest.raises(asyncio.CancelledError):
            await kept(date(2026, 2, 12))
    assert await told() == []
    await kept(date(2026, 2, 12))
    await kept(date(2026, 2, 12))
    assert len(await told()) == 1

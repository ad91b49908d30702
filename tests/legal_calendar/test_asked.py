"""Nobody is told of a step that is no longer asked, also before the calendar was laid out anew."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from backend.foundation.database import execute, fetch_value
from backend.foundation.tokens import new_id
from backend.legal_calendar.open_steps import open_steps
from backend.legal_calendar.remind import remind
from backend.outbox import registry
from backend.sickleave.withdraw_report import withdraw_report
from backend.worker import learn_notices
from tests.cast import Cast, person_of
from tests.legal_calendar.steps import actions, kept, letter, morning, recovered_on, sick_on, told

MONDAY = date(2026, 1, 5)
learn_notices()


@pytest.fixture
async def call(database: Cast) -> UUID:
    """At the bakery people are called on day one."""
    id = new_id()
    await execute(
        "INSERT INTO protocol_step VALUES ($1, $2, 'Bellen op de eerste dag', 'manager', 0, NULL, $3)",
        id, database.bakery, MONDAY,
    )  # fmt: skip
    return id


async def _reminder(about: dict[str, str]) -> Any:
    return await registry.notice_named("calendar_reminder")(about, None)


async def test_a_call_on_day_one_is_reminded_of_on_day_one(database: Cast, call: UUID) -> None:
    await sick_on(database.anna, MONDAY)
    await kept(MONDAY)
    (about,) = await told()
    assert about["role_holder"] == str(database.bram_as_manager)
    assert "Wat: Bellen op de eerste dag" in (await letter("calendar_reminder", about))[1]


async def test_who_is_back_the_same_day_is_not_called(database: Cast, call: UUID) -> None:
    dossier = await sick_on(database.anna, MONDAY)
    await recovered_on(database.anna, MONDAY)
    await kept(MONDAY)
    assert await told() == []
    assert await actions(dossier) == []


async def test_a_reminder_that_waits_is_dropped_when_somebody_is_back(database: Cast, call: UUID) -> None:
    await sick_on(database.anna, MONDAY)
    await kept(MONDAY)
    (about,) = await told()
    await recovered_on(database.anna, MONDAY)
    # No worker came by since: the calendar is as it was.
    assert await fetch_value("SELECT count(*) FROM calendar_step WHERE closed_at IS NOT NULL") == 0
    assert await _reminder(about) is None


async def test_a_reminder_that_waits_is_dropped_when_the_report_is_taken_back(
    database: Cast, call: UUID
) -> None:
    await sick_on(database.anna, MONDAY)
    await kept(MONDAY)
    (about,) = await told()
    spell = await fetch_value("SELECT id FROM spell")
    person = await person_of(database.anna, now=morning(MONDAY))
    await withdraw_report(person, spell, new_id(), now=morning(MONDAY))
    assert await _reminder(about) is None


async def test_nothing_is_promised_or_opened_before_the_calendar_is_laid_out_anew(database: Cast) -> None:
    dossier = await sick_on(database.anna, MONDAY)
    await kept(MONDAY)
    await recovered_on(database.anna, date(2026, 2, 9))
    at = morning(date(2026, 2, 12))  # three days before the problem analysis would have been due
    assert (await open_steps(now=at), await remind(now=at)) == (0, 0)
    assert await actions(dossier) == []


async def test_a_step_that_the_employer_took_away_reminds_nobody(database: Cast, call: UUID) -> None:
    await sick_on(database.anna, MONDAY)
    await kept(MONDAY)
    (about,) = await told()
    await execute("UPDATE protocol_step SET ended_on = $1", MONDAY)
    assert await _reminder(about) is None


async def test_a_talk_about_frequent_absence_outlives_the_absence(database: Cast) -> None:
    await execute(
        "INSERT INTO protocol_step VALUES ($1, $2, 'Gesprek', 'manager', 14, 3, $3)",
        new_id(), database.bakery, MONDAY,
    )  # fmt: skip
    for first in (MONDAY, date(2026, 3, 2), date(2026, 5, 4)):
        await sick_on(database.anna, first)
        await recovered_on(database.anna, first)
        await kept(first)
    await kept(date(2026, 5, 18))  # 4 May + 14 days
    (about,) = await told()
    assert "Wat: Gesprek" in (await letter("calendar_reminder", about))[1]

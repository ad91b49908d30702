"""A minute in which nothing changed costs the same few statements, whatever the number of dossiers."""

from __future__ import annotations

from datetime import date

from backend.legal_calendar.keep import keep_calendars
from tests.cast import Cast
from tests.legal_calendar.steps import kept, morning, sick_on
from tests.statements import counted

MONDAY = date(2026, 1, 5)


async def _said(day: date) -> list[str]:
    with counted() as said:
        assert not any((await keep_calendars(now=morning(day))).values())
    return [one for one in said if one.startswith(("SELECT", "WITH", "INSERT", "UPDATE", "DELETE"))]


async def test_an_idle_minute_has_no_statement_for_each_dossier(database: Cast) -> None:
    day = date(2026, 2, 17)  # the analysis is late, the plan is open, reminders were sent
    await kept(day)
    none = await _said(day)
    for member in (database.anna, database.daan, database.eva, database.fien, database.ilse):
        await sick_on(member, MONDAY)
    await kept(day)
    five = await _said(day)
    assert five == none
    assert len(five) <= 6

"""The legal calendars of the dossiers that run: all was done that was asked so far, but one evaluation."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from backend.demo.people import BAKERY, named_id
from backend.foundation.database import execute, fetch, fetch_one
from backend.legal_calendar.lay_out import lay_out
from backend.legal_calendar.open_steps import STEP, stand_open
from backend.legal_calendar.tables import ProtocolStep

# Whose evaluation of the plan is late, so that there is something to see.
LATE = (
    f"{STEP} WHERE m.id = $1 AND s.term = 'plan_evaluation' AND s.due_on < $2 ORDER BY s.due_on DESC LIMIT 1"
)
DONE = """
UPDATE calendar_step SET done_at = greatest(opens_on, least(due_on - 2, $1::date - 1)) + time '13:00'
WHERE opens_on <= $1 AND done_at IS NULL AND action IS NULL AND term <> 'end_of_wage_duty'
"""


async def write_calendars(now: datetime) -> None:
    """After the dossiers; the bakery's own steps hold for reports from today on."""
    today = now.date()
    await ProtocolStep.insert(_own("Bellen op de eerste dag", today, 0, None))
    await ProtocolStep.insert(_own("Gesprek over vaak ziek zijn", today, 14, 3))
    for row in await fetch("SELECT id FROM dossier WHERE closed_on IS NULL ORDER BY opened_on, id"):
        await lay_out(row["id"], now=now)
    late = await fetch_one(LATE, named_id("employment", f"Mohammed Yilmaz at {BAKERY}"), today)
    if late:
        opened = late["due_on"] - timedelta(days=6)
        await stand_open(late, now=datetime.combine(opened, time(7, 1), UTC))
    await execute(DONE, today)


def _own(title: str, since: date, days_after: int, at_report: int | None) -> ProtocolStep:
    return ProtocolStep(
        id=named_id("protocol_step", title),
        employer=named_id("employer", BAKERY),
        title=title,
        assignee_role="manager",
        days_after=days_after,
        at_report=at_report,
        since=since,
    )

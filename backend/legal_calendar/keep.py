"""What the worker does with calendars, every minute: the sick report itself must stay quick, so everything
that follows from it is done here, from what the database says."""

from __future__ import annotations

from datetime import datetime

from backend.legal_calendar.digest import send_digests
from backend.legal_calendar.lay_out import lay_out_changed
from backend.legal_calendar.open_steps import open_steps
from backend.legal_calendar.remind import remind
from backend.legal_calendar.settle import settle_analyses


async def keep_calendars(*, now: datetime) -> dict[str, int]:
    """Brings all calendars up to date; doing it again changes nothing. Answers how many of each."""
    return {
        "laid_out": await lay_out_changed(now=now),
        "settled": await settle_analyses(),
        "opened": await open_steps(now=now),
        "reminded": await remind(now=now),
        "digests": await send_digests(now=now),
    }

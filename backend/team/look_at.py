"""Somebody who may report for an employee opens the page about them."""

from __future__ import annotations

from datetime import datetime

from backend.access.person import Person
from backend.audit.looked import looked
from backend.sickleave.situation import Situation
from backend.team.member import Member


async def look_at(person: Person, situation: Situation, found: Member, *, now: datetime) -> None:
    """Records for the employee to read that what they said at the report was opened, and how to reach them;
    once they are back, the periods that they were away. Of who was never sick there is nothing to record."""
    last = situation.last
    if last is None:
        return
    away = situation.away
    await looked(
        employment=situation.job.id, employee=situation.account, viewer=person.account_id,
        viewer_name=person.name, viewer_role=situation.role, what="absence" if away else "periods",
        subject=last.id if away else situation.job.id, now=now, extent=found.extent,
    )  # fmt: skip

"""What tests of this room do again and again."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from backend.access.person import Person
from backend.foundation.database import fetch, fetch_one
from backend.foundation.tokens import new_id
from backend.sickleave.answers import SickReport
from backend.sickleave.report_recovery import report_recovery
from backend.sickleave.report_sick import report_sick
from tests.cast import NOW, Member, person_of

TODAY = NOW.date()


async def falls_sick(
    member: Member,
    day: date = TODAY,
    *,
    now: datetime = NOW,
    key: UUID | None = None,
    person: Person | None = None,
    **answers: Any,
) -> UUID:
    """Reports the member sick and returns the spell's id."""
    assert member.employment
    person = person or await person_of(member, now=now)
    answers = {"employment": member.employment, "worked_hours": Decimal(0)} | answers
    location = await report_sick(person, SickReport(first_sick_day=day, **answers), key or new_id(), now=now)
    return UUID(location.rsplit("/", 1)[1])


async def recovers(member: Member, day: date, *, now: datetime = NOW, key: UUID | None = None) -> str:
    """Reports the member recovered and returns the location."""
    assert member.employment
    person = await person_of(member, now=now)
    return await report_recovery(person, member.employment, day, key or new_id(), now=now)


async def spell(spell_id: UUID) -> Any:
    """The stored spell with its dossier's days."""
    return await fetch_one(
        "SELECT s.*, d.opened_on, d.closed_on FROM spell s JOIN dossier d ON d.id = s.dossier"
        " WHERE s.id = $1",
        spell_id,
    )


async def promised() -> list[tuple[str, dict[str, str]]]:
    """The messages in the outbox: notice and subject, in order of writing."""
    rows = await fetch("SELECT notice, subject FROM message ORDER BY id")
    return [(row["notice"], json.loads(row["subject"])) for row in rows]


async def events() -> list[str]:
    """What was recorded, in order."""
    return [row["event"] for row in await fetch("SELECT event FROM audit_event ORDER BY id")]


async def counts() -> dict[str, int]:
    """How many rows a report writes to each table."""
    row = await fetch_one(
        "SELECT (SELECT count(*) FROM spell) AS spell, (SELECT count(*) FROM dossier) AS dossier,"
        " (SELECT count(*) FROM entry) AS entry, (SELECT count(*) FROM message) AS message,"
        " (SELECT count(*) FROM audit_event) AS audit_event,"
        " (SELECT count(*) FROM answered_request) AS answered"
    )
    assert row
    return dict(row)

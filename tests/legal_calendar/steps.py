"""What tests of this room do again and again."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from backend.foundation.database import fetch, fetch_value
from backend.legal_calendar.keep import keep_calendars
from backend.outbox import registry, render
from backend.outbox.letters import Mail
from tests.cast import Member
from tests.sickleave.steps import falls_sick, recovers


def morning(day: date) -> datetime:
    """Nine or ten o'clock in Amsterdam, on that day."""
    return datetime(day.year, day.month, day.day, 8, 0, tzinfo=UTC)


async def sick_on(member: Member, day: date) -> UUID:
    """Reports the member sick on the day itself; answers the dossier."""
    spell = await falls_sick(member, day, now=morning(day))
    found: UUID = await fetch_value("SELECT dossier FROM spell WHERE id = $1", spell)
    return found


async def recovered_on(member: Member, day: date) -> None:
    """Reports the member recovered on the day itself."""
    await recovers(member, day, now=morning(day))


async def kept(day: date) -> dict[str, int]:
    """What the worker does on that morning."""
    return await keep_calendars(now=morning(day))


async def planned(dossier: UUID) -> dict[str, date]:
    """The last day of each step that is not closed; with its turn when it comes back."""
    rows = await fetch(
        "SELECT term || CASE WHEN turn > 0 THEN ' ' || turn ELSE '' END AS name, due_on FROM calendar_step"
        " WHERE dossier = $1 AND closed_at IS NULL",
        dossier,
    )
    return {row["name"]: row["due_on"] for row in rows}


async def actions(dossier: UUID) -> list[Any]:
    """The calendar's actions on the timeline, in order."""
    return await fetch(
        "SELECT a.*, e.title, e.facts, e.author_name, e.author_role, e.audience FROM action a"
        " JOIN entry e ON e.id = a.entry WHERE e.dossier = $1 ORDER BY e.published_at, e.id",
        dossier,
    )


async def told(notice: str = "calendar_reminder") -> list[dict[str, str]]:
    """What was promised since the last time we asked."""
    rows = await fetch("DELETE FROM message WHERE notice = $1 RETURNING id, subject", notice)
    return [json.loads(row["subject"]) for row in sorted(rows, key=lambda row: row["id"])]


async def letter(name: str, subject: dict[str, str]) -> tuple[str, str]:
    """Subject and text of a mail."""
    mail = await registry.notice_named(name)(subject, None)
    assert isinstance(mail, Mail)
    worded = render.mail(mail, UUID(int=1), morning(date(2026, 2, 12)), "https://mijn.example.nl")
    return worded.subject, worded.text

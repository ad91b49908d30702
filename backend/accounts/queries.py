"""What a person may read about their own account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backend.access.person import Person
from backend.accounts.sessions import IDLE, Session
from backend.foundation.database import fetch, fetch_one


@dataclass(frozen=True, slots=True)
class Device:
    """One place where the person is signed in."""

    id: UUID
    name: str
    seen_at: datetime
    is_this: bool


async def devices(person: Person, *, now: datetime) -> list[Device]:
    """Fully signed in and still alive; this one first, then the last seen."""
    rows = await fetch(
        "SELECT id, agent AS name, seen_at, id = $2 AS is_this FROM session"
        " WHERE account = $1 AND ended_at IS NULL AND expires_at > $3 AND level = 'full'"
        " AND (remember OR seen_at > $4) ORDER BY id = $2 DESC, seen_at DESC LIMIT 100",
        person.account_id, person.session_id, now, now - IDLE,
    )  # fmt: skip
    return [Device(**row) for row in rows]


async def guessable_about(session: Session) -> list[str]:
    """What others may know of whoever holds the session, for judging a new password."""
    row = await fetch_one(
        "SELECT coalesce(a.username, '') AS username, coalesce(a.email, e.email, '') AS email,"
        " coalesce(a.first_name, e.first_name, '') AS first_name,"
        " coalesce(a.last_name, e.last_name, '') AS last_name"
        " FROM session s LEFT JOIN account a ON a.id = s.account"
        " LEFT JOIN invitation i ON i.id = s.invitation"
        " LEFT JOIN employment e ON e.id = i.employment WHERE s.id = $1",
        session.id,
    )
    return [str(value) for value in row.values()] if row else []

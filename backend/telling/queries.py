"""How a person is told, and where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backend.access.person import Person
from backend.foundation.database import fetch, fetch_one
from backend.outbox.kinds import Kind
from backend.second_factor.phone import masked
from backend.second_factor.sealed import open_factor
from backend.telling.choices import Choice, kinds_for, usual


@dataclass(frozen=True, slots=True)
class Device:
    """A browser that gets pushes."""

    id: UUID
    name: str
    is_this: bool


async def choices_of(person: Person) -> list[Choice]:
    """One for each kind that matters to the person."""
    rows = await fetch(
        "SELECT kind, mail, push, sms FROM telling_choice WHERE account = $1", person.account_id
    )
    chosen = {row["kind"]: Choice(Kind(row["kind"]), row["mail"], row["push"], row["sms"]) for row in rows}
    return [chosen.get(kind) or usual(kind) for kind in kinds_for(person)]


async def devices_of(person: Person, *, now: datetime) -> list[Device]:
    """This one first, then the one that was added last; none whose session is over."""
    rows = await fetch(
        "SELECT d.id, s.agent AS name, s.id = $2 AS is_this FROM push_subscription d"
        " JOIN session s ON s.id = d.session AND s.expires_at > $3"
        " WHERE d.account = $1 ORDER BY s.id = $2 DESC, d.created_at DESC",
        person.account_id, person.session_id, now,
    )  # fmt: skip
    return [Device(**row) for row in rows]


async def phone_of(person: Person) -> str:
    """The proven number that SMS would go to, with its middle hidden; empty when there is none."""
    row = await fetch_one(
        "SELECT secret FROM factor WHERE account = $1 AND kind = 'sms'"
        " ORDER BY coalesce(used_at, created_at) DESC, id LIMIT 1",
        person.account_id,
    )
    return masked(open_factor(row["secret"])) if row else ""

"""What a manager may read of their team: who is away since when, never why. Every statement carries the
person's scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from backend.access import scopes
from backend.access.person import Person
from backend.access.roles import Role
from backend.foundation.database import fetch
from backend.foundation.encryption import keyring
from backend.foundation.names import folded_sql, patterns
from backend.team.sentences import TEAM

PAGE = 50
FOLDED = folded_sql("m.first_name || ' ' || m.last_name")

HELPERS = """
SELECT DISTINCT c.id, c.name, c.email, c.phone FROM employment m JOIN role_holder c ON c.id = m.case_manager
WHERE m.id = ANY($1::uuid[]) AND (c.ended_on IS NULL OR c.ended_on > $2::date) AND {scope}
ORDER BY c.name, c.id
"""


class Place(StrEnum):
    """Where somebody is."""

    AWAY = "away"
    BACK = "back"
    """Came back this week."""
    IN = "in"


@dataclass(frozen=True, slots=True)
class Mate:
    """Somebody in the team."""

    id: UUID
    first_name: str
    name: str
    job: str
    email: str | None
    place: Place
    first_sick_day: date | None
    """Of the absence that lasts, or that ended this week; of no other."""
    recovered_on: date | None
    expected_duration: str | None
    """In the employee's own words, if they said so."""
    phone: str | None
    """The number at which the employee said to be reachable during this absence, in international form."""
    dossier: UUID | None
    today: date


@dataclass(frozen=True, slots=True)
class Guide:
    """A case manager of somebody who is away."""

    name: str
    email: str
    phone: str | None


@dataclass(frozen=True, slots=True)
class Team:
    """One page of it: who is away first, then who came back this week, then the others by name."""

    mates: list[Mate]
    guides: list[Guide]
    away: int
    back: int
    everyone: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.everyone // PAGE))

    def at(self, place: str) -> list[Mate]:
        """Those on this page who are there."""
        return [mate for mate in self.mates if mate.place == place]


async def team(person: Person, *, now: datetime, named: str = "", page: int = 1) -> Team:
    """The people whom the person manages, who are in service; `named` holds the beginning or a part of each
    name that is searched for. One statement, and one more for the case managers of who is away."""
    scope = scopes.helped(person, after=4, roles=(Role.MANAGER,))
    args: list[Any] = [PAGE, PAGE * (page - 1), now, person.account_id, *scope.args]
    condition = ""
    if words := patterns(named):
        args.append(words)
        condition = f"AND {FOLDED} LIKE ALL(${len(args)}::text[])"
    # A search reads every name, once; without one an index gives the people by name, as far as the page goes.
    kept = "MATERIALIZED" if words else "NOT MATERIALIZED"
    rows = await fetch(TEAM.format(scope=scope.sql, named=condition, materialized=kept), *args)
    if not rows:
        return Team([], [], 0, 0, 0, page)
    mates = [_mate(row) for row in rows]
    guides = await _guides(person, mates)
    return Team(mates, guides, rows[0]["away"], rows[0]["back"], rows[0]["everyone"], page)


def _mate(row: Any) -> Mate:
    place = Place(row["place"])
    away = place == Place.AWAY
    # What was answered at a sick report is for that absence: afterwards it is shown no more.
    return Mate(
        row["id"], row["first_name"], f"{row['first_name']} {row['last_name']}", row["job"], row["email"],
        place, row["first_sick_day"], row["recovered_on"], row["expected_duration"] if away else None,
        keyring().decrypt(row["phone"], "spell.phone") if away and row["phone"] else None,
        row["dossier"] if away or place == Place.BACK else None, row["today"],
    )  # fmt: skip


async def _guides(person: Person, mates: list[Mate]) -> list[Guide]:
    away = [mate.id for mate in mates if mate.place == Place.AWAY]
    if not away:
        return []
    scope = scopes.helped(person, after=2, roles=(Role.MANAGER,))
    rows = await fetch(HELPERS.format(scope=scope.sql), away, mates[0].today, *scope.args)
    return [
        Guide(
            row["name"], row["email"],
            keyring().decrypt(row["phone"], "role_holder.phone") if row["phone"] else None,
        )
        for row in rows
    ]  # fmt: skip

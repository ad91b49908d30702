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
from backend.foundation.clock import days_anywhere
from backend.foundation.database import fetch
from backend.foundation.encryption import keyring
from backend.foundation.names import patterns
from backend.team.sentences import COUNTS, NAMED, PEOPLE, RUN, conditions

PAGE = 50


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
    asks_hours: bool
    """Whether hours that they proposed to work again wait for an answer."""
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


@dataclass(frozen=True, slots=True)
class Run:
    """A part of those in one place, by name: read this way, after so many, at most so many."""

    place: Place
    way: str
    before: int
    most: int


async def team(person: Person, *, now: datetime, named: str = "", page: int = 1) -> Team:
    """The people whom the person manages, who are in service; `named` holds the beginning or a part of each
    name that is searched for. Two statements; one for a search."""
    scope = scopes.helped(person, after=2, roles=(Role.MANAGER,))
    args: list[Any] = [now, person.account_id, *scope.args]
    said = conditions(scope.sql, *days_anywhere(now))
    before = PAGE * (page - 1)
    if words := patterns(named):
        args += [words, before]
        found = NAMED.format(words=f"${len(args) - 1}", before=f"${len(args)}", page=PAGE, **said)
        rows = await fetch(PEOPLE.format(page=found, **said), *args)
        counts = rows[0] if rows else {"everyone": 0, "away": 0, "back": 0}
    else:
        counts = (await fetch(COUNTS.format(**said), *args))[0]
        rows = await _of_runs(said, args, _runs(counts, before))
    mates = [_mate(row) for row in rows]
    return Team(mates, _guides(rows), counts["away"], counts["back"], counts["everyone"], page)


def _runs(counts: Any, before: int) -> list[Run]:
    """Which parts of the runs stand on the page that begins after so many."""
    sizes = {Place.AWAY: counts["away"], Place.BACK: counts["back"]}
    sizes[Place.IN] = counts["everyone"] - sum(sizes.values())
    found, room = [], PAGE
    for place, size in sizes.items():
        skipped, before = min(before, size), max(before - size, 0)
        most = min(size - skipped, room)
        room -= most
        after = size - skipped - most
        if most:
            found.append(Run(place, "DESC" if after < skipped else "ASC", min(after, skipped), most))
    return found


async def _of_runs(said: dict[str, str], args: list[Any], runs: list[Run]) -> list[Any]:
    if not runs:
        return []
    parts = []
    for run in runs:
        args += [run.before, run.most]
        parts.append(
            RUN.format(
                place=run.place, at=said[run.place], mine=said["mine"], way=run.way, page=PAGE,
                before=f"${len(args) - 1}", most=f"${len(args)}",
            )
        )  # fmt: skip
    return list(await fetch(PEOPLE.format(page=" UNION ALL ".join(parts), **said), *args))


def _mate(row: Any) -> Mate:
    place = Place(row["place"])
    away = place == Place.AWAY
    # What was answered at a sick report is for that absence: afterwards it is shown no more.
    return Mate(
        row["id"], row["first_name"], f"{row['first_name']} {row['last_name']}", row["job"], row["email"],
        place, row["first_sick_day"], row["recovered_on"], row["expected_duration"] if away else None,
        keyring().decrypt(row["phone"], "spell.phone") if away and row["phone"] else None,
        row["dossier"], row["asks"], row["today"],
    )  # fmt: skip


def _guides(rows: list[Any]) -> list[Guide]:
    """The case managers of those on the page who are away, by name."""
    found = {row["guide"]: row for row in rows if row["guide"]}
    return [
        Guide(
            row["guide_name"], row["guide_email"],
            keyring().decrypt(row["guide_phone"], "role_holder.phone") if row["guide_phone"] else None,
        )
        for row in sorted(found.values(), key=lambda row: (row["guide_name"], row["guide"]))
    ]  # fmt: skip

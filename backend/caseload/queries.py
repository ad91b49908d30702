"""The dossiers that a case manager guards or a company doctor serves, over all employers.

One statement (asked.py) finds, filters, orders and cuts off; only for the lines that are shown does it look
up the rest.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from backend.access import scopes
from backend.access.person import Person
from backend.caseload.asked import ROLES, Asked
from backend.caseload.paging import written
from backend.caseload.sentences import EMPLOYERS
from backend.caseload.view import View
from backend.dossier.wording import titled
from backend.foundation.database import fetch
from backend.foundation.languages import gettext as _
from backend.legal_calendar.terms import BY_NAME

PAGE = 25


@dataclass(frozen=True, slots=True)
class Line:
    """One dossier of the list."""

    id: UUID
    name: str
    employer: str
    week: int
    """Which week of absence it is; of a closed dossier, the last one."""
    closed_on: date | None
    today: date
    """The day at the employer."""
    next_title: str
    next_on: date | None
    next_role: str
    """Who has to do it."""
    is_new: bool
    """Whether somebody else put something there since the person last looked."""
    expected: str | None
    """How long the employee expects it to last, in their own words; never why."""
    returns_on: date | None
    """The recovery date, when it is still to come."""

    @property
    def is_late(self) -> bool:
        return self.next_on is not None and self.next_on < self.today


@dataclass(frozen=True, slots=True)
class Caseload:
    """One page of it."""

    lines: list[Line]
    count: int | None
    """How many there are from here on, when they are no more than a page: nobody waits for a count."""
    more: str
    """The place of the last line, when there are more; `View.after` of the next page."""


async def caseload(person: Person, view: View, *, now: datetime) -> Caseload:
    """What the view shows of the person's dossiers, in one statement. Raises NotFound for a page that cannot
    be."""
    if not scopes.desks(person):
        return Caseload([], 0, "")
    asked = Asked(person, view, now, PAGE)
    rows = await fetch(asked.sql, *asked.args)
    lines = [_line(row) for row in rows[:PAGE]]
    if len(rows) <= PAGE:
        return Caseload(lines, len(rows), "")
    last = rows[PAGE - 1]
    return Caseload(lines, None, written((last["key"], last["id"])))


async def employers(person: Person) -> list[tuple[UUID, str]]:
    """Of whose people the caseload has dossiers, by name."""
    scope = scopes.helped(person, after=1, roles=ROLES)
    rows = await fetch(EMPLOYERS.format(scope=scope.sql), scopes.desks(person), *scope.args)
    return [(row["id"], row["name"]) for row in rows]


def _line(row: Any) -> Line:
    returns_on = row["recovered_on"]
    coming = returns_on is not None and returns_on > row["today"]
    away = row["closed_on"] is None or coming
    return Line(
        row["id"], f"{row['first_name']} {row['last_name']}", row["employer_name"], (row["days"] + 6) // 7,
        row["closed_on"], row["today"], _next_title(row), row["next_on"], _next_role(row), row["is_new"],
        row["expected_duration"] if away else None, returns_on if coming else None,
    )  # fmt: skip


def _next_title(row: Any) -> str:
    if row["next_on"] is None:
        return ""
    if term := BY_NAME.get(row["term"] or ""):
        return _(term.title)
    if row["own_title"]:
        return str(row["own_title"])
    title, _text = titled("action", row["title"], "", json.loads(row["facts"]), row["today"])
    return title


def _next_role(row: Any) -> str:
    if row["next_role"]:
        return str(row["next_role"])
    term = BY_NAME.get(row["term"] or "")
    return term.who[0] if term else ""

"""The dossiers that a case manager guards or a company doctor serves, over all employers.

One statement (asked.py) finds, filters, orders and cuts off; only for the lines that are shown does it look
up the rest, and for the others only what the chosen order and filters ask for.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from backend.access import scopes
from backend.access.person import Person
from backend.caseload.asked import ROLES, Asked, can_be_near
from backend.caseload.paging import written
from backend.caseload.sentences import EMPLOYERS
from backend.caseload.view import View
from backend.dossier.wording import titled
from backend.foundation.database import fetch
from backend.foundation.languages import gettext as _
from backend.legal_calendar.terms import BY_NAME

PAGE = 25
REACH = 150
"""How many of what comes first in the chosen order, whosever it is, are looked at for a first try, half of it
when nothing is filtered out: enough for a page when the caseload is a good part of what there is, and little
to lose when it is not."""
FURTHER = 600
"""And for a second try, when the first one found some: a filter or others' dossiers may have hidden more."""


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
    """How many there are from here on, unless that would cost more than the page itself."""
    more: str
    """The place of the last line, when there are more; `View.after` of the next page."""


async def caseload(person: Person, view: View, *, now: datetime) -> Caseload:
    """What the view shows of the person's dossiers: one statement, or up to three. Raises NotFound for a page
    that cannot be."""
    rows, count = await _rows(person, view, now)
    lines = [_line(row) for row in rows[:PAGE]]
    more = ""
    if len(rows) > PAGE:
        last = rows[PAGE - 1]
        more = written((last["key"], last["id"]))
    return Caseload(lines, count, more)


async def _rows(person: Person, view: View, now: datetime) -> tuple[list[Any], int | None]:
    """Those of the page, one too many when there are more, and how many there are where that is known."""
    near = REACH if view.chosen else REACH // 2
    for reach in (near, FURTHER) if can_be_near(view) else ():
        rows = await _fetch(Asked(person, view, now, PAGE, reach))
        if len(rows) > PAGE:
            return rows, None
        if not rows:
            break
        if rows[0]["whole"]:
            return rows, len(rows)
    rows = await _fetch(Asked(person, view, now, PAGE))
    if view.sort == "name":
        return rows, None if len(rows) > PAGE else len(rows)
    return rows, rows[0]["count"] if rows else 0


async def employers(person: Person) -> list[tuple[UUID, str]]:
    """Whose people the caseload may hold, by name."""
    scope = scopes.helped(person, after=0, roles=ROLES)
    rows = await fetch(EMPLOYERS.format(scope=scope.sql), *scope.args)
    return [(row["id"], row["name"]) for row in rows]


async def _fetch(asked: Asked) -> list[Any]:
    return list(await fetch(asked.sql, *asked.args))


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

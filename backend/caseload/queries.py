"""The dossiers that a case manager guards or a company doctor serves, over all employers.

One statement finds, filters, orders and cuts off; only for the lines that are shown does it look up the rest,
and for the others only what the chosen order and filters ask for.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from backend.access import scopes
from backend.access.person import Person
from backend.access.roles import Role
from backend.caseload.paging import NEVER, Key, read, written
from backend.caseload.sentences import DAYS, DUE, EMPLOYERS, FOUND, IS_NEW, LINES, SOON
from backend.caseload.view import BANDS, View
from backend.dossier.wording import titled
from backend.foundation.database import fetch
from backend.foundation.languages import gettext as _
from backend.foundation.names import folded_sql, patterns
from backend.legal_calendar.terms import BY_NAME, MILESTONES

PAGE = 25
REACH = 150
"""How many actions, and planned steps, are looked at for a first try: enough for a page when the caseload is
a good part of what there is, and little to lose when it is not."""
ROLES = (Role.CASE_MANAGER, Role.COMPANY_DOCTOR)
"""Who has a caseload."""
NAME = "m.first_name || ' ' || m.last_name"
KEYS: dict[str, tuple[str, type[Key]]] = {
    "due": (f"coalesce(f.due_on, '{NEVER}'::date)", date),
    "week": ("-f.days", int),
    "name": ("f.name_key", str),
}
"""What each order orders by, always upwards."""


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
    """What the view shows of the person's dossiers: one or two statements. Raises NotFound for a page that
    cannot be."""
    rows = []
    if view.sort == "due" and view.state == "open" and view.due != "none" and not view.q:
        rows = await _fetch(Asked(person, view, now, soon=True))
    count = None
    if len(rows) <= PAGE:
        rows = await _fetch(Asked(person, view, now))
        count = rows[0]["count"] if rows else 0
    lines = [_line(row) for row in rows[:PAGE]]
    more = ""
    if len(rows) > PAGE:
        last = rows[PAGE - 1]
        more = written((last["key"], last["id"]))
    return Caseload(lines, count, more)


async def employers(person: Person) -> list[tuple[UUID, str]]:
    """Whose people the caseload may hold, by name."""
    scope = scopes.helped(person, after=0, roles=ROLES)
    rows = await fetch(EMPLOYERS.format(scope=scope.sql), *scope.args)
    return [(row["id"], row["name"]) for row in rows]


class Asked:
    """The statement for one view, with its arguments."""

    def __init__(self, person: Person, view: View, now: datetime, *, soon: bool = False) -> None:
        self.args: list[Any] = [now, person.account_id, PAGE + 1, list(MILESTONES)]
        helped = scopes.helped(person, len(self.args), roles=ROLES)
        self.args += helped.args
        medical = scopes.medical(person, len(self.args))
        self.args += medical.args
        among = self._among(view)
        wanted = self._wanted(view)
        key, kind = KEYS[view.sort]
        before, start = "WITH", "'-infinity'::date"
        if view.after:
            last, dossier = read(view.after, kind)
            wanted.append(f"({key}, f.id) > ({self._given(last)}, {self._given(dossier)})")
            if soon:
                start = self._given(last)
        if soon:
            before = SOON.format(start=start, reach=REACH)
            among.append("d.id IN (SELECT dossier FROM soon)")
            wanted.append("f.due_on < (SELECT b.day FROM bound b)")
        worked_out = [
            f"{expression} AS {name}"
            for name, expression, is_asked in (
                ("due_on", DUE, view.sort == "due" or view.late or view.due),
                ("days", DAYS, view.sort == "week" or view.week),
            )
            if is_asked
        ]
        # `IS TRUE` lets each dossier be asked by itself: PostgreSQL would join with all entries there are.
        found = FOUND.format(
            scope=helped.sql, medical=medical.sql, among=_and(among), columns=", ".join(["", *worked_out]),
            fresh=f"({IS_NEW}) IS TRUE" if view.new else "true",
        )  # fmt: skip
        self.sql = LINES.format(before=before, found=found, key=key, wanted=_and(wanted))

    def _given(self, value: Any) -> str:
        self.args.append(value)
        return f"${len(self.args)}"

    def _among(self, view: View) -> list[str]:
        """What a dossier itself says."""
        conditions = {"open": ["d.closed_on IS NULL"], "closed": ["d.closed_on IS NOT NULL"], "all": []}
        found = list(conditions[view.state])
        if view.employer:
            found.append(f"m.employer = {self._given(view.employer)}")
        if words := patterns(view.q):
            found.append(f"{folded_sql(NAME)} LIKE ALL({self._given(words)}::text[])")
        return found

    def _wanted(self, view: View) -> list[str]:
        """What has to be worked out for it."""
        found = []
        if view.late:
            found.append("f.due_on < f.today")
        if view.due == "none":
            found.append("f.due_on IS NULL")
        elif view.due:
            found.append(f"f.due_on <= f.today + {self._given(int(view.due))}::int")
        if view.week:
            first, last = BANDS[view.week]
            found.append(f"f.days > {self._given(7 * (first - 1))}::int")
            if last is not None:
                found.append(f"f.days <= {self._given(7 * last)}::int")
        return found


def _and(conditions: list[str]) -> str:
    return " AND ".join(["true", *conditions])


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

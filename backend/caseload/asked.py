"""The statement for one view of the caseload.

By name an index gives the dossiers in order, as far as the page goes. By date and by week the order has to be
worked out for each dossier; so that a page out of thousands costs what a short list does, the statement can
be told to look no further than it must (`reach`), and then may find too few.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from backend.access import scopes
from backend.access.person import Person
from backend.access.roles import Role
from backend.caseload.paging import NEVER, Key, read
from backend.caseload.sentences import DAYS, DUE, FOUND, IS_NEW, LINES, OLDEST, SOON
from backend.caseload.view import BANDS, View
from backend.foundation.names import folded_sql, patterns
from backend.legal_calendar.terms import MILESTONES

ROLES = (Role.CASE_MANAGER, Role.COMPANY_DOCTOR)
"""Who has a caseload."""
NAME = "m.first_name || ' ' || m.last_name"
KEYS: dict[str, tuple[str, type[Key]]] = {
    "due": (f"coalesce(f.due_on, '{NEVER}'::date)", date),
    "week": ("-f.days", int),
    "name": ("f.name_key", str),
}
"""What each order orders by, always upwards."""
WITHIN = {
    "due": """CASE WHEN f.due_on IS NULL
        THEN (SELECT b.day = '9999-01-01' AND (b.edge IS NULL OR f.id < b.edge) FROM bound b)
        ELSE f.due_on < (SELECT b.day FROM bound b) END""",
    "week": "f.days > f.today + 1 - (SELECT b.day FROM bound b)",
}
"""Up to where a limited look is as good as a whole one."""


def can_be_near(view: View) -> bool:
    """Whether looking at what comes first may be enough for a page."""
    return view.sort in WITHIN and view.state == "open" and not view.q


class Asked:
    """The statement for one view, with its arguments: at most so many lines, and one more."""

    def __init__(
        self, person: Person, view: View, now: datetime, most: int, reach: int | None = None
    ) -> None:
        self.args: list[Any] = [now, person.account_id, most + 1, list(MILESTONES)]
        helped = scopes.helped(person, len(self.args), roles=ROLES)
        self.args += helped.args
        medical = scopes.medical(person, len(self.args), roles=ROLES)
        self.args += medical.args
        among, wanted = self._among(view), self._wanted(view)
        key, kind = KEYS[view.sort]
        place = first = ""
        if view.after:
            last, dossier = read(view.after, kind)
            place, after = self._given(last), self._given(dossier)
            wanted.append(f"({key}, f.id) > ({place}, {after}) AND {key} >= {place}")
            first = after if last == NEVER else ""
        elif view.sort == "due" and view.due == "none":
            place = f"'{NEVER}'::date"
        before = "WITH"
        if reach is not None:
            before = self._near(view.sort, place, first, reach)
            among.append("d.id IN (SELECT dossier FROM soon)")
            wanted.append(WITHIN[view.sort])
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
        walked = view.sort == "name"
        self.sql = LINES.format(
            before=before, found=found, key=key, wanted=_and(wanted),
            materialized="NOT MATERIALIZED" if walked else "MATERIALIZED",
            count="NULL::bigint" if walked else "count(*) OVER ()",
            whole="true" if reach is None else "(SELECT b.whole FROM bound b)",
        )  # fmt: skip

    def _near(self, sort: str, place: str, first: str, reach: int) -> str:
        """The dossiers that come first, from a place on; of those without an action, after the first one."""
        if sort == "week":
            start = f"$1::timestamptz::date - 1 + {place}::int" if place else "'-infinity'"
            return OLDEST.format(start=f"({start})::date", reach=reach)
        return SOON.format(
            start=place or "'-infinity'::date", first=first or f"'{UUID(int=0)}'::uuid", reach=reach
        )

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

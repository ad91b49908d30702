"""The statement for one view of the caseload.

It takes the first lines of each desk from an index that holds them in the order of the view, and merges them.
Days differ between time zones: what index to read is bounded by the first and the last day that it is now
anywhere, and only of a line that these leave open the day at its employer is asked.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from backend.access import scopes
from backend.access.person import Person
from backend.access.roles import Role
from backend.caseload.paging import NEVER, Key, read
from backend.caseload.sentences import BRANCH, IS_NEW, LINES, TODAY
from backend.caseload.view import BANDS, View
from backend.foundation.clock import days_anywhere
from backend.foundation.names import patterns

ROLES = (Role.CASE_MANAGER, Role.COMPANY_DOCTOR)
"""Who has a caseload."""
KINDS: dict[str, tuple[type[Key], str]] = {
    "due": (type(NEVER), "date"),
    "week": (int, "int"),
    "name": (str, "text"),
    "ended": (int, "int"),
}
"""What each order orders by, here and in PostgreSQL, always upwards."""
ENDED = "(DATE '2000-01-01' - l.until)"
"""The later the absence ended the earlier."""


class Asked:
    """The statement for one view, with its arguments: at most so many lines, and one more."""

    def __init__(self, person: Person, view: View, now: datetime, most: int) -> None:
        self.view = view
        self.order = "ended" if view.is_history and view.sort == "due" else view.sort
        self.args: list[Any] = [now, person.account_id]
        # These two have the same arguments.
        helped = scopes.helped(person, len(self.args), roles=ROLES)
        medical = scopes.trusted(person, len(self.args), roles=ROLES)
        self.args += helped.args
        first, last = days_anywhere(now)
        self.first_day, self.day, self.last_day = (f"'{day}'::date" for day in (first, now.date(), last))
        self.most = most + 1
        self.wanted = self._wanted(person)
        self.place = self._place()
        desks = [self._unseen(desk, "uuid") for desk in scopes.desks(person)]
        branches = [
            branch
            for at, desk in enumerate(desks)
            for is_open in {"open": [True], "closed": [False]}.get(view.state, [True, False])
            for branch in self._branches(desk, is_open, elsewhere=desks[:at])
        ]
        self.sql = LINES.format(
            branches=" UNION ALL ".join(branches), most=self.most, scope=helped.sql, medical=medical.sql
        )

    def _given(self, value: Any) -> str:
        self.args.append(value)
        return f"${len(self.args)}"

    def _unseen(self, value: Any, kind: str) -> str:
        """Given so that PostgreSQL plans once for all values, and not anew for one that promises few rows."""
        return f"(SELECT {self._given(value)}::{kind})"

    def _place(self) -> tuple[str, str] | None:
        """After which key and dossier it goes on."""
        if not self.view.after:
            return None
        kind, name = KINDS[self.order]
        key, dossier = read(self.view.after, kind)
        return self._unseen(key, name), self._unseen(dossier, "uuid")

    def _branches(self, desk: str, is_open: bool, elsewhere: list[str]) -> list[str]:
        """The first lines of one desk; a dossier that lies on an earlier one too counts there."""
        wanted = [f"l.is_open = {is_open}", *self.wanted]
        if elsewhere:
            wanted.append(
                "NOT EXISTS (SELECT FROM desk_line p WHERE p.dossier = l.dossier"
                f" AND p.desk IN ({', '.join(elsewhere)}))"
            )
        if self.order == "week":
            return [self._branch(desk, *run, *wanted) for run in self._by_length()]
        column = {"due": "l.next_on", "name": "l.name_key", "ended": ENDED}[self.order]
        return [self._branch(desk, column, column, "{}", *wanted)]

    def _by_length(self) -> list[tuple[str, str, str, str]]:
        """The more days the earlier: of who is absent tomorrow by the first day, of others by the length.
        Each with the key, what orders by it, where a key stands in that order, and who it is."""
        since, tomorrow = "l.counts_from", f"({self.day} + 1)"
        lasting = (f"{since} - {tomorrow}", since, f"({tomorrow} + {{}})")
        length = f"({since} - l.until)"
        return [
            (*lasting, f"l.until = '{NEVER}'"),
            (*lasting, f"l.until < '{NEVER}' AND l.until > {tomorrow}"),
            (length, length, "{}", f"l.until < '{NEVER}' AND l.until <= {tomorrow}"),
        ]

    def _branch(self, desk: str, key: str, order: str, at: str, *wanted: str) -> str:
        if self.place is not None:
            after, dossier = self.place
            wanted += (f"({order}, l.dossier) > ({at.format(after)}, {dossier})",)
        return BRANCH.format(
            desk=desk, key=key, order=order, most=self.most, is_new=IS_NEW, wanted=" AND ".join(wanted)
        )

    def _wanted(self, person: Person) -> list[str]:
        """What is asked of a line, in which bounds an index knows, and exactly."""
        view, found = self.view, []
        if person.employments:
            found.append(
                f"l.employment <> ALL({self._given([job.id for job in person.employments])}::uuid[])"
            )
        if view.employer:
            found.append(f"l.employer = {self._unseen(view.employer, 'uuid')}")
        if words := patterns(view.q):
            found.append(f"l.name_key LIKE ALL({self._unseen(words, 'text[]')}::text[])")
        if view.new:
            found.append(IS_NEW)
        if view.due == "none":
            found.append(f"l.next_on = '{NEVER}'")
        elif view.due:
            found += self._before("l.next_on", f"+ {int(view.due) + 1}")
        if view.late:
            found += self._before("l.next_on", "")
        if view.week:
            found += self._weeks(*BANDS[view.week])
        return found

    def _before(self, column: str, days: str) -> list[str]:
        return [
            f"{column} < {self.last_day} {days}",
            f"({column} < {self.first_day} {days} OR {column} < {TODAY} {days})",
        ]

    def _weeks(self, first: int, last: int | None) -> list[str]:
        """Sick days in those weeks: nobody has more than have passed since `counts_from`. What the first and
        the last day tell is asked in one CASE, as PostgreSQL would take each for a reason to expect few."""
        more = 7 * (first - 1)
        days = "least({} + 1, l.until) - l.counts_from"
        fewest, exact, most = (days.format(day) for day in (self.first_day, TODAY, self.last_day))
        outside, sure = f"{most} <= {more}", f"{fewest} > {more}"
        if last is None:
            inside = f"{exact} > {more}"
        else:
            outside += f" OR {fewest} > {7 * last}"
            sure += f" AND {most} <= {7 * last}"
            inside = f"{exact} BETWEEN {more + 1} AND {7 * last}"
        return [
            f"l.counts_from <= {self.last_day} - {more}",
            f"CASE WHEN {outside} THEN false WHEN {sure} THEN true ELSE {inside} END",
        ]

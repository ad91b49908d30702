"""What a person may read of calendars. Every statement carries the person's scope."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from backend.access import scopes
from backend.access.person import Person
from backend.access.whose import COLUMNS, Whose
from backend.foundation.clock import day_in
from backend.foundation.database import fetch, fetch_one
from backend.foundation.refusal import NotFound
from backend.legal_calendar.chain import Chain, chain_of
from backend.legal_calendar.terms import BY_NAME

STEP = """
s.id, s.term, s.turn, s.opens_on, coalesce(a.due_on, s.due_on) AS due_on, a.entry IS NOT NULL AS shown,
coalesce(a.done_at, s.done_at) AS done_at, a.cancelled_at, a.cancelled_by, a.reason,
a.postponed_from, q.title AS own_title, q.assignee_role AS own_role, d.closed_on IS NOT NULL AS closed
"""
JOINED = "LEFT JOIN action a ON a.entry = s.action LEFT JOIN protocol_step q ON q.id = s.protocol_step"

CALENDAR = f"""
SELECT d.closed_on, m.left_on, m.first_name, m.last_name, o.time_zone, o.country, {COLUMNS}, {STEP},
       (SELECT json_agg(json_build_array(p.first_sick_day, p.recovered_on)) FROM spell p
        WHERE p.dossier = d.id AND p.withdrawn_at IS NULL) AS spells
FROM dossier d JOIN employment m ON m.id = d.employment JOIN employer o ON o.id = m.employer
LEFT JOIN calendar_step s ON s.dossier = d.id AND s.closed_at IS NULL {JOINED}
WHERE d.id = $1 AND {{scope}}
ORDER BY coalesce(a.due_on, s.due_on), s.term, s.id
"""


@dataclass(frozen=True, slots=True)
class Step:
    """One step as it stands."""

    id: UUID
    term: str
    turn: int
    opens_on: date
    due_on: date
    shown: bool
    """Whether it stands on the timeline, as an action."""
    done_at: datetime | None
    cancelled_at: datetime | None
    cancelled_by: UUID | None
    reason: str | None
    postponed_from: date | None
    own_title: str | None
    own_role: str | None
    closed: bool
    """Whether the dossier is."""

    @property
    def unneeded(self) -> bool:
        """Whether it was found not to be needed, and still could be done."""
        return self.cancelled_at is not None and self.done_at is None and not self.closed

    @property
    def settled(self) -> bool:
        return self.done_at is not None or self.cancelled_at is not None


@dataclass(frozen=True, slots=True)
class DossierCalendar:
    """A dossier's steps in order of their last day, and the sick days they were counted in."""

    dossier: UUID
    closed: bool
    dutch: bool
    left_on: date | None
    """The first day no longer in service, when that is known."""
    time_zone: str
    chain: Chain
    whose: Whose
    employee_name: str
    steps: list[Step]

    def is_over(self, today: date) -> bool:
        """Whether employment has ended."""
        return self.left_on is not None and self.left_on <= today


async def calendar_of(person: Person, dossier: UUID) -> DossierCalendar:
    """The calendar of a dossier: one statement. Raises NotFound when it is not the person's to see."""
    scope = scopes.dossiers(person, after=1)
    rows = await fetch(CALENDAR.format(scope=scope.sql), dossier, *scope.args)
    if not rows:
        raise NotFound
    about = rows[0]
    days = [_day_pair(pair) for pair in json.loads(about["spells"] or "[]")]
    return DossierCalendar(
        dossier, about["closed_on"] is not None, about["country"] == "NL", about["left_on"],
        about["time_zone"],
        chain_of(days), Whose.of(about), f"{about['first_name']} {about['last_name']}",
        [Step(**{name: row[name] for name in Step.__slots__}) for row in rows if row["id"] is not None],
    )  # fmt: skip


async def step_of_action(person: Person, entry: UUID) -> UUID | None:
    """The step that stands on the timeline as that action; None when it is none of the calendar's."""
    scope = scopes.dossiers(person, after=1)
    sql = "SELECT s.id FROM calendar_step s JOIN dossier d ON d.id = s.dossier WHERE s.action = $1 AND "
    row = await fetch_one(sql + scope.sql, entry, *scope.args)
    return row["id"] if row else None


def title_of(row: Any) -> str:
    """The name of a step in a row with `term` and `own_title`, marked."""
    return row["own_title"] or BY_NAME[row["term"]].title


def today_of(calendar: DossierCalendar, now: datetime) -> date:
    """The day at the employer."""
    return day_in(calendar.time_zone, now)


def _day_pair(pair: list[str | None]) -> tuple[date, date | None]:
    first, recovered = pair
    return date.fromisoformat(str(first)), date.fromisoformat(recovered) if recovered else None

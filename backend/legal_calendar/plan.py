"""From a chain of spells to dates. Days only; nothing here reads or writes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from backend.legal_calendar.chain import Chain, sick_day
from backend.legal_calendar.terms import WEEKS, Term, terms_on
from backend.legal_calendar.working_days import first_working_day

PROTOCOL = "protocol"
"""The term of a step that an employer added itself."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One step: from which day it stands on the timeline, and its last day."""

    term: str
    turn: int
    """Which time it is, from 1 on, for what comes back every so many weeks; 0 for what comes once."""
    opens_on: date
    due_on: date
    by_report: bool = False
    spell: UUID | None = None
    """The report that an employer's own step belongs to."""
    protocol_step: UUID | None = None

    @property
    def key(self) -> tuple[str, int, UUID | None, UUID | None]:
        """What makes it the same step when the calendar is laid out anew."""
        return self.term, self.turn, self.spell, self.protocol_step


def plan(chain: Chain, switched_off: Collection[str] = (), days_before: int = 3) -> list[Planned]:
    """Every step of the law and of practice, in order of their last day, for a chain that still runs.

    A term of N weeks ends on sick day 7 N: the last day of week N, which is the earlier of the two ways to
    read "within N weeks". The notice of week 42 is due on the first working day after sick day 294. A step
    stands open from `days_before` its last day, or from its window when that is longer.
    """
    if not chain or chain[-1].recovered is not None:
        return []
    found = [
        step
        for term in terms_on(chain[0].first)
        if term.by_week and term.name not in switched_off
        for step in _steps(chain, term, timedelta(days=days_before))
    ]
    return sorted(found, key=lambda step: (step.due_on, step.term))


def _steps(chain: Chain, term: Term, before: timedelta) -> Iterator[Planned]:
    weeks = range(term.by_week, WEEKS, term.every) if term.every else [term.by_week]
    for turn, week in enumerate(weeks, 1 if term.every else 0):
        due = sick_day(chain, 7 * week)
        if term.working_day_after and (after := sick_day(chain, 7 * week + 1)):
            due = first_working_day(after)
        opens = sick_day(chain, 7 * (week - term.window) + 1)
        if due and opens:
            yield Planned(term.name, turn, min(opens, due - before), due, term.by_report)

"""Employment that ends while somebody is sick.

From the first day out of service the employer's part is over: whoever leaves sick comes under the Ziektewet,
and UWV takes it from there. One thing is asked of the employer: to tell UWV on the last working day
(Ziektewet, article 38(2)). An employer that bears the risk of the Ziektewet itself (eigenrisicodrager) stays
in charge; this house does not know who does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from backend.legal_calendar.chain import Chain
from backend.legal_calendar.plan import Planned
from backend.legal_calendar.terms import SICK_LEAVER_REPORT
from backend.legal_calendar.working_days import last_working_day


@dataclass(frozen=True, slots=True)
class Service:
    """Somebody's time at the employer, as it stands on a day there."""

    left_on: date | None
    """The first day no longer in service."""
    today: date

    @property
    def is_over(self) -> bool:
        return self.left_on is not None and self.left_on <= self.today

    def within(self, steps: Iterable[Planned]) -> list[Planned]:
        """The steps that are the employer's: none that ends after the service, and none once it is over.
        What the sick report itself did stays done."""
        return [
            step
            for step in steps
            if step.by_report or self.left_on is None or (not self.is_over and step.due_on < self.left_on)
        ]

    def farewell(self, chain: Chain) -> list[Planned]:
        """What is asked of the employer when somebody leaves sick; nothing when the end is not known."""
        term, runs = SICK_LEAVER_REPORT, bool(chain) and chain[-1].recovered is None
        if self.left_on is None or not runs or not term.valid_from <= chain[0].first < self.left_on:
            return []
        due = last_working_day(self.left_on - timedelta(days=1))
        return [Planned(term.name, 0, due - timedelta(weeks=term.window), due)]

"""What an employer adds itself: a call on day one, a talk at the third report in twelve months. Days only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from backend.legal_calendar.plan import PROTOCOL, Planned


@dataclass(frozen=True, slots=True)
class Rule:
    """One step of an employer's protocol."""

    id: UUID
    days_after: int
    """Days after the first sick day, or after the report when that came later."""
    at_report: int | None
    """Only at the report that is so many-th in twelve months; None: at every one."""
    since: date


@dataclass(frozen=True, slots=True)
class Report:
    """One spell of an employee, with the day on which it was reported."""

    spell: UUID
    dossier: UUID
    first_sick_day: date
    recovered_on: date | None
    reported_on: date


def protocol(dossier: UUID, reports: Sequence[Report], rules: Iterable[Rule]) -> list[Planned]:
    """The employer's own steps in a dossier, from all reports of the employee that were not taken back.

    Most belong to an absence and go when it ends. A talk about frequent absence stays: it is held once
    somebody is back.
    """
    rules = list(rules)
    found = []
    for report in reports:
        if report.dossier != dossier:
            continue
        count = reports_in_a_year(reports, report.first_sick_day)
        for rule in rules:
            applies = rule.at_report in (None, count) and report.reported_on >= rule.since
            if applies and (report.recovered_on is None or rule.at_report):
                start = max(report.first_sick_day, report.reported_on)
                due = start + timedelta(days=rule.days_after)
                found.append(Planned(PROTOCOL, 0, start, due, spell=report.spell, protocol_step=rule.id))
    return found


def reports_in_a_year(reports: Iterable[Report], until: date) -> int:
    """How many absences began in the twelve months up to that day, that day included."""
    try:
        since = until.replace(year=until.year - 1)
    except ValueError:
        since = until.replace(year=until.year - 1, day=28)
    return sum(since < report.first_sick_day <= until for report in reports)

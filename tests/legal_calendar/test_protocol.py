"""An employer's own steps: which report they belong to, and when."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from backend.legal_calendar.protocol import Report, Rule, protocol, reports_in_a_year

DOSSIER, OTHER = UUID(int=1), UUID(int=2)
LONG_AGO = date(2020, 1, 1)
CALL = Rule(UUID(int=10), 0, None, LONG_AGO)
TALK = Rule(UUID(int=11), 14, 3, LONG_AGO)


def report(
    number: int, first: date, recovered: date | None = None, dossier: UUID = OTHER, told: date | None = None
) -> Report:
    return Report(UUID(int=100 + number), dossier, first, recovered, told or first)


def test_a_call_on_day_one_belongs_to_every_report() -> None:
    running = report(1, date(2026, 11, 16), dossier=DOSSIER)
    (step,) = protocol(DOSSIER, [running], [CALL])
    assert (step.due_on, step.spell, step.protocol_step) == (date(2026, 11, 16), running.spell, CALL.id)
    assert protocol(OTHER, [running], [CALL]) == []


def test_who_reports_later_is_called_later() -> None:
    late = report(1, date(2026, 11, 12), dossier=DOSSIER, told=date(2026, 11, 16))
    assert [step.due_on for step in protocol(DOSSIER, [late], [CALL])] == [date(2026, 11, 16)]


def test_a_talk_at_the_third_report_in_twelve_months_stays_after_recovery() -> None:
    earlier = [
        report(1, date(2026, 1, 12), date(2026, 1, 14)),
        report(2, date(2026, 5, 4), date(2026, 5, 6)),
    ]
    third = report(3, date(2026, 11, 16), date(2026, 11, 18), dossier=DOSSIER)
    (step,) = protocol(DOSSIER, [*earlier, third], [CALL, TALK])
    assert (step.protocol_step, step.due_on) == (TALK.id, date(2026, 11, 30))
    assert protocol(DOSSIER, [earlier[1], third], [TALK]) == []


def test_twelve_months_are_counted_in_days_of_the_calendar() -> None:
    reports = [report(1, date(2025, 11, 16)), report(2, date(2025, 11, 17)), report(3, date(2026, 11, 16))]
    assert reports_in_a_year(reports, date(2026, 11, 16)) == 2
    leap = [report(1, date(2023, 2, 28)), report(2, date(2023, 3, 1)), report(3, date(2024, 2, 29))]
    assert reports_in_a_year(leap, date(2024, 2, 29)) == 2


def test_a_rule_does_not_look_back() -> None:
    rule = Rule(UUID(int=12), 0, None, date(2026, 11, 17))
    assert protocol(DOSSIER, [report(1, date(2026, 11, 16), dossier=DOSSIER)], [rule]) == []

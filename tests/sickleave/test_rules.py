"""Days and hours: every boundary, without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from backend.access.person import Job
from backend.foundation.clock import day_in
from backend.foundation.refusal import Refused
from backend.sickleave.answers import QUESTIONS, SickReport
from backend.sickleave.rules import joins, judge_hours, judge_recovery, judge_report, judge_withdrawal
from backend.sickleave.situation import LastSpell, Situation

TODAY = date(2026, 11, 16)
NOON = datetime(2026, 11, 16, 11, tzinfo=UTC)
ID = UUID(int=1)
AMSTERDAM = Job(ID, ID, "Bakkerij", "bakker", "Europe/Amsterdam", None)


def spell(recovered_on: date | None = None, first: date = TODAY, reported_at: datetime = NOON) -> LastSpell:
    return LastSpell(ID, ID, first, reported_at, recovered_on)


def situation(**how: Any) -> Situation:
    usual: dict[str, Any] = {
        "job": AMSTERDAM, "today": TODAY, "started_on": date(2020, 1, 1), "left_on": None, "days_back": 7,
        "days_ahead": 7, "asked": QUESTIONS, "show_manager": True, "show_case_manager": True,
        "show_dossier": True, "allow_partial_recovery": True, "last": None, "manager": None,
        "case_manager": None,
    }  # fmt: skip
    return Situation(**(usual | how))


def refusal(field: str | None, judge: Any, *args: Any) -> str:
    with pytest.raises(Refused) as refused:
        judge(*args)
    assert refused.value.field == field
    return refused.value.message


@pytest.mark.parametrize("days", [0, 1, 7])
def test_today_and_a_week_back_are_fine(days: int) -> None:
    judge_report(situation(), TODAY - timedelta(days=days), Decimal(0))


def test_tomorrow_is_refused() -> None:
    assert "komt nog" in refusal(
        "first_sick_day", judge_report, situation(), TODAY + timedelta(days=1), Decimal(0)
    )


def test_further_back_than_the_employer_allows_says_whom_to_call() -> None:
    message = refusal("first_sick_day", judge_report, situation(), TODAY - timedelta(days=8), Decimal(0))
    assert "Bel je leidinggevende" in message
    judge_report(situation(days_back=8), TODAY - timedelta(days=8), Decimal(0))
    refusal("first_sick_day", judge_report, situation(days_back=0), TODAY - timedelta(days=1), Decimal(0))


def test_not_before_the_job_began() -> None:
    began = situation(started_on=TODAY - timedelta(days=2))
    judge_report(began, TODAY - timedelta(days=2), Decimal(0))
    refusal("first_sick_day", judge_report, began, TODAY - timedelta(days=3), Decimal(0))
    judge_report(situation(started_on=None), TODAY, Decimal(0))


def test_not_after_it_ended() -> None:
    judge_report(situation(left_on=TODAY + timedelta(days=1)), TODAY, Decimal(0))
    refusal("first_sick_day", judge_report, situation(left_on=TODAY), TODAY, Decimal(0))
    refusal("first_sick_day", judge_report, situation(left_on=TODAY), TODAY - timedelta(days=1), Decimal(0))


def test_no_second_open_spell() -> None:
    refusal(None, judge_report, situation(last=spell()), TODAY, Decimal(0))


def test_not_on_days_of_the_last_spell() -> None:
    last = spell(recovered_on=TODAY, first=TODAY - timedelta(days=5))
    judge_report(situation(last=last), TODAY, Decimal(0))
    refusal("first_sick_day", judge_report, situation(last=last), TODAY - timedelta(days=1), Decimal(0))
    ahead = spell(recovered_on=TODAY + timedelta(days=2), first=TODAY - timedelta(days=5))
    refusal("first_sick_day", judge_report, situation(last=ahead), TODAY, Decimal(0))


def test_a_refusal_sends_nobody_to_a_day_that_is_refused_too() -> None:
    long_ago = situation(started_on=date(2020, 1, 1), last=spell(TODAY - timedelta(days=100)))
    for day in (date(2019, 1, 1), TODAY - timedelta(days=200), TODAY - timedelta(days=8)):
        with pytest.raises(Refused) as refused:
            judge_report(long_ago, day, Decimal(0))
        assert refused.value.params["day"] == "maandag 9 november"
    of_late = situation(last=spell(TODAY - timedelta(days=2)))
    for day in (TODAY - timedelta(days=200), TODAY - timedelta(days=3)):
        with pytest.raises(Refused) as refused:
            judge_report(of_late, day, Decimal(0))
        assert refused.value.params["day"] == "zaterdag 14 november"
    judge_report(of_late, TODAY - timedelta(days=2), Decimal(0))


@pytest.mark.parametrize("hours", ["0", "0.25", "7.5", "23.75", "24"])
def test_hours_in_quarters(hours: str) -> None:
    judge_report(situation(), TODAY, Decimal(hours))


@pytest.mark.parametrize("hours", ["-0.25", "0.1", "7.33", "24.25"])
def test_other_hours_are_refused(hours: str) -> None:
    refusal("worked_hours", judge_report, situation(), TODAY, Decimal(hours))


@pytest.mark.parametrize(
    ("recovered", "sick", "together"),
    [
        (date(2026, 10, 19), date(2026, 11, 16), False),  # 28 days
        (date(2026, 10, 20), date(2026, 11, 16), True),  # 27 days
        (date(2026, 11, 16), date(2026, 11, 16), True),
        (date(2026, 10, 5), date(2026, 11, 2), False),  # 28 days, over the end of summer time
        (date(2026, 10, 6), date(2026, 11, 2), True),
        (date(2026, 3, 9), date(2026, 4, 6), False),  # over its beginning
        (date(2026, 3, 10), date(2026, 4, 6), True),
        (date(2028, 2, 10), date(2028, 3, 9), False),  # 28 days, 29 February among them
        (date(2028, 2, 11), date(2028, 3, 9), True),
        (date(2027, 2, 9), date(2027, 3, 9), False),  # the same without
        (date(2028, 2, 29), date(2028, 3, 27), True),
    ],
)
def test_spells_less_than_four_weeks_apart_add_up(recovered: date, sick: date, together: bool) -> None:
    assert joins(spell(recovered_on=recovered, first=recovered), sick) is together


def test_the_first_spell_joins_nothing() -> None:
    assert not joins(None, TODAY)
    assert not joins(spell(), TODAY)


def test_a_day_is_a_day_where_the_employer_is() -> None:
    before, after = datetime(2026, 11, 16, 22, 59, tzinfo=UTC), datetime(2026, 11, 16, 23, 0, tzinfo=UTC)
    assert (day_in("Europe/Amsterdam", before), day_in("Europe/Amsterdam", after)) == (
        date(2026, 11, 16),
        date(2026, 11, 17),
    )
    summer = datetime(2026, 7, 16, 22, 0, tzinfo=UTC)
    assert day_in("Europe/Amsterdam", summer) == date(2026, 7, 17)
    assert day_in("America/Curacao", summer) == date(2026, 7, 16)


def test_recovery_lies_within_the_spell_and_not_too_far_ahead() -> None:
    sick = situation(last=spell(first=TODAY - timedelta(days=3)))
    for days in (-3, 0, 7):
        assert judge_recovery(sick, TODAY + timedelta(days=days)).id == ID
    refusal("recovered_on", judge_recovery, sick, TODAY - timedelta(days=4))
    refusal("recovered_on", judge_recovery, sick, TODAY + timedelta(days=8))
    refusal("recovered_on", judge_recovery, situation(last=spell(), days_ahead=0), TODAY + timedelta(days=1))


def test_who_is_not_sick_has_nothing_to_recover_from() -> None:
    refusal(None, judge_recovery, situation(), TODAY)
    refusal(None, judge_recovery, situation(last=spell(recovered_on=TODAY)), TODAY)


def test_taking_back_ends_at_midnight_of_the_employer() -> None:
    almost = datetime(2026, 11, 15, 23, 0, tzinfo=UTC)  # midnight in Amsterdam, so on the 16th
    assert judge_withdrawal(situation(last=spell(reported_at=almost)), ID).id == ID
    refusal(None, judge_withdrawal, situation(last=spell(reported_at=almost - timedelta(seconds=1))), ID)


def test_only_the_open_spell_is_taken_back() -> None:
    refusal(None, judge_withdrawal, situation(), ID)
    refusal(None, judge_withdrawal, situation(last=spell()), UUID(int=2))
    refusal(None, judge_withdrawal, situation(last=spell(recovered_on=TODAY)), ID)


@pytest.mark.parametrize("hours", ["0.25", "20", "60"])
def test_hours_a_week(hours: str) -> None:
    assert judge_hours(situation(last=spell()), TODAY + timedelta(days=42), Decimal(hours)).id == ID


@pytest.mark.parametrize("hours", ["0", "-1", "60.25", "12.3"])
def test_other_hours_a_week_are_refused(hours: str) -> None:
    refusal("hours_a_week", judge_hours, situation(last=spell()), TODAY, Decimal(hours))


def test_hours_are_proposed_within_the_spell() -> None:
    refusal("starts_on", judge_hours, situation(last=spell()), TODAY - timedelta(days=1), Decimal(8))
    refusal("starts_on", judge_hours, situation(last=spell()), TODAY + timedelta(days=43), Decimal(8))
    refusal(None, judge_hours, situation(), TODAY, Decimal(8))
    refusal(None, judge_hours, situation(last=spell(), allow_partial_recovery=False), TODAY, Decimal(8))


def test_what_is_not_asked_is_not_kept() -> None:
    report = SickReport(ID, TODAY, Decimal(0), phone="+31612345678", safety_net="yes", work_accident=True)
    kept = report.only(("safety_net",))
    assert (kept.phone, kept.safety_net, kept.work_accident) == (None, "yes", None)

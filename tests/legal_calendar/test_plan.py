"""Dates computed by hand from a calendar on paper. Beside each stands how: `day 46` is the 46th of a year,
and 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365 are the last days of the months (from February on
one more in a leap year)."""

from __future__ import annotations

from datetime import date

import pytest

from backend.legal_calendar.chain import Stretch, chain_of, days_sick, sick_day, week_of
from backend.legal_calendar.plan import plan
from backend.legal_calendar.terms import TERMS, Basis, may_switch_off
from backend.legal_calendar.working_days import first_working_day


def due(*spells: tuple[date, date | None]) -> dict[str, date]:
    """The last day of each step by name; of what comes back, by name and turn."""
    return {
        f"{step.term} {step.turn}" if step.turn else step.term: step.due_on for step in plan(chain_of(spells))
    }


def test_a_plain_absence_of_104_weeks() -> None:
    # Sick from Monday 5 January 2026 on: week N ends on day 5 + 7 N - 1 of 2026.
    found = due((date(2026, 1, 5), None))
    assert found == {
        "provider_report": date(2026, 1, 11),  # day 5 + 6 = 11
        "problem_analysis": date(2026, 2, 15),  # 5 + 41 = 46; 46 - 31 = 15 February
        "action_plan": date(2026, 3, 1),  # 5 + 55 = 60; 60 - 59 = 1 March
        "plan_evaluation 1": date(2026, 4, 12),  # week 14: 5 + 97 = 102; 102 - 90 = 12 April
        "plan_evaluation 2": date(2026, 5, 24),  # 42 days on: 102 + 42 = 144; 144 - 120 = 24 May
        "plan_evaluation 3": date(2026, 7, 5),  # 186 - 181
        "plan_evaluation 4": date(2026, 8, 16),  # 228 - 212
        "plan_evaluation 5": date(2026, 9, 27),  # 270 - 243
        "uwv_week_42_notice": date(2026, 10, 26),  # 5 + 294 = 299; 299 - 273 = 26 October, a Monday
        "plan_evaluation 6": date(2026, 11, 8),  # 312 - 304
        "plan_evaluation 7": date(2026, 12, 20),  # 354 - 334
        "first_year_evaluation": date(2027, 1, 3),  # 5 + 363 = 368; 368 - 365 = 3 January
        "plan_evaluation 8": date(2027, 1, 31),  # 396 - 365 = 31
        "second_track": date(2027, 2, 14),  # week 58: 5 + 405 = 410; 410 - 365 = 45; 45 - 31 = 14
        "plan_evaluation 9": date(2027, 3, 14),  # 438 - 365 = 73; 73 - 59
        "plan_evaluation 10": date(2027, 4, 25),  # 115 - 90
        "plan_evaluation 11": date(2027, 6, 6),  # 157 - 151
        "plan_evaluation 12": date(2027, 7, 18),  # 199 - 181
        "plan_evaluation 13": date(2027, 8, 29),  # 241 - 212
        "final_evaluation": date(2027, 10, 3),  # week 91: 5 + 636 = 641; - 365 = 276; 276 - 273
        "plan_evaluation 14": date(2027, 10, 10),  # 283 - 273
        "reintegration_report": date(2027, 10, 17),  # week 93: 5 + 650 = 655; - 365 = 290; 290 - 273
        "wia_application": date(2027, 10, 17),
        "plan_evaluation 15": date(2027, 11, 21),  # 325 - 304
        "end_of_wage_duty": date(2028, 1, 2),  # 5 + 727 = 732; 732 - 730 = 2 January 2028
    }


def test_spells_27_days_apart_count_on() -> None:
    # 5 January up to 2 February is 28 sick days. 2 February + 27 is 1 March (February has 28 days).
    found = due((date(2026, 1, 5), date(2026, 2, 2)), (date(2026, 3, 1), None))
    # Sick day 42 is the 14th of the second spell: 1 March + 13. Or: 15 February of the plain absence + 27.
    assert found["problem_analysis"] == date(2026, 3, 14)
    assert found["action_plan"] == date(2026, 3, 28)  # 14 days later
    # Sick day 295 is the 267th of the second spell: day 60 + 266 = 326; 326 - 304 = 22 November, a Sunday;
    # the first working day is Monday.
    assert found["uwv_week_42_notice"] == date(2026, 11, 23)
    # Plain: 2 January 2028; 27 days later is 29 January.
    assert found["end_of_wage_duty"] == date(2028, 1, 29)
    # Week 1 ended before the recovery: its day stays where it was.
    assert found["provider_report"] == date(2026, 1, 11)


def test_a_spell_28_days_later_counts_from_one_again() -> None:
    # 2 February + 28 is 2 March: a dossier of its own, with this spell alone (see test_keep.py).
    found = due((date(2026, 3, 2), None))
    assert found["problem_analysis"] == date(2026, 4, 12)  # day 61 + 41 = 102; 102 - 90


def test_a_recovery_ends_it_and_two_relapses_count_on() -> None:
    first, second = (date(2026, 1, 5), date(2026, 1, 19)), (date(2026, 1, 29), date(2026, 2, 12))
    assert due(first) == {}
    # 14 sick days, 10 recovered, 14 sick days, 20 recovered, from 4 March on sick again.
    found = due(first, second, (date(2026, 3, 4), None))
    # Sick day 42 is the 14th of the third: 4 March + 13 = 17 March. Or 15 February + 30 days.
    assert found["problem_analysis"] == date(2026, 3, 17)
    # Plain 26 October + 30 days is 25 November, a Wednesday.
    assert found["uwv_week_42_notice"] == date(2026, 11, 25)


def test_a_relapse_on_the_recovery_date_is_no_break() -> None:
    assert due((date(2026, 1, 5), date(2026, 2, 2)), (date(2026, 2, 2), None)) == due(
        (date(2026, 1, 5), None)
    )


def test_over_new_year_and_a_leap_day() -> None:
    # Sick from Wednesday 15 November 2023 on: day 304 + 15 = 319.
    found = due((date(2023, 11, 15), None))
    assert found["problem_analysis"] == date(2023, 12, 26)  # 319 + 41 = 360; 360 - 334
    assert found["action_plan"] == date(2024, 1, 9)  # 319 + 55 = 374; 374 - 365
    assert found["plan_evaluation 1"] == date(2024, 2, 20)  # 319 + 97 = 416; - 365 = 51; 51 - 31
    assert found["plan_evaluation 2"] == date(2024, 4, 2)  # 51 + 42 = 93; March ends on day 91 of 2024
    assert found["uwv_week_42_notice"] == date(2024, 9, 4)  # 319 + 294 - 365 = 248; August ends on 244
    assert found["first_year_evaluation"] == date(2024, 11, 12)  # 319 + 363 - 365 = 317; October: 305
    assert found["end_of_wage_duty"] == date(2025, 11, 11)  # 319 + 727 - 365 - 366 = 315; 315 - 304


def test_from_a_leap_day_on() -> None:
    found = due((date(2024, 2, 29), None))  # day 60
    assert found["problem_analysis"] == date(2024, 4, 10)  # 60 + 41 = 101; March ends on day 91
    assert found["first_year_evaluation"] == date(2025, 2, 26)  # 60 + 363 = 423; - 366 = 57; 57 - 31
    assert found["end_of_wage_duty"] == date(2026, 2, 25)  # 60 + 727 - 366 - 365 = 56; 56 - 31


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        # Friday 6 March (day 65) + 294 = 359: 25 December 2026, Christmas; the 26th is the second Christmas
        # day and a Saturday, the 27th a Sunday.
        (date(2026, 3, 6), date(2026, 12, 28)),
        # Monday 8 June (day 159) + 294 - 365 = 88: 29 March 2027, Easter Monday.
        (date(2026, 6, 8), date(2027, 3, 30)),
        # Friday 5 June (156) + 294 - 365 = 85: 26 March 2027, Good Friday; Easter follows.
        (date(2026, 6, 5), date(2027, 3, 30)),
        # Tuesday 7 July (188) + 294 - 365 = 117: 27 April 2027, King's Day.
        (date(2026, 7, 7), date(2027, 4, 28)),
        # Thursday 16 July (197) + 294 - 365 = 126: 6 May 2027, Ascension Day.
        (date(2026, 7, 16), date(2027, 5, 7)),
        # Monday 15 July 2024 (197) + 294 - 366 = 125: 5 May 2025, a day off for all once in five years.
        (date(2024, 7, 15), date(2025, 5, 6)),
        # Wednesday 15 July 2026 (196) + 294 - 365 = 125: 5 May 2027, a working day for most.
        (date(2026, 7, 15), date(2027, 5, 5)),
        # Saturday 14 March (73) + 294 = 367 - 365 = 2: Saturday 2 January 2027; Monday is the 4th.
        (date(2026, 3, 14), date(2027, 1, 4)),
        # Friday 13 March (72) + 294 = 366 - 365: New Year's Day 2027, a Friday.
        (date(2026, 3, 13), date(2027, 1, 4)),
    ],
)
def test_the_notice_of_week_42_waits_for_a_working_day(first: date, expected: date) -> None:
    assert due((first, None))["uwv_week_42_notice"] == expected


def test_a_step_opens_with_its_window_or_a_few_days_before() -> None:
    chain = chain_of([(date(2026, 1, 5), None)])
    opens = {step.term: step.opens_on for step in plan(chain, days_before=3) if step.turn < 2}
    assert opens["first_year_evaluation"] == date(2026, 11, 16)  # week 46 begins: 5 + 315 = 320; - 304
    assert opens["final_evaluation"] == date(2027, 8, 30)  # week 87: 5 + 602 = 607 - 365 = 242; - 212
    assert opens["problem_analysis"] == date(2026, 2, 9)  # week 6: 5 + 35 = 40; - 31
    assert {step.opens_on for step in plan(chain, days_before=10) if step.term == "problem_analysis"} == {
        date(2026, 2, 5)  # ten days before 15 February
    }


def test_practice_can_be_switched_off_and_law_cannot() -> None:
    chain = chain_of([(date(2026, 1, 5), None)])
    found = {step.term for step in plan(chain, switched_off={"plan_evaluation", "second_track"})}
    assert "plan_evaluation" not in found
    assert {term.name for term in TERMS if term.basis == Basis.LAW and term.by_week} <= found
    assert may_switch_off("plan_evaluation")
    assert not may_switch_off("action_plan")
    assert not may_switch_off("nonsense")


def test_only_rules_that_held_on_the_first_sick_day() -> None:
    assert due((date(2001, 7, 2), None)) == {}
    found = due((date(2003, 12, 31), None))
    assert "action_plan" in found
    assert not {"wia_application", "uwv_week_42_notice", "end_of_wage_duty"} & set(found)
    # Who fell sick on the first day of 2004 comes under the WIA, in force when those two years were over.
    found = due((date(2004, 1, 1), None))
    assert {"wia_application", "reintegration_report", "final_evaluation", "end_of_wage_duty"} <= set(found)
    assert "uwv_week_42_notice" not in found


def test_sick_days_are_counted_without_the_recovered_ones() -> None:
    chain = chain_of([(date(2026, 2, 1), None), (date(2026, 1, 5), date(2026, 1, 12))])
    assert chain == (Stretch(date(2026, 1, 5), date(2026, 1, 12)), Stretch(date(2026, 2, 1), None))
    assert days_sick(chain, date(2026, 1, 4)) == 0
    assert days_sick(chain, date(2026, 1, 11)) == 7
    assert days_sick(chain, date(2026, 1, 20)) == 7
    assert days_sick(chain, date(2026, 2, 1)) == 8
    assert [week_of(chain, date(2026, 1, day)) for day in (4, 5, 11, 20)] == [0, 1, 1, 1]
    assert week_of(chain, date(2026, 2, 1)) == 2
    assert sick_day(chain, 7) == date(2026, 1, 11)
    assert sick_day(chain, 8) == date(2026, 2, 1)


def test_days_that_overlap_count_once() -> None:
    chain = chain_of([(date(2026, 1, 5), date(2026, 1, 20)), (date(2026, 1, 10), date(2026, 1, 15))])
    assert days_sick(chain, date(2026, 3, 1)) == 15
    assert sick_day(chain, 16) is None
    same_day = (date(2026, 1, 5), date(2026, 1, 5))
    assert chain_of([same_day]) == ()


def test_a_working_day_stays() -> None:
    assert first_working_day(date(2026, 11, 20)) == date(2026, 11, 20)
    assert first_working_day(date(2026, 11, 21)) == date(2026, 11, 23)

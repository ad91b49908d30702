"""From sick reports to steps, and from steps to the timeline."""

from __future__ import annotations

import asyncio
import json
from contextvars import copy_context
from datetime import date, timedelta

from backend.dossier.publish import publish
from backend.dossier.queries import timeline
from backend.foundation.database import execute, fetch, fetch_value, transaction
from backend.foundation.languages import language
from backend.foundation.tokens import new_id
from backend.sickleave.withdraw_report import withdraw_report
from tests.cast import Cast, person_of
from tests.legal_calendar.steps import actions, kept, morning, planned, recovered_on, sick_on
from tests.sickleave.steps import falls_sick

MONDAY = date(2026, 1, 5)


async def test_somebody_with_flu_sees_nothing_of_it(database: Cast) -> None:
    dossier = await sick_on(database.anna, MONDAY)
    assert (await kept(MONDAY))["laid_out"] == 1
    assert len(await planned(dossier)) == 25
    for days in range(1, 8):
        assert not any((await kept(MONDAY + timedelta(days=days))).values())
    await recovered_on(database.anna, date(2026, 1, 12))
    assert (await kept(date(2026, 1, 12)))["laid_out"] == 1
    # Only what the report itself did is left, and it never stood on the timeline.
    assert await planned(dossier) == {"provider_report": date(2026, 1, 11)}
    assert await actions(dossier) == []
    assert not any((await kept(date(2026, 1, 13))).values())


async def test_a_step_stands_on_the_timeline_once_it_opens(database: Cast) -> None:
    dossier = await sick_on(database.anna, MONDAY)
    await kept(date(2026, 2, 8))
    assert await actions(dossier) == []
    assert (await kept(date(2026, 2, 9)))["opened"] == 1  # the first day of week 6
    (action,) = await actions(dossier)
    assert (action["term"], action["due_on"]) == ("problem_analysis", date(2026, 2, 15))
    assert (action["assignee_role"], action["assignee"]) == ("company_doctor", None)
    assert (action["author_name"], action["author_role"], action["audience"]) == ("Beterschap", "", "shared")
    await kept(date(2026, 2, 16))  # the first day of week 7
    plan = (await actions(dossier))[1]
    assert (plan["term"], plan["assignee"]) == ("action_plan", database.bram_as_manager)
    assert not (await kept(date(2026, 2, 16)))["opened"]


async def test_the_timeline_words_it_for_the_reader(database: Cast) -> None:
    dossier = await sick_on(database.anna, MONDAY)
    await kept(date(2026, 2, 9))
    person = await person_of(database.anna)
    (entry, *_others) = await timeline(person, dossier, now=morning(date(2026, 2, 9)))
    assert (entry["title"], entry["author_name"]) == ("Probleemanalyse", "Beterschap")
    language.set("en")
    (entry, *_others) = await timeline(person, dossier, now=morning(date(2026, 2, 9)))
    assert entry["title"] == "Problem analysis"
    assert entry["text"].startswith("The company doctor")
    language.set("nl")


async def test_spells_27_days_apart_run_on_in_one_calendar(database: Cast) -> None:
    dossier = await sick_on(database.anna, MONDAY)
    await kept(MONDAY)
    await recovered_on(database.anna, date(2026, 2, 2))
    await kept(date(2026, 2, 2))
    # 2 February + 27 days = 1 March.
    assert await sick_on(database.anna, date(2026, 3, 1)) == dossier
    await kept(date(2026, 3, 1))
    found = await planned(dossier)
    assert found["problem_analysis"] == date(2026, 3, 14)  # 28 sick days + 14: 1 March + 13
    assert found["uwv_week_42_notice"] == date(2026, 11, 23)  # see test_plan.py
    assert found["provider_report"] == date(2026, 1, 11)


async def test_spells_28_days_apart_have_a_calendar_each(database: Cast) -> None:
    old = await sick_on(database.anna, MONDAY)
    await kept(MONDAY)
    await recovered_on(database.anna, date(2026, 2, 2))
    await kept(date(2026, 2, 2))
    # 2 February + 28 days = 2 March.
    new = await sick_on(database.anna, date(2026, 3, 2))
    await kept(date(2026, 3, 2))
    assert new != old
    assert (await planned(new))["problem_analysis"] == date(2026, 4, 12)  # day 61 + 41 = 102; 102 - 90
    assert list(await planned(old)) == ["provider_report"]


async def test_a_recovery_closes_what_is_open_and_a_relapse_plans_it_again(database: Cast) -> None:
    dossier = await sick_on(database.anna, MONDAY)
    await kept(date(2026, 2, 16))  # the problem analysis and the action plan are open
    await execute("UPDATE action SET done_at = now() WHERE term = 'problem_analysis'")
    await recovered_on(database.anna, date(2026, 2, 20))
    await kept(date(2026, 2, 20))
    analysis, plan = await actions(dossier)
    assert analysis["done_at"] and not analysis["cancelled_at"]
    assert plan["cancelled_at"] and not plan["done_at"]
    await sick_on(database.anna, date(2026, 3, 2))
    await kept(date(2026, 3, 2))
    found = await planned(dossier)
    # 10 recovered days (20 February up to 2 March): 1 March becomes 11 March.
    assert found["action_plan"] == date(2026, 3, 11)
    # What was done is done: one analysis.
    assert found["problem_analysis"] == date(2026, 2, 15)
    assert [action["term"] for action in await actions(dossier)] == [
        "problem_analysis", "action_plan", "action_plan",
    ]  # fmt: skip


async def test_a_relapse_that_is_taken_back_closes_it_again(database: Cast) -> None:
    dossier = await sick_on(database.anna, MONDAY)
    await kept(MONDAY)
    await recovered_on(database.anna, date(2026, 1, 12))
    await kept(date(2026, 1, 12))
    day = date(2026, 1, 20)
    spell = await falls_sick(database.anna, day, now=morning(day))
    await kept(day)
    assert len(await planned(dossier)) == 25
    person = await person_of(database.anna, now=morning(day))
    await withdraw_report(person, spell, new_id(), now=morning(day))
    await kept(day)
    assert list(await planned(dossier)) == ["provider_report"]


async def test_a_report_that_is_taken_back_leaves_nothing_to_do(database: Cast) -> None:
    spell = await falls_sick(database.anna, MONDAY, now=morning(MONDAY))
    await kept(MONDAY)
    person = await person_of(database.anna, now=morning(MONDAY))
    await withdraw_report(person, spell, new_id(), now=morning(MONDAY))
    assert (await kept(MONDAY))["laid_out"] == 1
    open_ones = "SELECT count(*) FROM calendar_step WHERE done_at IS NULL AND closed_at IS NULL"
    assert await fetch_value(open_ones) == 0
    assert not any((await kept(date(2026, 3, 1))).values())


async def test_a_posted_analysis_is_the_step_itself(database: Cast) -> None:
    early, late = await sick_on(database.anna, MONDAY), await sick_on(database.daan, MONDAY)
    await kept(MONDAY)
    facts = {"author_name": "Dirk Dirks", "author_role": "company_doctor", "audience": "medical"}
    await publish(early, "problem_analysis", now=morning(date(2026, 1, 26)), **facts)
    assert (await kept(date(2026, 1, 26)))["settled"] == 1
    await kept(date(2026, 2, 9))
    assert await actions(early) == []
    await publish(late, "problem_analysis", now=morning(date(2026, 2, 10)), **facts)
    await kept(date(2026, 2, 10))
    (action,) = await actions(late)
    assert action["done_at"] == morning(date(2026, 2, 10))
    assert not (await kept(date(2026, 2, 11)))["settled"]


async def test_only_a_dutch_employer_has_the_dutch_calendar(database: Cast) -> None:
    await execute("UPDATE employer SET country = 'BE' WHERE id = $1", database.school)
    dossier = await sick_on(database.eva, MONDAY)
    assert (await kept(MONDAY))["laid_out"] == 1
    assert await planned(dossier) == {}
    assert not (await kept(MONDAY))["laid_out"]


async def test_an_employers_own_steps(database: Cast) -> None:
    await execute(
        "INSERT INTO protocol_step (id, employer, title, assignee_role, days_after, at_report, since) VALUES"
        " ($1, $3, 'Bellen op de eerste dag', 'manager', 0, NULL, $4),"
        " ($2, $3, 'Gesprek over vaak ziek zijn', 'manager', 14, 3, $4)",
        new_id(), new_id(), database.bakery, date(2020, 1, 1),
    )  # fmt: skip
    for first in (MONDAY, date(2026, 3, 2), date(2026, 5, 4)):
        dossier = await sick_on(database.anna, first)
        await kept(first)
        await recovered_on(database.anna, first + timedelta(days=2))
        await kept(first + timedelta(days=2))
    rows = await actions(dossier)
    assert [(row["title"], row["due_on"]) for row in rows] == [
        ("Bellen op de eerste dag", date(2026, 5, 4)),
        ("Gesprek over vaak ziek zijn", date(2026, 5, 18)),
    ]
    # The call went with the absence; the talk is held now that she is back.
    assert [row["cancelled_at"] is None for row in rows] == [False, True]
    assert json.loads(rows[0]["facts"])["term"] == "protocol"
    eva = await sick_on(database.eva, MONDAY)
    await kept(MONDAY)
    assert await actions(eva) == []


async def test_practice_that_is_switched_off_goes_from_what_comes(database: Cast) -> None:
    dossier = await sick_on(database.anna, MONDAY)
    await kept(MONDAY)
    await execute(
        "INSERT INTO switched_off_term (id, employer, term, since, by_account) VALUES ($1, $2, $3, $4, $5)",
        new_id(), database.bakery, "plan_evaluation", morning(MONDAY), database.bram.account,
    )  # fmt: skip
    await execute("UPDATE calendar SET laid_out_for = ''")
    await kept(MONDAY)
    assert not [name for name in await planned(dossier) if name.startswith("plan_evaluation")]


async def test_nothing_happens_at_night(database: Cast) -> None:
    from backend.legal_calendar.keep import keep_calendars

    dossier = await sick_on(database.anna, MONDAY)
    night = morning(date(2026, 2, 9)) - timedelta(hours=4)  # five o'clock in Amsterdam
    await keep_calendars(now=night)
    assert await actions(dossier) == []
    # Nor for what should have been there for days, when the worker stood still.
    behindhand = morning(date(2026, 2, 14)) - timedelta(hours=4)
    assert (await keep_calendars(now=behindhand))["reminded"] == 0
    assert await actions(dossier) == []
    done = await keep_calendars(now=behindhand + timedelta(hours=2))  # seven o'clock
    assert (done["opened"], done["reminded"]) == (1, 1)


async def test_twice_is_once(database: Cast) -> None:
    await sick_on(database.anna, MONDAY)
    await kept(date(2026, 2, 20))
    before = await fetch("SELECT * FROM calendar_step ORDER BY id")
    messages = await fetch_value("SELECT count(*) FROM message")
    assert not any((await kept(date(2026, 2, 20))).values())
    assert await fetch("SELECT * FROM calendar_step ORDER BY id") == before
    assert await fetch_value("SELECT count(*) FROM message") == messages


async def test_where_somebody_is_writing_a_step_opens_the_next_minute(database: Cast) -> None:
    day = date(2026, 2, 9)
    anna, eva = await sick_on(database.anna, MONDAY), await sick_on(database.eva, MONDAY)
    await kept(MONDAY)
    outside = copy_context()
    async with transaction():
        await execute("SELECT FROM dossier WHERE id = $1 FOR NO KEY UPDATE", anna)
        assert (await asyncio.create_task(kept(day), context=outside))["opened"] == 1
    assert (await actions(anna), len(await actions(eva))) == ([], 1)
    assert (await kept(day))["opened"] == 1
    assert len(await actions(anna)) == 1

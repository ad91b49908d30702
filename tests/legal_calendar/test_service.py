"""Employment that ends while somebody is sick: what is still asked, and what stops. Days are computed by hand
as in test_plan.py."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from backend.dossier.queries import timeline
from backend.foundation.database import execute, fetch, fetch_value
from backend.foundation.languages import language
from backend.foundation.tokens import new_id
from backend.legal_calendar.chain import chain_of
from backend.legal_calendar.plan import plan
from backend.legal_calendar.service import Service
from tests.cast import Cast, Member, person_of
from tests.legal_calendar.steps import actions, kept, morning, planned, recovered_on, sick_on, told

MONDAY = date(2026, 1, 5)
CHAIN = chain_of([(MONDAY, None)])


def due(left_on: date | None, today: date = MONDAY) -> dict[str, date]:
    service = Service(left_on, today)
    steps = service.within(plan(CHAIN)) + service.farewell(CHAIN)
    return {step.term: step.due_on for step in steps if step.turn < 2}


async def leaves(member: Member, left_on: date | None) -> None:
    await execute("UPDATE employment SET left_on = $2 WHERE id = $1", member.employment, left_on)


def test_what_ends_after_the_last_day_is_not_the_employers() -> None:
    # Out of service from Thursday 12 March on, day 71. Week 8 ended on day 60, week 14 ends on day 102.
    assert due(date(2026, 3, 12)) == {
        "provider_report": date(2026, 1, 11),
        "problem_analysis": date(2026, 2, 15),
        "action_plan": date(2026, 3, 1),
        "sick_leaver_report": date(2026, 3, 11),
    }
    assert "sick_leaver_report" not in due(None)


def test_uwv_is_told_on_the_last_working_day() -> None:
    # Saturday 1 August is day 213; 31 July is 207 days after a Monday, 29 weeks and 4: Friday.
    assert due(date(2026, 8, 1))["sick_leaver_report"] == date(2026, 7, 31)
    # Tuesday 7 April 2026: Easter Monday, Easter, Saturday and Good Friday lie before it.
    assert due(date(2026, 4, 7))["sick_leaver_report"] == date(2026, 4, 2)


def test_once_out_of_service_only_that_is_left() -> None:
    left_on = date(2026, 3, 12)
    assert set(due(left_on, left_on - timedelta(days=1))) > {"problem_analysis", "sick_leaver_report"}
    assert set(due(left_on, left_on)) == {"provider_report", "sick_leaver_report"}


def test_who_is_back_or_left_before_leaves_nothing() -> None:
    back = chain_of([(MONDAY, date(2026, 1, 12))])
    assert Service(date(2026, 3, 12), MONDAY).farewell(back) == []
    assert Service(MONDAY, MONDAY).farewell(CHAIN) == []


async def said(dossier: UUID) -> list[str]:
    rows = await fetch(
        "SELECT facts ->> 'left_on' AS day FROM entry WHERE dossier = $1"
        " AND facts ->> 'what' = 'left_service' ORDER BY published_at",
        dossier,
    )
    return [row["day"] for row in rows]


async def test_open_steps_stop_with_a_reason_and_the_timeline_says_so(database: Cast) -> None:
    dossier = await sick_on(database.anna, MONDAY)
    await leaves(database.anna, date(2026, 2, 20))
    await kept(date(2026, 2, 16))
    # The analysis is a day late. UWV is told on Thursday 19 February, and that opens two weeks before.
    assert [row["term"] for row in await actions(dossier)] == ["sick_leaver_report", "problem_analysis"]
    await kept(date(2026, 2, 19))
    assert await said(dossier) == []
    await told()
    await kept(date(2026, 2, 20))
    await kept(date(2026, 2, 21))
    report, analysis = await actions(dossier)
    assert (analysis["cancelled_at"], analysis["reason"]) == (morning(date(2026, 2, 20)), "Uit dienst")
    assert report["cancelled_at"] is None
    assert await said(dossier) == ["2026-02-20"]
    assert set(await planned(dossier)) == {"provider_report", "sick_leaver_report"}
    assert await told() == []
    await kept(date(2026, 3, 1))
    assert await told() == []


async def test_the_timeline_says_it_in_the_readers_language(database: Cast) -> None:
    dossier = await sick_on(database.anna, MONDAY)
    day = date(2026, 2, 20)
    await leaves(database.anna, day)
    await kept(day)
    person = await person_of(database.anna, now=morning(day))
    (first,) = [one for one in await timeline(person, dossier, now=morning(day)) if one["kind"] == "change"]
    assert first["title"] == "Uit dienst per vrijdag 20 februari"
    assert "UWV begeleidt verder" in first["text"]
    language.set("en")
    (first,) = [one for one in await timeline(person, dossier, now=morning(day)) if one["kind"] == "change"]
    assert first["title"] == "Left employment on Friday 20 February"
    language.set("nl")


async def test_a_mistaken_last_day_plans_everything_again(database: Cast) -> None:
    dossier = await sick_on(database.anna, MONDAY)
    await kept(date(2026, 2, 16))
    await leaves(database.anna, date(2026, 2, 16))
    await kept(date(2026, 2, 16))
    assert "action_plan" not in await planned(dossier)
    await leaves(database.anna, None)
    await kept(date(2026, 2, 17))
    assert (await planned(dossier))["action_plan"] == date(2026, 3, 1)
    assert "sick_leaver_report" not in await planned(dossier)


async def test_abroad_the_own_steps_stop_and_nothing_dutch_begins(database: Cast) -> None:
    await execute("UPDATE employer SET country = 'BE'")
    await execute(
        "INSERT INTO protocol_step VALUES ($1, $2, 'Bellen', 'manager', 0, NULL, $3)",
        new_id(), database.bakery, MONDAY,
    )  # fmt: skip
    dossier = await sick_on(database.anna, MONDAY)
    await kept(MONDAY)
    await leaves(database.anna, date(2026, 1, 7))
    await kept(date(2026, 1, 7))
    (call,) = await actions(dossier)
    assert call["reason"] == "Uit dienst"
    assert await planned(dossier) == {}
    dutch = await fetch_value("SELECT facts -> 'dutch' FROM entry WHERE facts ->> 'what' = 'left_service'")
    assert dutch == "false"


async def talk_open(cast: Cast) -> UUID:
    """Anna is back after her third absence, and is talked with on Monday 18 May; answers the dossier."""
    await execute(
        "INSERT INTO protocol_step VALUES ($1, $2, 'Gesprek', 'manager', 14, 3, $3)",
        new_id(), cast.bakery, MONDAY,
    )  # fmt: skip
    for first in (MONDAY, date(2026, 3, 2), date(2026, 5, 4)):
        dossier = await sick_on(cast.anna, first)
        await recovered_on(cast.anna, first)
        await kept(first)
    return dossier


async def test_a_talk_ends_with_the_employment_of_who_leaves_in_health(database: Cast) -> None:
    dossier = await talk_open(database)
    await kept(date(2026, 5, 15))
    (talk,) = await actions(dossier)
    await leaves(database.anna, date(2026, 5, 20))
    await kept(date(2026, 5, 19))
    assert (await actions(dossier))[0]["cancelled_at"] is None
    await told()
    await kept(date(2026, 5, 20))
    (talk,) = await actions(dossier)
    assert (talk["cancelled_at"], talk["reason"]) == (morning(date(2026, 5, 20)), "Uit dienst")
    assert await planned(dossier) == {} and await told() == []
    assert await said(dossier) == [], "a dossier that was closed says no more"
    assert not (await kept(date(2026, 5, 21)))["laid_out"]


async def test_a_talk_is_found_when_the_last_day_is_registered_afterwards(database: Cast) -> None:
    dossier = await talk_open(database)
    await kept(date(2026, 6, 30))
    await leaves(database.anna, date(2026, 6, 1))
    await kept(date(2026, 7, 1))
    assert [row["reason"] for row in await actions(dossier)] == ["Uit dienst"]


async def test_a_talk_that_was_held_stays_held(database: Cast) -> None:
    dossier = await talk_open(database)
    await kept(date(2026, 5, 15))
    await execute("UPDATE action SET done_at = $1", morning(date(2026, 5, 16)))
    await leaves(database.anna, date(2026, 5, 20))
    assert not (await kept(date(2026, 5, 20)))["laid_out"]
    (talk,) = await actions(dossier)
    assert talk["cancelled_at"] is None and talk["reason"] is None

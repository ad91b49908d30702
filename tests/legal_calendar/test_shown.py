"""The picture on the dossier's page: for whom, and what it says."""

from __future__ import annotations

from datetime import date, timedelta

from backend.foundation import clock
from backend.foundation.database import execute, fetch_value
from backend.foundation.refusal import NotFound
from backend.foundation.tokens import new_id
from backend.legal_calendar.queries import calendar_of
from backend.legal_calendar.shown import Picture, picture
from tests.cast import Cast, Member, person_of
from tests.conftest import Client
from tests.legal_calendar.steps import kept, morning, recovered_on, sick_on
from tests.sickleave.steps import falls_sick

MONDAY = date(2026, 1, 5)


async def seen(member: Member, dossier: object, day: date) -> Picture | None:
    person = await person_of(member, now=morning(day))
    return picture(person, await calendar_of(person, dossier), now=morning(day))  # type: ignore[arg-type]


async def test_somebody_with_a_fever_is_not_met_by_two_years_of_law(database: Cast) -> None:
    dossier = await sick_on(database.anna, MONDAY)
    await kept(MONDAY)
    found = await seen(database.anna, dossier, MONDAY)
    assert found and found.gentle
    found = await seen(database.bram, dossier, MONDAY)
    assert found and not found.gentle
    assert (found.week, found.weeks, found.late) == (1, 104, 0)
    assert [(step.title, step.state) for step in found.now] == [("Probleemanalyse", "coming")]


async def test_a_call_on_day_one_does_not_change_that(database: Cast) -> None:
    await execute(
        "INSERT INTO protocol_step VALUES ($1, $2, 'Bellen', 'manager', 0, NULL, $3)",
        new_id(), database.bakery, MONDAY,
    )  # fmt: skip
    dossier = await sick_on(database.anna, MONDAY)
    await kept(MONDAY)
    found = await seen(database.anna, dossier, MONDAY)
    assert found and found.gentle


async def test_an_early_analysis_is_where_it_begins(database: Cast) -> None:
    dossier = await sick_on(database.anna, MONDAY)
    await kept(MONDAY)
    await execute("UPDATE calendar_step SET done_at = now() WHERE term = 'problem_analysis'")
    found = await seen(database.anna, dossier, MONDAY)
    assert found and not found.gentle


async def test_done_late_open_and_coming(database: Cast) -> None:
    dossier = await sick_on(database.anna, MONDAY)
    day = date(2026, 2, 16)
    await kept(day)
    found = await seen(database.anna, dossier, day)
    assert found and not found.gentle
    assert (found.week, found.late) == (7, 1)  # 43 sick days: day 1 of week 7
    assert [(step.title, step.state, step.who_label) for step in found.now] == [
        ("Probleemanalyse", "late", "Bedrijfsarts"),
        ("Plan van aanpak", "open", "Leidinggevende en medewerker"),
        ("Evaluatie van het plan van aanpak", "coming", "Leidinggevende en medewerker"),
    ]
    assert found.summary == "1 stap gedaan, 1 te laat, 1 nu te doen"
    assert [(step.title, step.state_label) for step in found.past] == [
        ("Ziekmelding bij de arbodienst", "Gedaan op maandag 5 januari")
    ]
    # Of what comes back, only the next one; and that stands above, as what comes first.
    assert "Evaluatie van het plan van aanpak" not in [step.title for step in found.coming]
    assert found.now[0].ground_label == "Wet: Regeling procesgang, artikel 2 lid 2"
    assert [mark.week for mark in found.marks if mark.state == "late"] == [6]
    assert found.marks[-1].state == "late"
    assert max(mark.week for mark in found.marks) == 104
    # The employee can say that the plan is there; the analysis is the doctor's.
    assert [bool(step.url) for step in found.now] == [False, True, True]
    await execute("UPDATE action SET cancelled_at = now(), reason = 'Al weer aan het werk'")
    found = await seen(database.anna, dossier, day)
    assert (
        found
        and [step.reason for step in found.past if step.state == "dropped"] == ["Al weer aan het werk"] * 2
    )


async def test_a_short_absence_leaves_no_picture(database: Cast) -> None:
    dossier = await sick_on(database.anna, MONDAY)
    await kept(MONDAY)
    await recovered_on(database.anna, date(2026, 1, 9))
    await kept(date(2026, 1, 9))
    assert await seen(database.anna, dossier, date(2026, 1, 9)) is None


async def test_a_report_of_a_moment_ago_has_its_week_already(database: Cast) -> None:
    dossier = await sick_on(database.anna, MONDAY)
    found = await seen(database.bram, dossier, MONDAY)
    assert found and (found.week, found.now, found.past) == (1, [], [])


async def test_another_country_has_no_weeks_and_says_so(database: Cast) -> None:
    await execute("UPDATE employer SET country = 'BE'")
    dossier = await sick_on(database.anna, MONDAY)
    await kept(MONDAY)
    found = await seen(database.bram, dossier, MONDAY)
    assert found and (found.week, found.now, found.marks) == (None, [], [])
    assert "alleen de eigen stappen" in found.note
    # Somebody with a fever need not know which rules do not hold.
    assert await seen(database.anna, dossier, MONDAY) is None


async def test_abroad_only_the_employers_own_steps_are_there(database: Cast) -> None:
    await execute("UPDATE employer SET country = 'BE'")
    await execute(
        "INSERT INTO protocol_step VALUES ($1, $2, 'Bellen', 'manager', 0, NULL, $3)",
        new_id(), database.bakery, MONDAY,
    )  # fmt: skip
    dossier = await sick_on(database.anna, MONDAY)
    await kept(MONDAY)
    for member in (database.anna, database.bram, database.helpers["carla"]):
        found = await seen(member, dossier, MONDAY)
        assert found and [step.title for step in found.now + found.coming + found.past] == ["Bellen"]
        assert "Wet verbetering poortwachter" in found.note


async def test_what_comes_back_stands_among_the_past_once(database: Cast) -> None:
    dossier = await sick_on(database.anna, MONDAY)
    await kept(MONDAY)
    day = date(2026, 8, 20)  # four evaluations were due by 16 August
    await execute("UPDATE calendar_step SET done_at = due_on + time '9:00' WHERE due_on < $1", day)
    found = await seen(database.bram, dossier, day)
    assert found and [(step.title, step.again) for step in found.past] == [
        ("Evaluatie van het plan van aanpak", 3),
        ("Plan van aanpak", 0),
        ("Probleemanalyse", 0),
        ("Ziekmelding bij de arbodienst", 0),
    ]


async def test_the_end_of_employment_takes_the_place_of_the_weeks(database: Cast) -> None:
    dossier = await sick_on(database.anna, MONDAY)
    await execute(
        "UPDATE employment SET left_on = $2 WHERE id = $1", database.anna.employment, date(2026, 2, 20)
    )
    await kept(date(2026, 2, 16))
    found = await seen(database.bram, dossier, date(2026, 2, 16))
    assert found and found.week == 7
    assert found.note.startswith("Uit dienst vanaf vrijdag 20 februari. Wie ziek uit dienst gaat")
    await kept(date(2026, 2, 20))
    found = await seen(database.bram, dossier, date(2026, 2, 20))
    assert found and found.week is None
    assert found.note.startswith("Uit dienst sinds vrijdag 20 februari.")
    assert [(step.title, step.state) for step in found.now] == [("Ziek uit dienst melden bij UWV", "late")]


async def test_who_may_not_see_the_dossier_sees_no_calendar(database: Cast) -> None:
    dossier = await sick_on(database.anna, MONDAY)
    await kept(MONDAY)
    for name in ("daan", "eva", "hanna", "ada", "karin", "lars", "lena"):
        person = await person_of(database.everyone()[name])
        try:
            await calendar_of(person, dossier)
        except NotFound:
            continue
        raise AssertionError(name)


async def test_the_page_shows_it(client_of: Client, database: Cast) -> None:
    now = clock.now()
    spell = await falls_sick(database.anna, now.date(), now=now)
    await execute(
        "UPDATE spell SET first_sick_day = first_sick_day - 50,"
        " reported_at = reported_at - interval '50 days' WHERE id = $1",
        spell,
    )
    await kept((now + timedelta(hours=24)).date())
    manager = await client_of(database.bram)
    dossier = await fetch_value("SELECT dossier FROM spell WHERE id = $1", spell)
    page = (await manager.get(f"/dossiers/{dossier}")).text
    assert "Week 8 van 104" in page
    assert '<progress max="104" value="8"' in page
    assert "Plan van aanpak" in page
    employee = await client_of(database.anna)
    assert "Week 8 van 104" in (await employee.get(f"/dossiers/{dossier}")).text

"""A duty of the law is not for anybody around to strike out: who may, who hears of it, and the way back."""

from __future__ import annotations

import json
from datetime import date
from uuid import UUID

import pytest

from backend.dossier.advice import Advice
from backend.dossier.post_problem_analysis import post_problem_analysis
from backend.dossier.queries import timeline
from backend.foundation.database import execute, fetch, fetch_one, fetch_value
from backend.foundation.refusal import NotFound, Refused
from backend.foundation.tokens import new_id
from backend.legal_calendar.change_step import Change
from backend.worker import learn_notices
from tests.cast import Cast, person_of
from tests.conftest import Client
from tests.legal_calendar.steps import actions, kept, letter, morning, recovered_on, sick_on
from tests.legal_calendar.test_change_step import DAY, MONDAY, says, send, step_of

NOT_NEEDED, AFTER_ALL = Change("cancelled", "Al weer aan het werk"), Change("reopened", "Toch nog ziek")


@pytest.fixture
async def dossier(database: Cast) -> UUID:
    found = await sick_on(database.anna, MONDAY)
    await kept(DAY)
    await execute("DELETE FROM message")
    return found


async def told(cast: Cast) -> set[str]:
    """Whom the messages are for since the last time, by first name."""
    rows = await fetch("DELETE FROM message RETURNING notice, subject")
    holders = {
        str(r["id"]): r["name"].split()[0].lower() for r in await fetch("SELECT id, name FROM role_holder")
    }
    found = [(row["notice"], json.loads(row["subject"])) for row in rows]
    return {"anna" if name == "entry_posted" else holders[about["role_holder"]] for name, about in found}


@pytest.mark.parametrize(
    ("term", "may"),
    [
        ("problem_analysis", {"dirk", "carla"}),
        ("action_plan", {"anna", "bram", "carla"}),
        ("uwv_week_42_notice", {"bram", "carla"}),
        ("final_evaluation", {"anna", "bram", "carla", "dirk"}),
        ("wia_application", {"anna", "carla"}),
    ],
)
@pytest.mark.parametrize("who", ["anna", "bram", "carla", "dirk"])
async def test_only_who_has_to_do_it_says_so_and_the_case_manager(
    database: Cast, client_of: Client, dossier: UUID, term: str, may: set[str], who: str
) -> None:
    member = database.everyone()[who]
    address = f"/dossiers/{dossier}/steps/{await step_of(dossier, term)}"
    client = await client_of(member)
    page, shown = await client.get(address), (await client.get(f"/dossiers/{dossier}")).text
    assert page.status_code == (200 if who in may else 404)
    assert (address in shown) == (who in may)
    if who not in may or who == "anna":
        with pytest.raises(NotFound):
            await says(member, dossier, term, NOT_NEEDED)
        assert not [row for row in await actions(dossier) if row["cancelled_at"]]
    else:
        await says(member, dossier, term, NOT_NEEDED)
        (row,) = [row for row in await actions(dossier) if row["term"] == term]
        assert row["cancelled_at"]


@pytest.mark.parametrize(
    ("who", "term", "hear"),
    [
        ("carla", "problem_analysis", {"anna", "dirk"}),
        ("carla", "wia_application", {"anna"}),
        ("carla", "action_plan", {"anna", "bram"}),
        ("bram", "action_plan", {"anna", "carla"}),
        ("dirk", "problem_analysis", {"anna", "carla"}),
    ],
)
async def test_the_employee_hears_of_it_and_who_has_to_do_it_and_not_who_did(
    database: Cast, dossier: UUID, who: str, term: str, hear: set[str]
) -> None:
    for change in (NOT_NEEDED, AFTER_ALL, Change("postponed", "Vakantie", date(2027, 12, 1))):
        if change.how != "postponed" or term == "wia_application":
            await says(database.everyone()[who], dossier, term, change)
            assert await told(database) == hear, change.how


async def test_the_mail_to_a_helper_says_neither_what_nor_why(database: Cast, dossier: UUID) -> None:
    learn_notices()
    await says(database.helpers["carla"], dossier, "problem_analysis", NOT_NEEDED)
    row = await fetch_one("SELECT subject FROM message WHERE notice = 'entry_for_helper'")
    assert row
    subject, text = await letter("entry_for_helper", json.loads(row["subject"]))
    assert subject == "Er staat iets nieuws voor je klaar"
    assert "Anna Aalbers" in text and f"/dossiers/{dossier}" in text
    for word in ("analyse", "Niet nodig", NOT_NEEDED.words):
        assert word not in text


async def test_what_was_not_needed_is_needed_after_all_and_all_of_it_reads_back(
    database: Cast, client_of: Client, dossier: UUID
) -> None:
    carla, address = (
        database.helpers["carla"],
        f"/dossiers/{dossier}/steps/{await step_of(dossier, 'action_plan')}",
    )
    with pytest.raises(Refused):
        await says(carla, dossier, "action_plan", AFTER_ALL)
    await says(carla, dossier, "action_plan", NOT_NEEDED)
    assert (await (await client_of(database.helpers["dirk"])).get(address)).status_code == 404
    with pytest.raises(Refused):
        await says(carla, dossier, "action_plan", Change("done", ""))
    client = await client_of(carla)
    assert address in (await client.get(f"/dossiers/{dossier}")).text
    assert "Toch nodig" in (await client.get(address)).text
    assert (await send(client, address, how="reopened", again_word="Toch nog ziek")).status_code == 303
    row = (await actions(dossier))[1]
    assert (row["term"], row["cancelled_at"], row["reason"]) == ("action_plan", None, None)
    person = await person_of(database.anna, now=morning(DAY))
    newest = await timeline(person, dossier, now=morning(DAY))
    read = [(one["title"], one["text"]) for one in newest if one["kind"] == "change"]
    assert read == [
        ("Toch nodig: Plan van aanpak", "Toch nog ziek"),
        ("Niet nodig: Plan van aanpak", NOT_NEEDED.words),
    ]
    await says(database.bram, dossier, "action_plan", Change("done", ""))


@pytest.mark.parametrize(("said", "may"), [("carla", {"carla"}), ("bram", {"bram", "carla"})])
async def test_only_who_called_it_unneeded_takes_it_up_again_and_the_case_manager(
    database: Cast, client_of: Client, dossier: UUID, said: str, may: set[str]
) -> None:
    address = f"/dossiers/{dossier}/steps/{await step_of(dossier, 'action_plan')}"
    dropped = "SELECT cancelled_at IS NOT NULL FROM action WHERE term = 'action_plan'"
    for name in ("anna", "bram", "carla"):
        if not await fetch_value(dropped):
            await says(database.everyone()[said], dossier, "action_plan", NOT_NEEDED)
        client = await client_of(database.everyone()[name])
        shown = (await client.get(f"/dossiers/{dossier}")).text
        page = await client.get(address)
        answer = await send(client, address, how="reopened", again_word="Toch nog ziek")
        assert "Niet nodig" in shown and (address in shown) == (name in may), name
        if name in may:
            assert "Toch nodig" in page.text
            assert answer.status_code == 303 and not await fetch_value(dropped), name
        else:
            assert page.status_code == 303, "the dossier says how it stands"
            assert answer.status_code == 422 and "al iets over gezegd" in answer.text, name
            assert "Toch nodig" not in answer.text and await fetch_value(dropped), name


async def test_nothing_is_reopened_in_a_dossier_that_is_closed(database: Cast, dossier: UUID) -> None:
    await says(database.helpers["carla"], dossier, "action_plan", NOT_NEEDED)
    await recovered_on(database.anna, DAY)
    await kept(DAY)
    with pytest.raises((NotFound, Refused)):
        await says(database.helpers["carla"], dossier, "action_plan", AFTER_ALL)


async def test_what_is_done_is_not_reopened(database: Cast, dossier: UUID) -> None:
    await says(database.bram, dossier, "action_plan", Change("done", ""))
    with pytest.raises(Refused):
        await says(database.bram, dossier, "action_plan", AFTER_ALL)


@pytest.mark.parametrize("who", ["carla", "dirk"])
async def test_an_analysis_that_was_posted_wins_over_not_needed(
    database: Cast, client_of: Client, dossier: UUID, who: str
) -> None:
    await says(database.helpers[who], dossier, "problem_analysis", NOT_NEEDED)
    doctor = await person_of(database.helpers["dirk"], now=morning(DAY))
    advice = Advice("Zittend werk", "Tillen", "Zes weken", "", None)
    await post_problem_analysis(doctor, dossier, advice, "", new_id(), now=morning(DAY))
    assert (await kept(DAY))["settled"] == 1
    (row,) = [row for row in await actions(dossier) if row["term"] == "problem_analysis"]
    assert (row["done_at"], row["done_by"], row["cancelled_at"]) == (morning(DAY), doctor.account_id, None)
    page = (await (await client_of(database.bram)).get(f"/dossiers/{dossier}")).text
    assert "Gedaan op" in page and "Reden: " not in page


async def test_a_step_is_put_off_and_never_pulled_forward(database: Cast, dossier: UUID) -> None:
    """The WIA application is due on 15 October 2027."""
    due = await fetch_one("SELECT due_on FROM calendar_step WHERE term = 'wia_application'")
    assert due
    carla, year_on = database.helpers["carla"], due["due_on"].replace(year=due["due_on"].year + 1)
    for day in (date(2026, 12, 15), due["due_on"], year_on.replace(month=12)):
        with pytest.raises(Refused) as refused:
            await says(carla, dossier, "wia_application", Change("postponed", "Later", day))
        assert refused.value.field == "later_on", day
    later = due["due_on"].replace(day=due["due_on"].day + 5)
    await says(carla, dossier, "wia_application", Change("postponed", "UWV vroeg erom", later))
    row = await fetch_one("SELECT * FROM action WHERE term = 'wia_application'")
    assert row and (row["due_on"], row["postponed_from"]) == (later, due["due_on"])


async def test_past_the_end_of_the_wages_only_when_one_says_so(
    database: Cast, client_of: Client, dossier: UUID
) -> None:
    row = await fetch_one("SELECT due_on FROM calendar_step WHERE term = 'end_of_wage_duty'")
    assert row
    past = date(row["due_on"].year, row["due_on"].month + 1, 20)
    carla = database.helpers["carla"]
    with pytest.raises(Refused) as refused:
        await says(carla, dossier, "wia_application", Change("postponed", "UWV verlengt", past))
    assert refused.value.field == "later_on"
    await says(carla, dossier, "wia_application", Change("postponed", "UWV verlengt", past, past_end=True))
    page = (await (await client_of(database.anna)).get(f"/dossiers/{dossier}")).text
    assert "na het einde van de loondoorbetaling" in page

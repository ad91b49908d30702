"""The first page, in every state of somebody's work."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from backend.foundation.clock import day_in
from backend.foundation.database import execute
from tests.cast import Cast
from tests.conftest import Client
from tests.sickleave.steps import falls_sick, recovers
from tests.statements import counted

BUTTON = '<a class="button primary big" href="{}">{}</a>'
REPORT, RETURN = (
    BUTTON.format("/absence/report", "Ziek melden"),
    BUTTON.format("/absence/return", "Hersteld melden"),
)


def now() -> datetime:
    return datetime.now(UTC)


async def test_one_button_and_whom_to_call(client_of: Client, database: Cast) -> None:
    page = (await (await client_of(database.anna)).get("/")).text
    assert "Dag Anna" in page and REPORT in page and RETURN not in page
    assert page.index(REPORT) < page.index("Bram Bos") < page.index("Carla Claes")
    assert 'href="tel:+31612345678"' in page and 'href="mailto:carla@arborust.example"' in page
    assert "geen lopend dossier" in page
    assert 'data-badge="0"' in page  # nothing new is left on the app's icon


async def test_closed_dossiers_are_pointed_at_when_there_is_one(client_of: Client, database: Cast) -> None:
    bram = await client_of(database.bram)  # a manager has Team in the bar, and no Verzuimdossier
    link = '<a href="/dossiers">Verzuimdossier</a>'
    first = (await bram.get("/")).text
    assert "Gesloten dossiers" not in first and link not in first
    today = day_in("Europe/Amsterdam", now())
    await falls_sick(database.bram, today, now=now())
    await recovers(database.bram, today, now=now())
    closed = (await bram.get("/")).text
    assert "Gesloten dossiers vind je bij Verzuimdossier." in closed and link in closed


async def test_the_running_dossier_stands_there_without_a_click(client_of: Client, database: Cast) -> None:
    today = day_in("Europe/Amsterdam", now())
    await falls_sick(database.anna, today, now=now())
    page = (await (await client_of(database.anna)).get("/")).text
    assert "Je bent ziek gemeld sinds" in page and RETURN in page and REPORT not in page
    assert "Ik werk weer voor een deel" in page and "Melding terugnemen" in page
    assert page.index("Carla Claes") < page.index('class="timeline"') < page.index("Ziek gemeld</h4>")


async def test_it_costs_three_statements(client_of: Client, database: Cast) -> None:
    await falls_sick(database.anna, day_in("Europe/Amsterdam", now()), now=now())
    anna = await client_of(database.anna)
    await anna.get("/")
    with counted() as said:
        assert (await anna.get("/")).status_code == 200
    assert len(said) <= 3, said
    assert all(statement.startswith("SELECT") for statement in said)


async def test_yesterdays_report_is_not_taken_back(client_of: Client, database: Cast) -> None:
    yesterday = now() - timedelta(days=1)
    await falls_sick(database.anna, day_in("Europe/Amsterdam", yesterday), now=yesterday)
    assert "Melding terugnemen" not in (await (await client_of(database.anna)).get("/")).text


async def test_who_recovers_later_reads_when(client_of: Client, database: Cast) -> None:
    today = day_in("Europe/Amsterdam", now())
    await falls_sick(database.anna, today, now=now())
    await recovers(database.anna, today + timedelta(days=2), now=now())
    page = (await (await client_of(database.anna)).get("/")).text
    assert "Je bent hersteld gemeld vanaf" in page and REPORT not in page and RETURN not in page


async def test_who_is_well_again_sees_the_button_again(client_of: Client, database: Cast) -> None:
    today = day_in("Europe/Amsterdam", now())
    await falls_sick(database.anna, today, now=now())
    await recovers(database.anna, today, now=now())
    page = (await (await client_of(database.anna)).get("/")).text
    assert REPORT in page and "hersteld gemeld" not in page


async def test_who_left_reads_so(client_of: Client, database: Cast) -> None:
    await execute(
        "UPDATE employment SET left_on = $2 WHERE id = $1", database.anna.employment,
        day_in("Europe/Amsterdam", now()),
    )  # fmt: skip
    page = (await (await client_of(database.anna)).get("/")).text
    assert "Je werkt hier niet meer" in page and REPORT not in page


async def test_the_employer_decides_what_it_shows(client_of: Client, database: Cast) -> None:
    await falls_sick(database.anna, day_in("Europe/Amsterdam", now()), now=now())
    await execute(
        "UPDATE employer_settings SET show_manager = false, show_dossier = false,"
        " allow_partial_recovery = false WHERE employer = $1", database.bakery,
    )  # fmt: skip
    page = (await (await client_of(database.anna)).get("/")).text
    assert "Bram Bos" not in page and "Carla Claes" in page
    assert "timeline" not in page and "voor een deel" not in page


async def test_a_role_without_a_job_is_led_to_its_room(client_of: Client, database: Cast) -> None:
    for name, room in (
        ("hanna", "/team"), ("carla", "/caseload"), ("dirk", "/caseload"), ("ada", "/protocol"),
    ):  # fmt: skip
        answer = await (await client_of(database.helpers[name])).get("/")
        assert (answer.status_code, answer.headers["location"]) == (303, room)


async def test_who_has_no_job_and_no_role_any_more_is_told_so(client_of: Client, database: Cast) -> None:
    await execute("UPDATE role_holder SET ended_on = '2020-01-01' WHERE name = 'Ada Adams'")
    answer = await (await client_of(database.helpers["ada"])).get("/")
    assert answer.status_code == 200 and "Er is hier nu niets voor jou" in answer.text
    assert REPORT not in answer.text


async def test_nobody_is_their_own_contact(client_of: Client, database: Cast) -> None:
    page = (await (await client_of(database.bram)).get("/")).text
    assert "Bram Bos</b>" not in page and "Carla Claes" in page


async def test_one_account_two_jobs(client_of: Client, database: Cast) -> None:
    await falls_sick(database.fien, day_in("Europe/Amsterdam", now()), now=now())
    fien = await client_of(database.fien)
    page = (await fien.get("/")).text
    assert "Bakkerij De Korenaar" in page and "Basisschool De Linde" in page
    chosen = database.fien_at_school if RETURN in page else database.fien.employment
    await execute("UPDATE session SET employment = $1", chosen)
    assert (RETURN in (await fien.get("/")).text) is not (RETURN in page)

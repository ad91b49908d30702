"""Midnight, New Year, a leap day and when the clock is put on or back: it is the same day on every page,
the one on the employer's calendar."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from backend.foundation import clock
from backend.foundation.database import fetch_one, fetch_value
from backend.foundation.words import day_words
from tests.cast import Cast
from tests.conftest import Client
from tests.sickleave.test_pages import hidden

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def here(words: str, *, again: bool = False) -> datetime:
    """That moment on a clock in Amsterdam; of the hour that comes twice, the second when it comes again."""
    return datetime.fromisoformat(words).replace(tzinfo=AMSTERDAM, fold=int(again))


ODD = (
    here("2026-12-31T23:59:59"), here("2027-01-01T00:00"), here("2027-01-01T00:59"),
    here("2027-03-28T01:59"), here("2027-03-28T03:00"), here("2027-04-30T23:59"), here("2027-07-04T12:00"),
    here("2027-10-31T02:50"), here("2027-10-31T02:10", again=True), here("2027-10-31T23:30"),
    here("2028-02-28T23:59"), here("2028-02-29T00:30"), here("2028-02-29T23:59"), here("2028-03-01T00:00"),
)  # fmt: skip
MIDNIGHTS = (here("2027-01-01T00:00"), here("2027-05-01T00:00"), here("2028-02-29T00:00"))


def stand(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """It is that moment, and stays it."""
    monkeypatch.setattr(clock, "now", lambda: moment.astimezone(UTC))


@pytest.mark.parametrize("moment", ODD, ids=str)
async def test_it_is_the_same_day_on_every_page(
    database: Cast, client_of: Client, monkeypatch: pytest.MonkeyPatch, moment: datetime
) -> None:
    stand(monkeypatch, moment)
    today, employment = moment.date(), database.anna.employment
    words = day_words(today, today)
    anna, bram = await client_of(database.anna), await client_of(database.bram)
    carla = await client_of(database.helpers["carla"])
    form = (await anna.get("/absence/report")).text
    assert f'value="{today}"' in form and f'max="{today}"' in form
    answers = hidden(form) | {"first_sick_day": str(today + timedelta(days=1)), "worked_hours": "0"}
    assert "Deze dag komt nog" in (await anna.post("/absence/report/check", data=answers)).text
    answers["first_sick_day"] = str(today)
    check = (await anna.post("/absence/report/check", data=answers)).text
    assert f"vandaag, {words}" in check
    done = await anna.post("/absence/report", data=hidden(check))
    assert "terug" in (await anna.get(done.headers["location"])).text, "today it can be taken back"
    dossier = await fetch_value("SELECT dossier FROM spell WHERE first_sick_day = $1", today)
    for client, path in ((anna, "/"), (bram, "/team"), (bram, f"/team/{employment}")):
        assert f"iek gemeld sinds {words}" in (await client.get(path)).text
    assert "week 1<" in (await carla.get("/caseload?week=1-6")).text
    timeline = (await carla.get(f"/dossiers/{dossier}")).text
    assert "Vandaag" in timeline and f"{moment.hour}.{moment.minute:02} uur" in timeline
    back = hidden((await anna.get("/absence/return")).text) | {"recovered_on": str(today)}
    assert (await anna.post("/absence/return", data=back)).status_code == 303
    row = await fetch_one("SELECT first_sick_day, recovered_on FROM spell")
    assert row and list(row.values()) == [today, today]


@pytest.mark.parametrize("midnight", MIDNIGHTS, ids=str)
async def test_what_was_filled_in_before_midnight_means_the_same_after_it(
    database: Cast, client_of: Client, monkeypatch: pytest.MonkeyPatch, midnight: datetime
) -> None:
    stand(monkeypatch, midnight - timedelta(minutes=1))
    before = (midnight - timedelta(minutes=1)).date()
    anna = await client_of(database.anna)
    form = (await anna.get("/absence/report")).text
    stand(monkeypatch, midnight + timedelta(minutes=1))
    answers = hidden(form) | {"first_sick_day": str(before), "worked_hours": "4"}
    check = (await anna.post("/absence/report/check", data=answers)).text
    assert f"gisteren, {day_words(before, midnight.date())}" in check
    assert (await anna.post("/absence/report", data=hidden(check))).status_code == 303
    assert await fetch_value("SELECT first_sick_day FROM spell") == before


async def test_a_report_of_before_midnight_is_not_taken_back_after_it(
    database: Cast, client_of: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand(monkeypatch, MIDNIGHTS[0] - timedelta(minutes=1))
    anna = await client_of(database.anna)
    form = (await anna.get("/absence/report")).text
    day = str(MIDNIGHTS[0].date() - timedelta(days=1))
    answers = hidden(form) | {"first_sick_day": day, "worked_hours": "0"}
    spell = (await anna.post("/absence/report", data=answers)).headers["location"]
    question = (await anna.get(f"{spell}/withdrawal")).text
    stand(monkeypatch, MIDNIGHTS[0])
    answer = await anna.post(f"{spell}/withdrawal", data=hidden(question))
    assert answer.status_code == 422 and "alleen op de dag van de melding zelf" in answer.text
    assert await fetch_value("SELECT withdrawn_at FROM spell") is None

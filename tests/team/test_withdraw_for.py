"""Who reported an employee sick by mistake takes that back the same day; the employee hears of it."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID

import pytest

from backend.dossier.queries import timeline
from backend.foundation import clock
from backend.foundation.clock import day_in
from backend.foundation.database import execute, fetch, fetch_one
from backend.foundation.refusal import NotFound, Refused
from backend.foundation.tokens import new_id
from backend.outbox import registry, render
from backend.outbox.letters import Mail
from backend.sickleave.withdraw_report import withdraw_report
from backend.worker import learn_notices
from tests.cast import Cast, person_of
from tests.conftest import Client
from tests.sickleave.steps import falls_sick


async def reported(cast: Cast, by: str) -> UUID:
    """Anna's spell of today, as reported by somebody."""
    now = clock.now()
    spell = await falls_sick(cast.anna, day_in("Europe/Amsterdam", now), now=now)
    await execute("UPDATE spell SET reported_by = $2 WHERE id = $1", spell, cast.everyone()[by].account)
    await execute("DELETE FROM message")
    return spell


@pytest.mark.parametrize("who", ["bram", "carla"])
async def test_who_reported_takes_it_back_on_the_same_day(
    database: Cast, client_of: Client, who: str
) -> None:
    spell, page = await reported(database, who), f"/team/{database.anna.employment}"
    client = await client_of(database.everyone()[who])
    assert f"{page}/withdrawal" in (await client.get(page)).text
    asked = await client.get(f"{page}/withdrawal")
    assert asked.status_code == 200 and "Ziekmelding terugnemen" in asked.text
    key = {"request_key": str(new_id()), "spell": str(spell)}
    for _twice in range(2):
        answer = await client.post(f"{page}/withdrawal", data=key)
        assert (answer.status_code, answer.headers["location"]) == (303, page)
    row = await fetch_one("SELECT withdrawn_at, dossier FROM spell WHERE id = $1", spell)
    assert row and row["withdrawn_at"]
    rows = await fetch("SELECT notice FROM message ORDER BY notice")
    assert [one["notice"] for one in rows] == ["withdrawal_for_you", "withdrawal_told"]
    person = await person_of(database.anna)
    newest = (await timeline(person, row["dossier"], now=clock.now()))[0]
    role = "leidinggevende" if who == "bram" else "casemanager"
    assert (newest["title"], newest["author_role"]) == ("Ziekmelding teruggenomen", role)
    assert f"{page}/report" in (await client.get(page)).text, "and may report again"


async def test_the_employee_reads_who_took_it_back(database: Cast) -> None:
    learn_notices()
    spell = await reported(database, "bram")
    await withdraw_report(await person_of(database.bram), spell, new_id(), now=clock.now(), for_another=True)
    texts = {}
    for row in await fetch("SELECT notice, subject FROM message"):
        mail = await registry.notice_named(row["notice"])(json.loads(row["subject"]), None)
        assert isinstance(mail, Mail)
        worded = render.mail(mail, UUID(int=1), clock.now(), "https://mijn.example.nl")
        texts[row["notice"]] = worded.text
        assert worded.subject == "Er staat iets nieuws voor je klaar"
    assert (
        "Bram Bos heeft je ziekmelding bij Bakkerij De Korenaar teruggenomen" in texts["withdrawal_for_you"]
    )
    assert "Anna Aalbers" in texts["withdrawal_told"] and "had zich" not in texts["withdrawal_told"]


async def test_not_a_report_that_the_employee_or_another_made(database: Cast, client_of: Client) -> None:
    for by in ("anna", "carla"):
        await execute("DELETE FROM calendar_step")
        spell = await reported(database, by)
        bram = await client_of(database.bram)
        page = f"/team/{database.anna.employment}"
        assert f"{page}/withdrawal" not in (await bram.get(page)).text
        with pytest.raises(NotFound):
            await withdraw_report(
                await person_of(database.bram), spell, new_id(), now=clock.now(), for_another=True
            )
        answer = await bram.post(
            f"{page}/withdrawal", data={"request_key": str(new_id()), "spell": str(spell)}
        )
        assert answer.status_code == 404
        await execute("UPDATE spell SET withdrawn_at = now()")
        await execute("UPDATE dossier SET closed_on = opened_on")


async def test_not_a_day_later_and_not_when_it_ended(database: Cast, client_of: Client) -> None:
    spell, page = await reported(database, "bram"), f"/team/{database.anna.employment}"
    bram = await person_of(database.bram)
    with pytest.raises(Refused):
        await withdraw_report(bram, spell, new_id(), now=clock.now() + timedelta(days=1), for_another=True)
    await execute("UPDATE spell SET reported_at = reported_at - interval '1 day'")
    client = await client_of(database.bram)
    assert f"{page}/withdrawal" not in (await client.get(page)).text
    answer = await client.post(f"{page}/withdrawal", data={"request_key": str(new_id()), "spell": str(spell)})
    assert answer.status_code == 422
    assert (await client.get(f"{page}/withdrawal")).status_code == 303


@pytest.mark.parametrize("who", ["daan", "hanna", "dirk", "wim", "ada", "karin", "anna"])
async def test_nobody_elses_is_taken_back(database: Cast, client_of: Client, who: str) -> None:
    spell = await reported(database, "bram")
    client, page = await client_of(database.everyone()[who]), f"/team/{database.anna.employment}/withdrawal"
    assert (await client.get(page)).status_code == 404
    data = {"request_key": str(new_id()), "spell": str(spell)}
    assert (await client.post(page, data=data)).status_code == 404
    row = await fetch_one("SELECT withdrawn_at FROM spell WHERE id = $1", spell)
    assert row and row["withdrawn_at"] is None


async def test_the_address_of_another_takes_nothing_back(database: Cast, client_of: Client) -> None:
    spell, client = await reported(database, "bram"), await client_of(database.bram)
    data = {"request_key": str(new_id()), "spell": str(spell)}
    answer = await client.post(f"/team/{database.daan.employment}/withdrawal", data=data)
    assert answer.status_code == 404, "it would say that Daan's was taken back"
    row = await fetch_one("SELECT withdrawn_at FROM spell WHERE id = $1", spell)
    assert row and row["withdrawn_at"] is None

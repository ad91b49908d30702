"""The demo: the same world every time, one in which everything can be tried."""

from __future__ import annotations

import dataclasses
import json

import asyncpg
import pyotp
import pytest

from backend import cli
from backend.demo.accounts import recovery_code
from backend.demo.listed import listed
from backend.demo.people import WORKERS, totp_secret
from backend.foundation import clock
from backend.foundation.database import execute, fetch, fetch_value
from backend.gateways import files
from backend.legal_calendar.keep import keep_calendars
from backend.second_factor.recovery_code import code_hash
from backend.second_factor.sealed import open_factor
from backend.settings import Settings
from tests.cast import Cast


@pytest.fixture
async def demo(database: Cast, settings: Settings) -> None:
    """The demo in a database that was emptied of the cast."""
    files.use(settings.files_url)
    await execute("TRUNCATE provider, account, attempts, message, audit_event, access_log_line CASCADE")
    await cli.demo(settings)


async def counts() -> dict[str, int]:
    tables = (
        "account",
        "employment",
        "dossier",
        "entry",
        "document",
        "action",
        "invitation",
        "message",
        "spell",
    )
    return {table: await fetch_value(f"SELECT count(*) FROM {table}") for table in tables}


async def test_it_loads_once(demo: None, settings: Settings) -> None:
    before = await counts()
    assert before["employment"] == len(WORKERS)
    await cli.demo(settings)
    assert await counts() == before


async def test_it_never_loads_in_production(
    database: Cast, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    await execute("TRUNCATE provider, account CASCADE")
    await cli.demo(dataclasses.replace(settings, env="production"))
    assert not (await counts())["account"]
    assert "development only" in capsys.readouterr().out


async def test_it_leaves_a_database_with_people_alone(database: Cast, settings: Settings) -> None:
    before = await counts()
    await cli.demo(settings)
    assert await counts() == before


async def test_the_only_invited_wait_for_their_mail(demo: None) -> None:
    people = await listed()
    invited = [person for person in people if person["password"] is None]
    assert len(invited) >= 5
    assert all(person["totp_secret"] is None and person["birth_date"] for person in invited)
    waiting = await fetch(
        "SELECT e.email FROM message m JOIN invitation i ON i.id::text = m.subject->>'invitation'"
        " JOIN employment e ON e.id = i.employment WHERE m.notice = 'invitation' AND m.secret IS NOT NULL"
    )
    assert {person["email"] for person in invited} <= {row["email"] for row in waiting}


async def test_people_are_listed_with_all_it_takes(demo: None) -> None:
    for person in await listed():
        assert list(person) == ["name", "email", "employer", "role", "birth_date", "password", "totp_secret"]
        assert person["email"].endswith(".example")
        if person["totp_secret"]:
            assert len(pyotp.TOTP(person["totp_secret"]).now()) == 6
    assert {"employee", "manager", "case_manager", "company_doctor"} <= {p["role"] for p in await listed()}
    json.dumps(await listed())


async def test_the_factors_of_the_list_are_the_stored_ones(demo: None) -> None:
    row = await fetch(
        "SELECT f.secret, r.code_hash FROM factor f JOIN account a ON a.id = f.account"
        " JOIN recovery_code r ON r.account = a.id WHERE a.first_name = 'Sanne'"
    )
    assert open_factor(row[0]["secret"]) == totp_secret("Sanne de Wit")
    assert row[0]["code_hash"] == code_hash(recovery_code("Sanne de Wit"))


async def test_there_is_somebody_for_every_situation(demo: None) -> None:
    today = await fetch_value("SELECT current_date")
    rows = await fetch(
        "SELECT m.first_name, d.closed_on, count(*) AS entries, array_agg(DISTINCT e.kind) AS kinds"
        " FROM dossier d JOIN employment m ON m.id = d.employment JOIN entry e ON e.dossier = d.id"
        " GROUP BY m.first_name, d.id ORDER BY d.opened_on"
    )
    by_name: dict[str, list[asyncpg.Record]] = {}
    for row in rows:
        by_name.setdefault(row["first_name"], []).append(row)
    sanne, mohammed = by_name["Sanne"][0], by_name["Mohammed"][0]
    assert sanne["entries"] >= 15
    assert set(sanne["kinds"]) >= {"report", "note", "document", "action", "change", "partial_recovery"}
    assert mohammed["entries"] > 50
    assert len([row for row in by_name["Peter"] if row["closed_on"]]) >= 3
    assert (today - by_name["Lotte"][0]["closed_on"]).days < 28
    two_jobs = await fetch(
        "SELECT account FROM employment WHERE account IS NOT NULL GROUP BY 1 HAVING count(*) > 1"
    )
    assert two_jobs
    assert await fetch_value(
        "SELECT count(*) FROM role_holder r JOIN employment e USING (account) WHERE role = 'manager'"
    )
    assert await fetch_value("SELECT count(*) FROM account WHERE language = 'en'")
    assert await fetch_value("SELECT count(*) FROM access_log_line") >= 10
    assert (
        await fetch_value("SELECT count(*) FROM employer_settings WHERE NOT 'sms' = ANY(allowed_factors)")
        == 1
    )


async def test_spells_and_dossiers_agree(demo: None) -> None:
    wrong = await fetch(
        "SELECT d.id FROM dossier d JOIN spell s ON s.dossier = d.id GROUP BY d.id HAVING d.opened_on <>"
        " min(s.first_sick_day) OR (d.closed_on IS NULL) <>"
        " bool_or(s.recovered_on IS NULL AND s.withdrawn_at IS NULL)"
    )
    assert not wrong
    assert not await fetch("SELECT id FROM entry WHERE published_at > now()")
    assert not await fetch(
        "SELECT FROM employment e JOIN spell s ON s.employment = e.id WHERE e.started_on > s.first_sick_day"
    )


async def test_every_document_can_be_read(demo: None) -> None:
    heads = set()
    for row in await fetch("SELECT * FROM document"):
        content = b"".join([piece async for piece in files.files().open(row["stored_as"], row["key"])])
        assert len(content) == row["size"]
        heads.add(content[:4])
    assert {b"%PDF", b"\x89PNG"} <= heads


async def test_the_calendars_are_as_if_the_worker_had_always_been_there(demo: None) -> None:
    done = await keep_calendars(now=clock.now())
    assert done["laid_out"] == done["opened"] == 0
    late = await fetch(
        "SELECT d.employment FROM action a JOIN entry e ON e.id = a.entry JOIN dossier d ON d.id = e.dossier"
        " WHERE a.term IS NOT NULL AND a.done_at IS NULL AND a.cancelled_at IS NULL"
    )
    assert len(late) == 1
    belgian = "SELECT count(*) FROM calendar_step s JOIN dossier d ON d.id = s.dossier"
    belgian += " JOIN employment m ON m.id = d.employment JOIN employer o ON o.id = m.employer"
    assert await fetch_value(belgian + " WHERE o.country = 'BE'") == 0

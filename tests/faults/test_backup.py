"""Proof 13: a backup put back into an empty cluster holds the same rows, and the product runs on it."""

from __future__ import annotations

import re
import subprocess
from datetime import date
from uuid import UUID

import asyncpg

from backend.demo.load import load
from backend.demo.people import account_id, email_of
from backend.embedded import wheel
from backend.embedded.folders import Owner
from backend.foundation import clock
from backend.foundation.database import close_pool, fetch_value, open_pool, transaction
from backend.gateways import files
from backend.settings import Settings
from tests.cast import Cast, Member
from tests.conftest import Client
from tests.faults.conftest import Figures
from tests.servers import running

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
ROWS = """SELECT count(*), md5(string_agg(md5(x::text), '' ORDER BY md5(x::text))) FROM "{}" x"""
KEPT = """SELECT (SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal),
    (SELECT count(*) FROM pg_indexes WHERE schemaname = 'public'),
    (SELECT count(*) FROM pg_constraint WHERE connamespace = 'public'::regnamespace)"""
AWAY = "SELECT absent_until FROM employment WHERE id = $1"
SANNE = "Sanne de Wit"


async def test_a_backup_in_an_empty_cluster_is_the_same_and_runs(
    database: Cast, settings: Settings, client_of: Client, figures: Figures
) -> None:
    async with transaction():
        await load(clock.now(), files.files())
    before = await _picture(settings.database_url)
    backup = _run("pg_dump", "-Fc", "-d", settings.database_url)
    with running() as empty:
        _run("pg_restore", "--exit-on-error", "-d", empty.postgres.url, given=backup)
        assert await _picture(empty.postgres.url) == before
        await close_pool()
        await open_pool(empty.postgres.url)
        try:
            await _works(database, client_of)
        finally:
            await close_pool()
    rows = sum(table[0] for table in before.values())
    figures(f"backup: {len(before) - 1} tables and {rows} rows put back, the same")


async def _picture(url: str) -> dict[str, tuple[int, ...]]:
    """Of every table its count and checksum; and how many triggers, indexes and rules there are."""
    connection = await asyncpg.connect(url)
    try:
        names = [row[0] for row in await connection.fetch(TABLES)]
        found = {name: tuple(await connection.fetchrow(ROWS.format(name))) for name in names}
        return found | {"": tuple(await connection.fetchrow(KEPT))}
    finally:
        await connection.close()


def _run(program: str, *words: str, given: bytes = b"") -> bytes:
    done = subprocess.run(
        [wheel.postgres_programs(wheel.BUILD, Owner()) / program, *words],
        input=given,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


async def _works(cast: Cast, client_of: Client) -> None:
    """What was sealed opens, a file comes along, and a report moves what triggers keep."""
    sanne = Member(SANNE, email_of(SANNE), date(1990, 1, 1), account_id(SANNE), None, None)
    reader = await client_of(sanne)
    dossier = re.search(r"/dossiers/[0-9a-f-]{36}", (await reader.get("/")).text)
    assert dossier
    document = re.search(r"/documents/[0-9a-f-]{36}", (await reader.get(dossier[0])).text)
    assert document and len((await reader.get(document[0])).content) > 100
    phone = await client_of(cast.anna)
    asked = (await phone.get("/absence/report")).text
    filled = dict(re.findall(r'name="([^"]+)"[^>]*value="([^"]*)"', asked))
    reported = await phone.post("/absence/report", data=filled | {"worked_hours": "0"})
    assert reported.status_code == 303, reported.text
    assert isinstance(cast.anna.employment, UUID)
    assert await fetch_value(AWAY, cast.anna.employment) == date(9999, 1, 1)

"""What happened, and who looked."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any, Literal

from backend.audit.events import Event
from backend.audit.looked import ONE_VISIT, looked
from backend.audit.queries import access_log
from backend.audit.record import record
from backend.foundation.database import fetch_one
from backend.foundation.tokens import new_id
from tests.cast import NOW, Cast, Member


async def look(
    cast: Cast,
    by: Member,
    of: Member,
    minutes: float = 0,
    what: Literal["dossier", "note"] = "dossier",
    **much: Any,
) -> None:
    assert of.employment and by.account
    await looked(
        employment=of.employment, employee=of.account, viewer=by.account, viewer_name=by.name,
        viewer_role="manager", what=what, subject=of.employment, now=NOW + timedelta(minutes=minutes),
        **much,
    )  # fmt: skip


async def lines(of: Member) -> list[tuple[str, str]]:
    assert of.employment
    return [(line.viewer_name, line.what) for line in await access_log([of.employment])]


def test_an_event_says_whose_what_and_how_and_fits_its_column() -> None:
    for event in Event:
        assert re.fullmatch(r"[a-z_]+(:[a-z_]+){1,2}", event)
        assert len(event) <= 60


async def test_an_event_is_recorded_with_identifiers(database: Cast) -> None:
    subject = new_id()
    await record(
        Event.FACTOR_ADDED, now=NOW, account=database.anna.account, employment=database.anna.employment,
        subject=subject, kind="sms", factor=subject,
    )  # fmt: skip
    row = await fetch_one("SELECT * FROM audit_event WHERE subject = $1", subject)
    assert row
    assert (row["event"], row["account"], row["at"]) == ("factor:added", database.anna.account, NOW)
    assert json.loads(row["details"]) == {"kind": "sms", "factor": str(subject)}


async def test_one_visit_is_one_line(database: Cast) -> None:
    visit = ONE_VISIT.total_seconds() / 60
    for minutes in (0, 1, visit - 0.1, visit + 0.1):
        await look(database, database.bram, database.anna, minutes)
    await look(database, database.bram, database.anna, 1, what="note")
    assert await lines(database.anna) == [
        ("Bram Bos", "dossier"),
        ("Bram Bos", "note"),
        ("Bram Bos", "dossier"),
    ]
    assert await lines(database.daan) == []


async def test_what_differs_from_the_last_look_is_a_line_more(database: Cast) -> None:
    seen = ((2, False), (2, False), (3, False), (3, True), (3, True), (3, False))
    for minute, (extent, medical) in enumerate(seen):
        await look(database, database.bram, database.anna, minute, extent=extent, medical=medical)
    assert database.anna.employment
    kept = [line.medical for line in await access_log([database.anna.employment])]
    assert kept == [False, True, False, False]


async def test_who_looks_at_themselves_is_not_noted(database: Cast) -> None:
    await look(database, database.anna, database.anna)
    assert await lines(database.anna) == []


async def test_the_list_reads_on_from_its_last_line(database: Cast) -> None:
    assert database.anna.employment
    for number in range(5):
        await look(database, database.bram, database.anna, number * 20)
    first = await access_log([database.anna.employment], limit=2)
    rest = await access_log([database.anna.employment], before=first[-1].id)
    assert [line.at for line in (*first, *rest)] == [NOW + timedelta(minutes=n * 20) for n in (4, 3, 2, 1, 0)]

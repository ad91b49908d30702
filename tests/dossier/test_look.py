"""Who opened what of a dossier, as the employee reads it: nothing that was there to be seen is left out."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import httpx
import pytest

from backend.dossier.publish import publish
from backend.foundation import clock
from backend.foundation.database import execute, fetch
from backend.foundation.tokens import new_id
from tests.cast import Cast
from tests.conftest import Client
from tests.dossier.conftest import Filled
from tests.posting.conftest import entrust
from tests.statements import counted

DOCTOR = {"author_name": "Dokter Dirks", "author_role": "company_doctor"}
LINE = re.compile(r'<li class="row">.*?<b>(.*?),.*?<p>(.*?)</p>', re.S)


@pytest.fixture
async def carla(database: Cast, client_of: Client) -> httpx.AsyncClient:
    return await client_of(database.helpers["carla"])


async def looks() -> list[tuple[str, bool]]:
    """What was opened and whether something medical was in it, in order."""
    rows = await fetch("SELECT what, medical FROM access_log_line ORDER BY id")
    return [(row["what"], row["medical"]) for row in rows]


async def log_of(anna: httpx.AsyncClient) -> list[str]:
    """What she reads, newest first."""
    return [unescape(what) for _who, what in LINE.findall((await anna.get("/account/access-log")).text)]


async def opens(client: httpx.AsyncClient, filled: Filled, **how: Any) -> str:
    answer = await client.get(f"/dossiers/{filled.id}", **how)
    assert answer.status_code == 200
    return answer.text


async def test_the_same_seen_twice_within_a_quarter_is_one_line(
    carla: httpx.AsyncClient, filled: Filled
) -> None:
    for _time in range(3):
        await opens(carla, filled)
        await carla.get(f"/dossiers/{filled.id}/entries?before=9999999999999999.{new_id().hex}")
        await carla.get(f"/dossiers/{filled.id}/notes/{filled.entries['note']}")
    assert await looks() == [("dossier", False), ("note", False)]


async def test_what_was_posted_within_the_quarter_is_a_line_more(
    carla: httpx.AsyncClient, filled: Filled
) -> None:
    await opens(carla, filled)
    await publish(filled.id, "note", now=clock.now(), title="Kort", body="Gebeld.", author_name="Bram Bos")
    assert "Gebeld." in await opens(carla, filled), "a short note is read on the timeline itself"
    await opens(carla, filled)
    assert await looks() == [("dossier", False)] * 2


async def test_what_was_written_before_the_look_and_was_there_after_it_is_a_line_more(
    carla: httpx.AsyncClient, filled: Filled
) -> None:
    begun = clock.now()
    await opens(carla, filled)
    await publish(filled.id, "note", now=begun, title="Traag", body="Het duurde.", author_name="Bram Bos")
    await opens(carla, filled)
    assert await looks() == [("dossier", False)] * 2


async def test_what_was_corrected_within_the_quarter_is_a_line_more(
    database: Cast, carla: httpx.AsyncClient, filled: Filled
) -> None:
    note = filled.entries["note"]
    paths = (f"/dossiers/{filled.id}", f"/dossiers/{filled.id}/notes/{note}")
    for _time in range(2):
        for path in paths:
            await carla.get(path)
        await execute(
            "INSERT INTO correction (id, entry, title, body, corrected_at, corrected_by)"
            " VALUES ($1, $2, '', '', $3, $4)",
            new_id(), note, clock.now(), database.bram.account,
        )  # fmt: skip
    for path in paths:
        await carla.get(path)
    assert await looks() == [("dossier", False), ("note", False)] * 3


async def test_what_one_wrote_oneself_is_no_line_more(
    database: Cast, carla: httpx.AsyncClient, filled: Filled
) -> None:
    await opens(carla, filled)
    entry = await publish(filled.id, "note", now=clock.now(), title="Eigen", author_name="Carla Claes")
    await execute("UPDATE entry SET author = $2 WHERE id = $1", entry, database.helpers["carla"].account)
    await opens(carla, filled)
    assert await looks() == [("dossier", False)]


async def test_who_is_entrusted_within_the_quarter_is_seen_to_see_the_medical_part(
    database: Cast, carla: httpx.AsyncClient, filled: Filled, client_of: Client
) -> None:
    assert "Besproken." not in await opens(carla, filled)
    await entrust(database)
    for _time in range(2):
        assert "Besproken." in await opens(carla, filled)
    await execute("DELETE FROM medical_delegation")
    assert "Besproken." not in await opens(carla, filled)
    assert await looks() == [("dossier", False), ("dossier", True), ("dossier", False)]
    assert await log_of(await client_of(database.anna, confirmed=True)) == [
        "Bekeek je dossier", "Bekeek je dossier, ook het medische deel", "Bekeek je dossier",
    ]  # fmt: skip


async def test_nobody_is_said_to_have_seen_what_is_medical_where_nothing_is(
    database: Cast, client_of: Client, filled: Filled
) -> None:
    await execute("DELETE FROM entry WHERE audience = 'medical'")
    dirk = await client_of(database.helpers["dirk"])
    await opens(dirk, filled)
    await publish(filled.id, "note", now=clock.now(), title="Spreekuur", audience="medical", **DOCTOR)
    await opens(dirk, filled)
    assert await looks() == [("dossier", False), ("dossier", True)]


async def test_what_one_may_not_see_is_no_line_more(carla: httpx.AsyncClient, filled: Filled) -> None:
    await opens(carla, filled)
    await publish(filled.id, "note", now=clock.now(), title="Spreekuur", audience="medical", **DOCTOR)
    await opens(carla, filled)
    assert await looks() == [("dossier", False)], "a line would tell that something medical was written"


async def test_a_page_that_renews_itself_while_it_stands_open_shows_what_came_and_that_is_a_line(
    carla: httpx.AsyncClient, filled: Filled
) -> None:
    by_itself = {"headers": {"X-By-Itself": "yes", "Accept": "text/html"}}
    await opens(carla, filled)
    await opens(carla, filled, **by_itself)
    await publish(filled.id, "note", now=clock.now(), title="Vers", body="Net binnen.", **DOCTOR)
    assert "Net binnen." in await opens(carla, filled, **by_itself)
    assert await looks() == [("dossier", False)] * 2


async def test_the_log_names_what_was_opened_and_says_what_was_medical(
    database: Cast, client_of: Client, filled: Filled
) -> None:
    dirk, anna = await client_of(database.helpers["dirk"]), await client_of(database.anna, confirmed=True)
    untitled = await publish(filled.id, "note", now=clock.now(), **DOCTOR)
    advice = await publish(filled.id, "advice", now=clock.now(), facts={"can": "Zitten"}, **DOCTOR)
    analysis = await publish(
        filled.id, "problem_analysis", now=clock.now(), body="Onderzocht.", audience="medical", **DOCTOR
    )
    notes, document = f"/dossiers/{filled.id}/notes", filled.entries["document"]
    paths = [f"{notes}/{one}" for one in (filled.entries["medical"], untitled, advice, analysis)]
    for path in (*paths, f"/dossiers/{filled.id}/documents/{document}", f"/documents/{document}"):
        assert (await dirk.get(path)).status_code == 200
    said = (await log_of(anna))[::-1]
    assert said[0] == "Las de notitie “Spreekuur”, uit het medische deel"
    assert re.fullmatch(r"Las de notitie van \w+dag \d+ \w+", said[1])
    assert re.fullmatch(r"Las het advies van de bedrijfsarts van \w+dag \d+ \w+", said[2])
    assert re.fullmatch(r"Las de probleemanalyse van \w+dag \d+ \w+, uit het medische deel", said[3])
    assert said[4:] == ["Las de tekst bij het document “Brief”", "Opende het document “Brief”"]


async def test_a_line_from_before_says_what_is_known(
    database: Cast, client_of: Client, filled: Filled
) -> None:
    dirk, anna = await client_of(database.helpers["dirk"]), await client_of(database.anna, confirmed=True)
    await opens(dirk, filled)
    await dirk.get(f"/dossiers/{filled.id}/notes/{filled.entries['medical']}")
    await execute("UPDATE access_log_line SET medical = NULL, extent = NULL")
    said = await log_of(anna)
    assert said == ["Las de notitie “Spreekuur”, uit het medische deel", "Bekeek je dossier"]


async def test_the_employees_own_looks_are_not_recorded(
    database: Cast, client_of: Client, filled: Filled
) -> None:
    anna = await client_of(database.anna)
    note, document = filled.entries["medical"], filled.entries["document"]
    addresses = (
        "/", f"/dossiers/{filled.id}", f"/dossiers/{filled.id}/notes/{note}",
        f"/dossiers/{filled.id}/documents/{document}", f"/documents/{document}",
    )  # fmt: skip
    for address in addresses:
        assert (await anna.get(address)).status_code == 200
    assert await looks() == []


async def test_a_look_takes_one_statement_whether_it_is_a_line_or_not(
    carla: httpx.AsyncClient, filled: Filled
) -> None:
    await opens(carla, filled)
    for _time in range(2):
        with counted() as said:
            await opens(carla, filled)
        assert len([one for one in said if "access_log_line" in one]) == 1
        await publish(filled.id, "note", now=clock.now(), title="Nog een", author_name="Bram Bos")

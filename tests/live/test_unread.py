"""What is new is one notion for everybody, and the app's icon counts what is new in one's own."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

from backend.dossier.lifecycle import close_dossier, open_dossier
from backend.dossier.publish import publish
from backend.foundation.database import execute, fetch_value
from tests.cast import NOW, Cast
from tests.conftest import Client

BRAM = {"author_name": "Bram Bos", "author_role": "manager"}
HTMX = {"HX-Request": "true"}
NEW = re.compile(r'class="entry \w+ is-new"')


async def note(dossier: UUID, audience: str = "shared") -> None:
    await publish(dossier, "note", now=NOW, title="Gesprek", audience=audience, **BRAM)


async def test_the_icon_counts_all_ones_running_dossiers(database: Cast, client_of: Client) -> None:
    fien = database.fien
    assert fien.employment
    first = await open_dossier(fien.employment, date(2026, 11, 2), now=NOW)
    other = await open_dossier(database.fien_at_school, date(2026, 11, 2), now=NOW)
    closed = await open_dossier(fien.employment, date(2025, 11, 2), now=NOW)
    await close_dossier(closed, date(2025, 11, 9))
    for dossier in (first, first, other, closed):
        await note(dossier)
    client = await client_of(fien)
    page = (await client.get(f"/dossiers/{first}")).text
    assert 'data-badge="3"' in page and len(NEW.findall(page)) == 2
    until = re.search(r'name="until" value="(\d+)"', page)
    assert until
    sent = await client.post(f"/dossiers/{first}/seen", data={"until": until[1]}, headers=HTMX)
    assert sent.headers["badge"] == "1", "what is left"
    page = (await client.get(f"/dossiers/{other}")).text
    assert 'data-badge="1"' in page and len(NEW.findall(page)) == 1


async def test_a_helper_reads_what_is_new_and_their_own_icon_stays_as_it_was(
    database: Cast, annas: UUID, client_of: Client
) -> None:
    await note(annas)
    await note(annas, "medical")
    for who, seen in (("bram", 1), ("carla", 1), ("dirk", 2)):
        client = await client_of(database.everyone()[who])
        page = (await client.get(f"/dossiers/{annas}")).text
        assert len(NEW.findall(page)) == seen and "data-badge" not in page
        until = re.search(r'name="until" value="(\d+)"', page)
        assert until
        sent = await client.post(f"/dossiers/{annas}/seen", data={"until": until[1]}, headers=HTMX)
        assert sent.headers["badge"] == "0"
        assert not NEW.search((await client.get(f"/dossiers/{annas}")).text)
        if who != "bram":
            assert "nieuw</b>" not in (await client.get("/caseload")).text


async def test_the_caseload_and_the_timeline_say_new_of_the_same(
    database: Cast, annas: UUID, client_of: Client
) -> None:
    await note(annas, "medical")
    for who, is_new in (("carla", False), ("dirk", True)):
        client = await client_of(database.everyone()[who])
        assert ("nieuw</b>" in (await client.get("/caseload")).text) == is_new
        assert bool(NEW.search((await client.get(f"/dossiers/{annas}")).text)) == is_new


async def test_a_stream_is_no_sign_that_somebody_is_there(
    database: Cast, annas: UUID, client_of: Client
) -> None:
    client = await client_of(database.eva)
    await execute("UPDATE session SET seen_at = now() - interval '30 minutes'")
    idle = "SELECT now() - max(seen_at) > interval '29 minutes' FROM session"
    assert (await client.get(f"/live?dossier={annas}")).status_code == 404
    assert (await client.get("/", headers={"X-By-Itself": "yes"})).status_code == 200
    assert await fetch_value(idle), "an open page must not keep its session alive"
    await client.get("/")
    assert not await fetch_value(idle)

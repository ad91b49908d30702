"""What the browser gets: whole pages, parts for htmx, and files that cannot do harm."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import unquote

import httpx

from backend.audit.tables import AuditEvent
from backend.dossier.download import download
from backend.dossier.lifecycle import close_dossier, open_dossier
from backend.dossier.publish import publish
from backend.dossier.tables import Document, DossierSeen
from backend.foundation.database import execute, fetch_value
from tests.cast import Cast, person_of
from tests.conftest import Client
from tests.dossier.conftest import CONTENT, LONG, Filled, at, store

HTMX = {"HX-Request": "true"}


async def test_running_and_closed_dossiers_stand_in_order(
    database: Cast, filled: Filled, client_of: Client
) -> None:
    assert database.anna.employment
    for first, last in ((date(2024, 3, 4), date(2024, 3, 9)), (date(2025, 6, 2), date(2025, 6, 20))):
        await close_dossier(await open_dossier(database.anna.employment, first, now=at(0)), last)
    answer = await (await client_of(database.anna)).get("/dossiers")
    text = re.sub(r"<[^>]+>", "", answer.text)
    places = [
        text.index(words) for words in ("Sinds 2 november 2026", "2 tot 20 juni 2025", "4 tot 9 maart 2024")
    ]
    assert places == sorted(places)


async def test_without_a_dossier_the_list_says_what_will_be_there(client_of: Client, database: Cast) -> None:
    assert "nog geen dossier" in (await (await client_of(database.daan)).get("/dossiers")).text


async def test_a_dossier_shows_its_timeline(database: Cast, filled: Filled, client_of: Client) -> None:
    answer = await (await client_of(database.anna)).get(f"/dossiers/{filled.id}")
    assert answer.status_code == 200
    for id in filled.entries.values():
        assert f'id="entry-{id}"' in answer.text
    assert 'data-badge="6"' in answer.text
    assert "<html" in answer.text


async def test_a_closed_dossier_stays_readable(database: Cast, filled: Filled, client_of: Client) -> None:
    await close_dossier(filled.id, date(2026, 11, 16))
    answer = await (await client_of(database.anna)).get(f"/dossiers/{filled.id}")
    assert "gesloten" in answer.text
    assert "Kort gebeld." in answer.text


async def long_dossier(cast: Cast, entries: int) -> str:
    """The address of a dossier with so many notes, two to a moment."""
    anna = await person_of(cast.anna)
    assert cast.anna.employment
    dossier = await open_dossier(cast.anna.employment, date(2026, 11, 2), now=at(0))
    for number in range(entries):
        await publish(dossier, "note", now=at(number // 2), author=anna, title=f"Notitie {number}")
    return f"/dossiers/{dossier}"


def entries_in(answer: httpx.Response) -> list[str]:
    return re.findall(r'id="entry-([0-9a-f-]+)"', answer.text)


async def test_a_long_dossier_goes_on_by_part_and_by_page(database: Cast, client_of: Client) -> None:
    anna = await client_of(database.anna)
    address = await long_dossier(database, 45)
    first = await anna.get(address)
    seen = entries_in(first)
    more = re.search(r'href="(/dossiers/[^"]+/entries\?before=[^"]+)"', first.text)
    while more:
        part = await anna.get(more[1], headers=HTMX)
        page = await anna.get(more[1])
        assert part.headers["vary"].lower().startswith("hx-request")
        assert "<html" in page.text
        assert "<html" not in part.text
        assert entries_in(part) == entries_in(page)
        seen += entries_in(part)
        more = re.search(r'href="(/dossiers/[^"]+/entries\?before=[^"]+)"', part.text)
    assert len(seen) == len(set(seen)) == 45


async def test_a_day_is_headed_once_across_two_parts(database: Cast, client_of: Client) -> None:
    anna = await client_of(database.anna)
    address = await long_dossier(database, 45)
    first = await anna.get(address)
    more = re.search(r'hx-get="([^"]+)"', first.text)
    assert more
    part = await anna.get(more[1], headers=HTMX)
    last = re.findall(r"<h3>([^<]+)</h3>", first.text)[-1]
    assert f"<h3>{last}</h3>" not in part.text
    assert f"<h3>{last}</h3>" in (await anna.get(more[1])).text


async def test_a_note_is_read_whole(database: Cast, filled: Filled, client_of: Client) -> None:
    anna = await client_of(database.anna)
    address = f"/dossiers/{filled.id}/notes/{filled.entries['long']}"
    assert LONG.strip() not in (await anna.get(f"/dossiers/{filled.id}")).text
    page, part = await anna.get(address), await anna.get(address, headers=HTMX)
    assert LONG.strip() in page.text
    assert LONG.strip() in part.text
    assert "<html" not in part.text
    assert part.text.strip().startswith("<li")
    assert "data-opened" in part.text
    report = await anna.get(f"/dossiers/{filled.id}/notes/{filled.entries['report']}")
    assert report.status_code == 404


async def test_seen_goes_up_to_what_was_shown(database: Cast, filled: Filled, client_of: Client) -> None:
    anna = await client_of(database.anna)
    address = f"/dossiers/{filled.id}"
    found = re.search(r'name="until" value="(\d+)"', (await anna.get(address)).text)
    assert found
    assert not await DossierSeen.count(), "reading alone writes nothing"
    await publish(
        filled.id, "note", now=at(9), title="Intussen", author_name="Bram Bos", author_role="manager"
    )
    sent = await anna.post(f"{address}/seen", data={"until": found[1]}, headers=HTMX)
    assert sent.status_code == 204
    again = await anna.get(address)
    assert 'data-badge="1"' in again.text
    plain = await anna.post(f"{address}/seen", data={"until": str(int(found[1]) * 2)})
    assert plain.status_code == 303
    assert plain.headers["location"] == address
    assert await fetch_value("SELECT seen_at <= now() FROM dossier_seen"), "never beyond the present"
    assert 'data-badge="0"' in (await anna.get(address)).text
    for nonsense in ({}, {"until": "x"}, {"until": "9" * 30}):
        assert (await anna.post(f"{address}/seen", data=nonsense)).status_code in (204, 303, 404)


async def test_a_document_comes_as_it_was_and_only_to_keep(
    database: Cast, filled: Filled, client_of: Client
) -> None:
    anna = await client_of(database.anna)
    answer = await anna.get(f"/documents/{filled.entries['document']}")
    assert answer.status_code == 200
    assert answer.content == CONTENT
    headers = answer.headers
    assert headers["content-type"] == "application/pdf"
    assert headers["content-length"] == str(len(CONTENT))
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert "sandbox" in headers["content-security-policy"]
    assert "content-encoding" not in headers
    disposition = headers["content-disposition"]
    assert disposition.startswith("attachment; filename=\"__n brief _voor_ jou.pdf\"; filename*=UTF-8''")
    assert unquote(disposition.rpartition("''")[2]) == 'Één brief "voor" jou.pdf'
    events = await AuditEvent.select().where(AuditEvent.event == "document:downloaded")
    assert [(event["account"], event["subject"]) for event in events] == [
        (database.anna.account, filled.entries["document"])
    ]


async def test_a_large_document_is_never_in_memory_as_a_whole(database: Cast, filled: Filled) -> None:
    content = CONTENT * 20
    await store(content, "groot.pdf", filled.entries["note"])
    found = await download(await person_of(database.anna), filled.entries["note"], now=at(9))
    sizes = [len(piece) async for piece in found.pieces]
    assert sum(sizes) == found.size == len(content)
    assert max(sizes) <= 64 * 1024


async def test_a_type_that_browsers_run_is_never_told(
    database: Cast, filled: Filled, client_of: Client
) -> None:
    await store(b"<script>alert(1)</script>", "x.html", filled.entries["note"], "text/html")
    answer = await (await client_of(database.anna)).get(f"/documents/{filled.entries['note']}")
    assert answer.headers["content-type"] == "application/octet-stream"


async def test_a_text_says_once_that_it_is_utf_8(database: Cast, filled: Filled, client_of: Client) -> None:
    await store(b"Beste Anna", "x.txt", filled.entries["note"], "text/plain")
    answer = await (await client_of(database.anna)).get(f"/documents/{filled.entries['note']}")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


async def test_a_damaged_file_is_our_failure_and_sends_no_byte_of_it(
    database: Cast, filled: Filled, client_of: Client
) -> None:
    stored = await Document.select(Document.stored_as).first()
    assert stored
    await execute("UPDATE document SET stored_as = 'aa/nowhere'")
    answer = await (await client_of(database.anna)).get(f"/documents/{filled.entries['document']}")
    assert answer.status_code == 500
    assert not await AuditEvent.exists().where(AuditEvent.event == "document:downloaded")

"""The timeline: newest first, worded for its reader, nothing hidden, in parts without gaps, one statement."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from backend.dossier.lifecycle import open_dossier
from backend.dossier.mark_seen import mark_seen
from backend.dossier.publish import publish
from backend.dossier.queries import timeline
from backend.dossier.shown import excerpt
from backend.dossier.stretch import moment_of, read, stretch, written
from backend.foundation import languages
from backend.foundation.database import DB, execute
from backend.foundation.refusal import NotFound
from tests.cast import NOW, Cast, person_of
from tests.dossier.conftest import LONG, Filled, at


async def shown(cast: Cast, filled: Filled) -> dict[str, dict[str, Any]]:
    """Anna's timeline, by the names of the fixture."""
    entries = await timeline(await person_of(cast.anna), filled.id, now=NOW)
    names = {id: name for name, id in filled.entries.items()}
    return {names[entry["id"]]: entry for entry in entries}


async def test_it_runs_from_the_newest_down_to_the_report(database: Cast, filled: Filled) -> None:
    names = list(await shown(database, filled))
    assert names == list(reversed(filled.entries))


async def test_nothing_is_hidden_from_the_employee(database: Cast, filled: Filled) -> None:
    found = await shown(database, filled)
    assert set(found) == set(filled.entries)
    assert found["medical"]["text"] == "Besproken."


async def test_facts_are_worded_in_the_readers_language(database: Cast, filled: Filled) -> None:
    found = await shown(database, filled)
    assert found["report"]["title"] == "Ziek gemeld"
    assert "Eerste ziektedag: maandag 2 november. Gewerkt op die dag: 3,5 uur." in found["report"]["text"]
    assert "telt mee" in found["report"]["text"]
    assert found["recovery"]["text"] == "Weer volledig aan het werk vanaf maandag 16 november."
    assert found["partial_recovery"]["text"] == (
        "Voorstel: vanaf maandag 9 november 12 uur per week.\nDrie ochtenden."
    )
    token = languages.language.set("en")
    try:
        report = (await shown(database, filled))["report"]
    finally:
        languages.language.reset(token)
    assert "Monday 2 November" in report["text"]
    assert "3.5 hours" in report["text"]


async def test_a_long_note_is_shown_in_part(database: Cast, filled: Filled) -> None:
    found = await shown(database, filled)
    long, short = found["long"], found["note"]
    assert long["is_long"] and not short["is_long"]
    assert long["excerpt"].endswith(" …")
    assert LONG.startswith(long["excerpt"][:-2])
    assert len(long["excerpt"]) < 170
    assert short["text"] == "Kort gebeld."


def test_the_beginning_of_a_note_with_a_list_reads_as_one_line() -> None:
    shown = excerpt("We spreken af:\n\n- vier uur\n* geen zwaar werk")
    assert shown == "We spreken af: • vier uur • geen zwaar werk …"


async def test_who_and_in_what_role(database: Cast, filled: Filled) -> None:
    found = await shown(database, filled)
    assert (found["note"]["author_name"], found["note"]["author_role"]) == ("Bram Bos", "leidinggevende")
    assert (found["report"]["author_name"], found["report"]["author_role"]) == ("Anna Aalbers", "medewerker")


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ("due_on = '2026-11-16'", "open"),
        ("due_on = '2026-11-15'", "late"),
        ("done_at = '2026-11-12T10:00Z'", "done"),
        ("cancelled_at = '2026-11-12T10:00Z'", "cancelled"),
    ],
)
async def test_an_action_tells_how_it_stands(database: Cast, filled: Filled, change: str, state: str) -> None:
    await DB._run_in_pool(f"UPDATE action SET {change}")
    action = (await shown(database, filled))["action"]["action"]
    assert action["state"] == state
    assert action["assignee_label"] == "Bram Bos, leidinggevende"
    if state == "done":
        assert action["done_label"] == "Gedaan op donderdag 12 november"


async def test_new_is_what_others_did_since_the_last_look(database: Cast, filled: Filled) -> None:
    anna = await person_of(database.anna)
    found = await shown(database, filled)
    assert {name for name, entry in found.items() if not entry["is_new"]} == {
        "report", "partial_recovery", "recovery",
    }  # fmt: skip
    await mark_seen(anna, filled.id, until=at(4))
    found = await shown(database, filled)
    assert {name for name, entry in found.items() if entry["is_new"]} == {"action", "change"}
    await mark_seen(anna, filled.id, until=at(1))
    assert (await stretch(anna, filled.id, now=NOW)).new == 2, "what was seen does not become new again"


async def test_parts_leave_no_gap_where_entries_share_a_moment(database: Cast) -> None:
    anna = await person_of(database.anna)
    assert database.anna.employment
    dossier = await open_dossier(database.anna.employment, date(2026, 11, 2), now=at(0))
    written_ids = [
        await publish(dossier, "note", now=at(number // 5), author=anna, title=str(number))
        for number in range(23)
    ]
    got, cursor = [], None
    while True:
        part = await stretch(anna, dossier, now=NOW, before=cursor, limit=4)
        got += [entry["id"] for entry in part.entries]
        if part.more_url is None:
            break
        cursor = read(part.more_url.partition("before=")[2])
    assert len(got) == len(written_ids)
    assert set(got) == set(written_ids)
    moments = [
        (entry["published_at"], entry["id"]) for entry in await timeline(anna, dossier, now=NOW, limit=50)
    ]
    assert moments == sorted(moments, reverse=True)
    assert [id for _moment, id in moments] == got


async def test_a_cursor_survives_its_address(filled: Filled) -> None:
    cursor = (NOW + timedelta(microseconds=7), filled.id)
    assert read(written(cursor)) == cursor
    for nonsense in ("", "x", "1", "1.x", f"{'9' * 40}.{filled.id.hex}", f"-1.{filled.id.hex}"):
        with pytest.raises(NotFound):
            read(nonsense)


async def test_a_timeline_is_one_statement(
    database: Cast, filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = await person_of(database.anna)
    asked: list[str] = []
    ask = DB._run_in_pool

    async def counted(sql: str, args: Any = ()) -> Any:
        asked.append(sql)
        return await ask(sql, args)

    monkeypatch.setattr(DB, "_run_in_pool", counted)
    assert await timeline(anna, filled.id, now=NOW)
    assert len(asked) == 1


async def test_what_was_corrected_is_new_again_until_it_is_seen(database: Cast, filled: Filled) -> None:
    anna, bram = await person_of(database.anna), await person_of(database.bram)
    written, corrected = at(9), at(10)
    for person in (anna, bram):
        await mark_seen(person, filled.id, until=written)
    note = filled.entries["note"]
    await execute(
        "UPDATE entry SET corrected_at = $2, author = $3 WHERE id = $1", note, corrected, bram.account_id
    )
    page = await stretch(anna, filled.id, now=NOW)
    assert [entry["id"] for entry in page.entries if entry["is_new"]] == [note]
    assert (page.new, page.unread) == (1, 1)
    assert (await stretch(bram, filled.id, now=NOW)).new == 0, "to who corrected it, it is not"
    await mark_seen(anna, filled.id, until=moment_of(page.until))
    page = await stretch(anna, filled.id, now=NOW)
    assert (page.new, page.unread) == (0, 0)

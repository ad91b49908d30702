"""What is posted stands on the timeline once, is told to the employee, and nobody else's draft is read."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from backend.dossier.formatted import formatted
from backend.foundation import clock
from backend.foundation.database import execute, fetch, fetch_one, fetch_value
from backend.outbox import registry
from backend.outbox.letters import Mail
from backend.outbox.render import mail
from backend.worker import learn_notices
from tests.cast import NOW, Cast
from tests.conftest import Client
from tests.posting.conftest import (
    ACTION,
    ADVICE,
    MEDICAL,
    NOTE,
    Dossiers,
    entries,
    keyed,
    without_account,
)

learn_notices()


async def test_a_note_stands_on_the_timeline_with_its_lists(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    bram, anna = await client_of(database.bram), await client_of(database.anna)
    await bram.post(f"/dossiers/{dossiers.anna}/notes", data=keyed(NOTE))
    (note,) = await entries(dossiers.anna, "note")
    whole = (await anna.get(f"/dossiers/{dossiers.anna}/notes/{note['id']}")).text
    assert "<p>Vier uur per dag.</p><ul><li>maandag</li><li>dinsdag</li></ul>" in whole
    page = (await anna.get(f"/dossiers/{dossiers.anna}")).text
    assert "Bram Bos, leidinggevende" in page
    assert 'data-badge="1"' in page
    assert "/new/note" not in page, "an employee does not write in their own dossier"


async def test_a_note_without_a_title_is_called_after_its_kind(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    bram, anna = await client_of(database.bram), await client_of(database.anna)
    await bram.post(f"/dossiers/{dossiers.anna}/notes", data=keyed(NOTE | {"title": " "}))
    assert "Verslag van het gesprek" in (await anna.get(f"/dossiers/{dossiers.anna}")).text


@pytest.mark.parametrize(
    ("address", "form", "said"),
    [
        ("notes", NOTE | {"body": "  "}, "Schrijf hier wat jullie"),
        ("notes", NOTE | {"kind": "diagnosis"}, "Kies een van de antwoorden"),
        ("notes", NOTE | {"body": "x" * 9000}, "hooguit 8000 tekens"),
        ("notes", NOTE | {"title": "x" * 300}, "hooguit 200 tekens"),
        ("actions", ACTION | {"what": ""}, "Schrijf in een paar woorden"),
        ("actions", ACTION | {"due_on": "2020-01-01"}, "Kies vandaag of een latere dag"),
        ("actions", ACTION | {"due_on": "2199-01-01"}, "Kies een dag die dichterbij"),
        ("actions", ACTION | {"due_on": "ooit"}, "dag-maand-jaar"),
        ("actions", {**ACTION, "assignee": None}, "Kies wie dit gaat doen"),
    ],
)
async def test_what_cannot_be_is_said_beside_what_was_typed(
    database: Cast, dossiers: Dossiers, client_of: Client, address: str, form: dict[str, Any], said: str
) -> None:
    bram = await client_of(database.bram)
    answer = await bram.post(
        f"/dossiers/{dossiers.anna}/{address}",
        data={name: text for name, text in keyed(form).items() if text is not None},
    )
    assert answer.status_code == 422
    assert said in answer.text
    assert await fetch_value("SELECT count(*) FROM entry WHERE dossier = $1", dossiers.anna) == 0


async def test_the_same_form_twice_is_one_note(database: Cast, dossiers: Dossiers, client_of: Client) -> None:
    bram, form = await client_of(database.bram), keyed(NOTE)
    path = f"/dossiers/{dossiers.anna}/notes"
    answers = await asyncio.gather(*(bram.post(path, data=form) for _ in range(4)))
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["location"] for answer in answers}) == 1
    assert len(await entries(dossiers.anna, "note")) == 1
    assert (await bram.post(path, data=form | {"body": "iets anders"})).status_code == 409


async def test_the_employee_is_told_without_a_word_about_what(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    bram = await client_of(database.bram)
    await bram.post(f"/dossiers/{dossiers.anna}/notes", data=keyed(NOTE))
    (promise,) = await fetch("SELECT id, notice, subject FROM message")
    letter = await registry.notice_named(promise["notice"])(json.loads(promise["subject"]), None)
    assert isinstance(letter, Mail)
    worded = mail(letter, promise["id"], NOW, "https://mijn.example.nl")
    assert worded.to == database.anna.email
    for word in ("Gesprek", "Vier uur", "Bram", "ziek", "verzuim", "notitie"):
        assert word not in worded.text + worded.subject
    assert f"https://mijn.example.nl/dossiers/{dossiers.anna}" in worded.text


async def test_nobody_is_told_who_has_no_account(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    await without_account(dossiers.anna)
    bram = await client_of(database.bram)
    assert (await bram.post(f"/dossiers/{dossiers.anna}/notes", data=keyed(NOTE))).status_code == 303
    assert await fetch_value("SELECT count(*) FROM message") == 0


async def test_an_action_is_seen_by_the_employee_and_by_who_does_it(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    carla, anna = await client_of(database.helpers["carla"]), await client_of(database.anna)
    due = (clock.now() + timedelta(days=5)).date()
    form = ACTION | {"assignee": str(database.bram_as_manager), "due_on": due.isoformat()}
    assert (await carla.post(f"/dossiers/{dossiers.anna}/actions", data=keyed(form))).status_code == 303
    action = await fetch_one("SELECT * FROM action")
    assert action is not None
    assert (action["assignee"], action["assignee_role"], action["due_on"]) == (
        database.bram_as_manager, "manager", due,
    )  # fmt: skip
    assert "Bram Bos, leidinggevende" in (await anna.get(f"/dossiers/{dossiers.anna}")).text
    form = keyed(form | {"assignee": "employee"})
    assert (await carla.post(f"/dossiers/{dossiers.anna}/actions", data=form)).status_code == 303
    assert await fetch_value("SELECT assignee_role FROM action WHERE assignee IS NULL") == "employee"


async def test_advice_is_read_by_all_part_by_part(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    dirk = await client_of(database.helpers["dirk"])
    answer = await dirk.post(f"/dossiers/{dossiers.anna}/advice", data=keyed(ADVICE))
    assert answer.status_code == 303
    (advice,) = await entries(dossiers.anna, "advice")
    assert json.loads(advice["facts"])["percentage"] == 50
    for who in ("anna", "bram", "carla"):
        page = (await (await client_of(database.everyone()[who])).get(f"/dossiers/{dossiers.anna}")).text
        assert "Wat kan wel: Zittend werk" in page
        assert "Arbeidsongeschikt: 50%" in page


@pytest.mark.parametrize("percentage", ["-1", "101", "12,5", "half", "1e2", "٥٠"])
async def test_a_percentage_is_a_whole_number_to_a_hundred(
    database: Cast, dossiers: Dossiers, client_of: Client, percentage: str
) -> None:
    dirk = await client_of(database.helpers["dirk"])
    form = keyed(ADVICE | {"percentage": percentage})
    answer = await dirk.post(f"/dossiers/{dossiers.anna}/advice", data=form)
    assert answer.status_code == 422
    assert "0 tot en met 100" in answer.text


async def test_no_percentage_is_none(database: Cast, dossiers: Dossiers, client_of: Client) -> None:
    dirk = await client_of(database.helpers["dirk"])
    await dirk.post(f"/dossiers/{dossiers.anna}/advice", data=keyed(ADVICE | {"percentage": ""}))
    (advice,) = await entries(dossiers.anna, "advice")
    assert "percentage" not in json.loads(advice["facts"])


async def test_a_problem_analysis_is_written_once_in_two_parts(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    dirk = await client_of(database.helpers["dirk"])
    path, form = f"/dossiers/{dossiers.anna}/problem-analysis", ADVICE | {"medical": MEDICAL}
    assert (await dirk.post(path, data=keyed(form))).status_code == 303
    parts = await entries(dossiers.anna, "problem_analysis")
    assert sorted(part["audience"] for part in parts) == ["medical", "shared"]
    for who, sees in (("anna", True), ("dirk", True), ("bram", False), ("carla", False)):
        page = (await (await client_of(database.everyone()[who])).get(f"/dossiers/{dossiers.anna}")).text
        assert "Zittend werk" in page, who
        assert (MEDICAL in page) == sees, who
        assert ("medisch deel" in page) == sees, who
    assert "/new/problem-analysis" not in (await dirk.get(f"/dossiers/{dossiers.anna}")).text
    assert "/new/problem-analysis" in (await dirk.get(f"/dossiers/{dossiers.ilse}")).text
    again = await dirk.post(path, data=keyed(form))
    assert again.status_code == 422
    assert "al een probleemanalyse" in again.text
    assert len(await entries(dossiers.anna, "problem_analysis")) == 2


async def test_a_draft_is_kept_and_seen_by_its_writer_alone(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    bram, path = await client_of(database.bram), f"/dossiers/{dossiers.anna}"
    half = NOTE | {"title": "", "body": "Nog niet af", "kind": "agreement"}
    answer = await bram.post(f"{path}/drafts/note", data=keyed(half), headers={"Accept": "application/json"})
    assert answer.status_code == 201 or answer.status_code == 200
    assert "Concept bewaard om" in answer.text
    await bram.post(f"{path}/drafts/note", data=keyed(half | {"body": "Bijna af"}))
    assert await fetch_value("SELECT count(*) FROM draft") == 1
    sheet = (await bram.get(f"{path}/new/note")).text
    assert "Bijna af" in sheet and 'value="agreement" checked' in sheet
    assert "concept" in (await bram.get(path)).text
    for who in ("anna", "carla", "dirk"):
        client = await client_of(database.everyone()[who])
        for address in (path, f"{path}/new/note"):
            page = (await client.get(address)).text
            assert "Bijna af" not in page, who
            assert "<small>concept</small>" not in page, who


async def test_publishing_takes_the_draft_away_and_a_late_one_leaves_none(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    bram, path, form = await client_of(database.bram), f"/dossiers/{dossiers.anna}", keyed(NOTE)
    await bram.post(f"{path}/drafts/note", data=form)
    await bram.post(f"{path}/notes", data=form)
    assert await fetch_value("SELECT count(*) FROM draft") == 0
    await bram.post(f"{path}/drafts/note", data=form)
    assert await fetch_value("SELECT count(*) FROM draft") == 0


async def test_a_draft_can_be_thrown_away(database: Cast, dossiers: Dossiers, client_of: Client) -> None:
    bram, carla = await client_of(database.bram), await client_of(database.helpers["carla"])
    path = f"/dossiers/{dossiers.anna}/drafts/note"
    for client in (bram, carla):
        await client.post(path, data=keyed(NOTE))
    await bram.post(f"{path}/removal")
    assert await fetch_value("SELECT author FROM draft") == database.helpers["carla"].account


async def test_an_advice_in_the_making_is_kept_with_all_its_parts(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    dirk, path = await client_of(database.helpers["dirk"]), f"/dossiers/{dossiers.anna}"
    for kind, form in (("advice", ADVICE), ("problem-analysis", ADVICE | {"medical": MEDICAL})):
        await dirk.post(f"{path}/drafts/{kind}", data=keyed(form))
        sheet = (await dirk.get(f"{path}/new/{kind}")).text
        for text in form.values():
            assert text in sheet
    assert await fetch_value("SELECT count(*) FROM draft") == 2


async def note_of(bram: object, dossiers: Dossiers) -> UUID:
    await bram.post(f"/dossiers/{dossiers.anna}/notes", data=keyed(NOTE))  # type: ignore[attr-defined]
    (note,) = await entries(dossiers.anna, "note")
    id: UUID = note["id"]
    return id


async def test_a_correction_keeps_the_earlier_text_readable(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    bram, anna = await client_of(database.bram), await client_of(database.anna)
    note = await note_of(bram, dossiers)
    path = f"/dossiers/{dossiers.anna}/notes/{note}"
    assert "Vier uur per dag." in (await bram.get(f"{path}/correction")).text
    for body in ("Drie uur per dag.", "Twee uur per dag."):
        answer = await bram.post(f"{path}/correction", data=keyed({"title": "Gesprek", "body": body}))
        assert answer.headers["location"] == path
    timeline = (await anna.get(f"/dossiers/{dossiers.anna}")).text
    assert "Twee uur per dag." in timeline and "aangepast op" in timeline
    assert "Drie uur per dag." not in timeline
    page = (await anna.get(path)).text
    texts = ("Twee uur per dag.", "Drie uur per dag.", "Vier uur per dag.")
    assert sorted(texts, key=page.index) == list(texts)
    assert "Notitie aanpassen" not in page
    assert "Notitie aanpassen" in (await bram.get(path)).text
    assert len(await entries(dossiers.anna, "note")) == 1


async def test_only_the_writer_corrects_and_only_while_they_help(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    bram = await client_of(database.bram)
    note = await note_of(bram, dossiers)
    path, form = f"/dossiers/{dossiers.anna}/notes/{note}/correction", {"title": "", "body": "Anders"}
    for who in ("anna", "carla", "dirk", "hanna", "wim", "lars", "ada"):
        client = await client_of(database.everyone()[who])
        assert (await client.get(path)).status_code == 404, who
        assert (await client.post(path, data=keyed(form))).status_code == 404, who
    await execute("UPDATE employment SET manager = NULL WHERE id = $1", database.anna.employment)
    assert (await bram.post(path, data=keyed(form))).status_code == 404
    assert await fetch_value("SELECT count(*) FROM correction") == 0


async def test_a_correction_that_changes_nothing_is_none(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    bram = await client_of(database.bram)
    note = await note_of(bram, dossiers)
    path = f"/dossiers/{dossiers.anna}/notes/{note}/correction"
    form = keyed({"title": NOTE["title"], "body": NOTE["body"]})
    answer = await bram.post(path, data=form)
    assert answer.status_code == 422
    assert "Er is nog niets veranderd." in answer.text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Eén regel", "<p>Eén regel</p>"),
        ("een\ntwee", "<p>een<br>twee</p>"),
        ("een\n\n\ntwee", "<p>een</p><p>twee</p>"),
        (
            "Dit:\n- een\n* twee\n• drie\nklaar",
            "<p>Dit:</p><ul><li>een</li><li>twee</li><li>drie</li></ul><p>klaar</p>",
        ),
        ("1. een\n2) twee", "<ol><li>een</li><li>twee</li></ol>"),
        ("2026. Een jaar", "<p>2026. Een jaar</p>"),
        ("-geen lijst", "<p>-geen lijst</p>"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
        ("- <img src=x onerror=y>", "<ul><li>&lt;img src=x onerror=y&gt;</li></ul>"),
        ("{{ 7*7 }} %s {0}", "<p>{{ 7*7 }} %s {0}</p>"),
        ("", "<p></p>"),
    ],
)
def test_plain_text_becomes_paragraphs_and_lists_and_nothing_else(text: str, html: str) -> None:
    assert formatted(text) == html

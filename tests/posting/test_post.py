"""What is posted stands on the timeline once, is told to the employee, and nobody else's draft is read."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest

from backend.dossier.formatted import formatted
from backend.foundation import clock
from backend.foundation.database import fetch, fetch_one, fetch_value
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
from tests.to_mend import to_mend

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


async def test_all_that_is_missing_and_an_impossible_day_are_told(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    bram = await client_of(database.bram)
    for day in ("2020-01-01", "2099-01-01", "31-02-2026", ""):
        answer = await bram.post(f"/dossiers/{dossiers.anna}/actions", data=keyed({"due_on": day}))
        assert to_mend(answer) == ["what", "assignee", "due_on"]
        assert f'value="{day}"' in answer.text, "what was typed is still there"
    assert not await entries(dossiers.anna, "action")


async def test_what_is_to_be_mended_is_told_in_the_order_of_the_page(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    dirk = await client_of(database.helpers["dirk"])
    answer = await dirk.post(
        f"/dossiers/{dossiers.anna}/notes", data=keyed({"kind": "x", "title": "x" * 201})
    )
    assert to_mend(answer) == ["kind", "title", "body", "audience"]
    assert sorted(to_mend(answer), key=lambda id: answer.text.index(f'id="{id}"')) == to_mend(answer)


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


async def test_of_two_problem_analyses_at_once_one_is_told_so(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    dirk = await client_of(database.helpers["dirk"])
    path, form = f"/dossiers/{dossiers.anna}/problem-analysis", ADVICE | {"medical": MEDICAL}
    sent = await asyncio.gather(*(dirk.post(path, data=keyed(form)) for _time in range(5)))
    assert sorted(answer.status_code for answer in sent) == [303, 422, 422, 422, 422]
    assert len(await entries(dossiers.anna, "problem_analysis")) == 2


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

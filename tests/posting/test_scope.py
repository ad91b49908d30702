"""Who may write what, where: the right role at the right place, and for all others nothing is there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from backend.foundation.database import execute, fetch_value
from tests.cast import Cast
from tests.conftest import Client
from tests.posting.conftest import ACTION, ADVICE, MEDICAL, NOTE, Dossiers, entries, entrust, keyed

SHEETS = ("note", "document", "action", "advice", "problem-analysis")
POSTS: dict[str, tuple[str, dict[str, Any]]] = {
    "note": ("notes", NOTE),
    "action": ("actions", ACTION),
    "document": ("documents", {}),
    "advice": ("advice", ADVICE),
    "problem-analysis": ("problem-analysis", ADVICE | {"medical": MEDICAL}),
    "draft": ("drafts/note", NOTE),
    "draft of advice": ("drafts/advice", ADVICE),
    "removal": ("drafts/note/removal", {}),
}
DOCTORS = ("advice", "problem-analysis", "draft of advice")
MAY = {
    "anna": set(),
    "bram": {"anna"},
    "hanna": {"ilse"},
    "wim": {"eva"},
    "carla": {"anna", "ilse", "eva"},
    "dirk": {"anna", "ilse", "eva"},
    "ada": set(),
    "daan": set(),
    "lars": {"kees"},
    "lena": {"kees"},
    "karin": {"kees"},
    "kees": set(),
}
"""In whose dossiers they write; nobody in their own."""


async def counted() -> tuple[int, ...]:
    tables = ("entry", "document", "action", "draft", "message", "answered_request")
    return tuple([await fetch_value(f"SELECT count(*) FROM {table}") for table in tables])


@pytest.mark.parametrize("who", MAY)
async def test_the_sheets_are_there_for_who_may_write(
    database: Cast, dossiers: Dossiers, client_of: Client, who: str
) -> None:
    client = await client_of(database.everyone()[who])
    for place in ("anna", "ilse", "eva", "kees"):
        for sheet in SHEETS:
            may = place in MAY[who] and (sheet not in DOCTORS or who in ("dirk", "lena"))
            answer = await client.get(f"/dossiers/{getattr(dossiers, place)}/new/{sheet}")
            assert answer.status_code == (200 if may else 404), (place, sheet)


@pytest.mark.parametrize("who", MAY)
async def test_what_may_not_be_written_is_not_there(
    database: Cast, dossiers: Dossiers, client_of: Client, who: str
) -> None:
    client = await client_of(database.everyone()[who])
    for place in ("anna", "ilse", "eva", "kees"):
        for name, (address, form) in POSTS.items():
            if place in MAY[who] and (name not in DOCTORS or who in ("dirk", "lena")):
                continue
            before = await counted()
            path = f"/dossiers/{getattr(dossiers, place)}/{address}"
            files = {"files": ("a.txt", b"x")} if name == "document" else None
            answer = await client.post(path, data=keyed(form), files=files)
            assert answer.status_code == 404, (place, name)
            assert await counted() == before


@pytest.mark.parametrize("who", ["bram", "carla", "dirk"])
async def test_each_helper_posts_in_their_role(
    database: Cast, dossiers: Dossiers, client_of: Client, who: str
) -> None:
    client = await client_of(database.everyone()[who])
    audience = {"audience": "shared"} if who == "dirk" else {}
    answer = await client.post(f"/dossiers/{dossiers.anna}/notes", data=keyed(NOTE | audience))
    assert answer.status_code == 303
    (note,) = await entries(dossiers.anna, "note")
    roles = {"bram": "manager", "carla": "case_manager", "dirk": "company_doctor"}
    assert (note["author_role"], note["author"]) == (roles[who], database.everyone()[who].account)
    assert answer.headers["location"] == f"/dossiers/{dossiers.anna}#entry-{note['id']}"


async def medical_note(database: Cast, dossier: UUID, client_of: Client, who: str) -> int:
    client = await client_of(database.everyone()[who])
    form = keyed(NOTE | {"audience": "medical", "body": MEDICAL})
    return (await client.post(f"/dossiers/{dossier}/notes", data=form)).status_code


async def test_medical_is_written_by_the_medical_side_alone(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    for who in ("bram", "carla"):
        assert await medical_note(database, dossiers.anna, client_of, who) == 422
    await entrust(database)
    assert await medical_note(database, dossiers.anna, client_of, "carla") == 303
    assert await medical_note(database, dossiers.anna, client_of, "dirk") == 303
    assert [note["audience"] for note in await entries(dossiers.anna, "note")] == ["medical"] * 2
    assert await medical_note(database, dossiers.eva, client_of, "carla") == 422
    assert not await entries(dossiers.eva, "note")


async def test_what_was_meant_for_the_medical_side_never_comes_to_all_by_itself(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    """Carla is entrusted no longer while she writes: she is asked anew, and nothing she typed is gone."""
    await entrust(database)
    client, form = await client_of(database.helpers["carla"]), NOTE | {"audience": "medical", "body": MEDICAL}
    sheet, draft = [f"/dossiers/{dossiers.anna}/{place}/note" for place in ("new", "drafts")]
    assert (await client.post(draft, data=keyed(form))).status_code == 303
    await execute("DELETE FROM medical_delegation")
    for again in (
        await client.post(f"/dossiers/{dossiers.anna}/notes", data=keyed(form)),
        await client.get(sheet),
    ):
        assert again.status_code in (200, 422)
        assert MEDICAL in again.text and "niet meer voor de medische kant" in again.text
        assert 'value="shared"' in again.text and 'value="medical"' not in again.text
        assert '<input type="hidden" name="audience" value="">' in again.text
    unsaid = keyed(form | {"audience": ""})
    assert (await client.post(f"/dossiers/{dossiers.anna}/notes", data=unsaid)).status_code == 422
    letter = {"title": MEDICAL, "body": "", "audience": "medical"}
    files = {"files": ("a.txt", b"x")}
    refused = await client.post(f"/dossiers/{dossiers.anna}/documents", data=keyed(letter), files=files)
    assert refused.status_code == 422
    assert (await client.post(draft, data=keyed(form))).status_code == 303, "it is still kept as one types"
    assert "niet meer voor de medische kant" in (await client.get(sheet)).text, "and for whom it was meant"
    assert not await entries(dossiers.anna, "note") and not await entries(dossiers.anna, "document")
    form |= {"audience": ["shared", ""]}
    assert (await client.post(f"/dossiers/{dossiers.anna}/notes", data=keyed(form))).status_code == 303


async def test_the_medical_side_must_say_who_reads_it(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    client = await client_of(database.helpers["dirk"])
    answer = await client.post(f"/dossiers/{dossiers.anna}/notes", data=keyed(NOTE))
    assert answer.status_code == 422
    assert "Kies wie dit mag lezen." in answer.text
    assert "Vier uur per dag." in answer.text
    assert not await entries(dossiers.anna, "note")


async def test_an_action_goes_to_nobody_from_elsewhere(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    client = await client_of(database.bram)
    for stranger in (database.wim, database.hanna_as_manager, "someone"):
        form = keyed(ACTION | {"assignee": str(stranger)})
        assert (await client.post(f"/dossiers/{dossiers.anna}/actions", data=form)).status_code == 422
    assert not await entries(dossiers.anna, "action")

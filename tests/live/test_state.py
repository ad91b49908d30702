"""Everything that a reload would show is news, and nothing else is."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest

from backend.dossier.mark_seen import mark_seen
from backend.dossier.publish import publish
from backend.dossier.tables import Action, Correction
from backend.foundation.database import execute
from backend.live.queries import is_news, state_of
from tests.cast import NOW, Cast, person_of
from tests.conftest import Client
from tests.posting.conftest import entrust
from tests.statements import counted

BRAM = {"author_name": "Bram Bos", "author_role": "manager"}


@pytest.fixture
async def action(annas: UUID) -> UUID:
    entry = await publish(annas, "action", now=NOW, title="Bellen", **BRAM)
    await Action.insert(Action(entry=entry, assignee_role="manager", due_on=NOW.date()))
    return entry


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE action SET done_at = now() WHERE entry = $1",
        "UPDATE action SET cancelled_at = now() WHERE entry = $1",
        "UPDATE action SET due_on = due_on + 1 WHERE entry = $1",
        "UPDATE dossier SET closed_on = '2026-11-16' WHERE id = (SELECT dossier FROM entry WHERE id = $1)",
        "INSERT INTO calendar_step (id, dossier, term, turn, opens_on, due_on) SELECT gen_random_uuid(),"
        " dossier, 'problem_analysis', 1, '2026-12-01', '2026-12-14' FROM entry WHERE id = $1",
    ],
)
async def test_a_change_is_news(database: Cast, annas: UUID, action: UUID, change: str) -> None:
    anna = await person_of(database.anna)
    before = await state_of(anna, annas)
    await execute(change, action)
    after = await state_of(anna, annas)
    assert is_news(before, after) and not is_news(after, after)


async def test_a_correction_is_news(database: Cast, annas: UUID) -> None:
    anna = await person_of(database.anna)
    note = await publish(annas, "note", now=NOW, title="Gesprek", **BRAM)
    before = await state_of(anna, annas)
    await Correction.insert(
        Correction(entry=note, title="Gesprek", corrected_at=NOW, corrected_by=database.bram.account)
    )
    assert is_news(before, await state_of(anna, annas))


async def test_reading_is_no_news(database: Cast, annas: UUID, action: UUID) -> None:
    anna = await person_of(database.anna)
    before = await state_of(anna, annas)
    await mark_seen(anna, annas, until=NOW)
    assert await state_of(anna, annas) == before


async def test_it_costs_one_statement(database: Cast, annas: UUID, action: UUID) -> None:
    anna = await person_of(database.anna)
    with counted() as said:
        await state_of(anna, annas)
    assert len(said) == 1


async def test_what_came_between_loading_a_page_and_its_stream_is_news(database: Cast, annas: UUID) -> None:
    anna = await person_of(database.anna)
    await publish(annas, "note", now=NOW, title="Eerst", **BRAM)
    shown = (await state_of(anna, annas)).partition(".")[0]
    assert not is_news(shown, await state_of(anna, annas))
    await publish(annas, "note", now=NOW + timedelta(seconds=1), title="Intussen", **BRAM)
    assert is_news(shown, await state_of(anna, annas))


@pytest.mark.parametrize("nonsense", ["x", "1.2.3", "9" * 40, "-1", "٥", "1e5"])
def test_nonsense_leads_to_one_fetch_at_most(nonsense: str) -> None:
    assert is_news(nonsense, "5.abc")
    assert not is_news("", "5.abc")


SINCE = re.compile(r'data-since="([^"]+)"')


async def test_what_changes_just_after_a_page_was_loaded_is_news_too(
    database: Cast, annas: UUID, action: UUID, client_of: Client
) -> None:
    """Its stream begins only after a while; an entry is not the only thing that may change until then."""
    await publish(annas, "note", now=NOW, title="Spreekuur", audience="medical", **BRAM)
    await entrust(database)
    for who in ("anna", "carla"):
        person = await person_of(database.everyone()[who])
        page = (await (await client_of(database.everyone()[who])).get(f"/dossiers/{annas}")).text
        shown = SINCE.findall(page)
        assert shown == [await state_of(person, annas)], "what stands there is what the stream compares with"
        if who == "anna":
            await execute("UPDATE action SET due_on = due_on + 1 WHERE entry = $1", action)
        else:
            await execute("DELETE FROM medical_delegation")
        assert is_news(shown[0], await state_of(person, annas))

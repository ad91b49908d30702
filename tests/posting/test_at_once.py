"""Two who write in the same dossier at the same moment: one after the other."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from uuid import UUID

import pytest

from backend.dossier.complete_action import complete_action
from backend.dossier.correct import Reading, correct
from backend.dossier.post_action import NewAction, post_action
from backend.dossier.post_note import Note, post_note
from backend.dossier.postpone_action import postpone_action
from backend.dossier.save_draft import Words, save_draft
from backend.dossier.withdraw_action import withdraw_action
from backend.foundation.database import execute, fetch_value
from backend.foundation.refusal import Refused
from backend.foundation.tokens import new_id
from tests.cast import NOW, Cast, person_of
from tests.meanwhile import Doing, meanwhile
from tests.posting.conftest import Dossiers

TODAY = NOW.date()
BOTH = "SELECT FROM entry e JOIN action a ON a.entry = e.id WHERE e.id = $1 FOR UPDATE"
LATER = [TODAY + timedelta(days=days) for days in (1, 9, 5)]


@pytest.fixture
async def action(database: Cast, dossiers: Dossiers) -> AsyncIterator[UUID]:
    """Bram asked Carla to do something by tomorrow."""
    bram, asked = await person_of(database.bram), NewAction("Bellen", "", database.carla, LATER[0])
    await post_action(bram, dossiers.anna, asked, new_id(), now=NOW)
    yield await fetch_value("SELECT entry FROM action")


async def puts_off(cast: Cast, action: UUID, day: date) -> str:
    carla = await person_of(cast.helpers["carla"])
    return await postpone_action(carla, action, day, "Ziek.", new_id(), now=NOW)


async def test_an_action_is_put_off_twice(database: Cast, action: UUID) -> None:
    first, second = puts_off(database, action, LATER[1]), puts_off(database, action, LATER[2])
    with pytest.raises(ExceptionGroup) as refused:
        async with meanwhile(first, second):
            pass
    assert refused.group_contains(Refused)
    assert await fetch_value("SELECT due_on FROM action") == LATER[1]


@pytest.mark.parametrize("how", ["corrects", "completes", "withdraws"])
async def test_the_dossier_comes_before_its_actions(
    database: Cast, dossiers: Dossiers, action: UUID, how: str
) -> None:
    bram, carla = await person_of(database.bram), await person_of(database.helpers["carla"])
    to = Reading("Bellen", "Vandaag.")
    verbs: dict[str, Doing] = {
        "corrects": correct(bram, dossiers.anna, action, "action", to, new_id(), now=NOW),
        "completes": complete_action(carla, action, "", new_id(), now=NOW),
        "withdraws": withdraw_action(bram, action, "Verkeerd.", new_id(), now=NOW),
    }
    verb = verbs.pop(how)
    for other in verbs.values():
        other.close()
    taken = execute("SELECT FROM dossier WHERE id = $1 FOR NO KEY UPDATE", dossiers.anna)
    async with meanwhile(taken, verb):
        await execute(BOTH, action)
    assert await fetch_value("SELECT count(*) FROM entry") == (1 if how == "corrects" else 2)


@pytest.mark.parametrize("earlier", [False, True])
async def test_a_draft_is_kept_while_it_is_published(
    database: Cast, dossiers: Dossiers, earlier: bool
) -> None:
    bram, key = await person_of(database.bram), new_id()
    words, note = Words(body="Bijna af"), Note("phone_call", "", "Af.")
    if earlier:
        assert await save_draft(bram, dossiers.anna, "note", words, key, now=NOW)
    posts = post_note(bram, dossiers.anna, note, key, now=NOW)
    async with meanwhile(posts, save_draft(bram, dossiers.anna, "note", words, key, now=NOW)):
        pass
    assert await fetch_value("SELECT count(*) FROM draft") == 0

"""Hours worked again: a proposal in words and hours, during a spell that runs on."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from backend.foundation.database import fetch_one
from backend.foundation.refusal import NotFound, Refused
from backend.foundation.tokens import new_id
from backend.sickleave.propose_hours import Proposal, propose_hours
from tests.cast import NOW, Cast, person_of
from tests.sickleave.steps import TODAY, counts, events, falls_sick, promised, spell


def twelve_hours(cast: Cast) -> Proposal:
    assert cast.anna.employment
    return Proposal(cast.anna.employment, TODAY + timedelta(days=1), Decimal("12.5"), "de ochtenden")


async def test_it_stands_in_the_dossier_and_the_spell_runs_on(database: Cast) -> None:
    id = await falls_sick(database.anna)
    person = await person_of(database.anna)
    assert await propose_hours(person, twelve_hours(database), new_id(), now=NOW) == f"/absence/{id}/hours"
    stored = await spell(id)
    assert (stored["recovered_on"], stored["closed_on"]) == (None, None)
    entry = await fetch_one("SELECT kind, body, facts FROM entry ORDER BY id DESC LIMIT 1")
    assert entry and (entry["kind"], entry["body"]) == ("partial_recovery", "de ochtenden")
    assert (await events())[-1] == "partial_recovery:proposed"
    new = (await promised())[3:]
    assert [notice for notice, _subject in new] == [
        "hours_proposal_confirmed", "hours_proposal_told", "hours_proposal_told",
    ]  # fmt: skip
    assert all(subject["partial_recovery"] for _notice, subject in new)


async def test_the_same_form_again_changes_nothing(database: Cast) -> None:
    await falls_sick(database.anna)
    person, key = await person_of(database.anna), new_id()
    first = await propose_hours(person, twelve_hours(database), key, now=NOW)
    before = await counts()
    assert await propose_hours(person, twelve_hours(database), key, now=NOW) == first
    assert await counts() == before


async def test_only_while_sick_and_only_ones_own(database: Cast) -> None:
    with pytest.raises(Refused):
        await propose_hours(await person_of(database.anna), twelve_hours(database), new_id(), now=NOW)
    await falls_sick(database.anna)
    with pytest.raises(NotFound):
        await propose_hours(await person_of(database.eva), twelve_hours(database), new_id(), now=NOW)

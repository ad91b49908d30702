"""Who is told that something changed: every kind of entry, everyone around it, at one's own branch, another
branch, another employer and another provider. The table is that of who sees what (tests/access)."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest

from backend.access.person import Person
from backend.dossier.publish import publish
from backend.dossier.save_draft import Words, save_draft
from backend.dossier.tables import Action
from backend.foundation.database import execute
from backend.foundation.refusal import NotFound
from backend.foundation.tokens import new_id
from backend.live.hub import Hub
from backend.live.queries import state_of
from tests.access.test_table import ALL, KINDS, NOTHING, PLACES, SHARED, TABLE, _entrust
from tests.cast import NOW, Cast, person_of
from tests.conftest import Client
from tests.live.conftest import Told, told, twice
from tests.posting.conftest import Dossiers, dossiers

__all__ = ["dossiers"]
PATH = "/live?dossier={}"


async def add(dossier: UUID, number: int, kind: str, audience: str) -> None:
    """One entry of that kind, a minute after the one before."""
    now = NOW + timedelta(minutes=number)
    entry = await publish(
        dossier, kind, now=now, author_name="Iemand", author_role="case_manager", audience=audience,
        title=kind,
    )  # fmt: skip
    if kind == "action":
        await Action.insert(Action(entry=entry, assignee_role="case_manager", due_on=now.date()))


async def opened(
    hub: Hub, cast: Cast, who: str, person: Person, at: Dossiers, client_of: Client
) -> dict[str, Told]:
    """A stream at each place where there is one; elsewhere nothing is there."""
    member, found = cast.everyone()[who.partition(" ")[0]], {}
    client = await client_of(member)
    for place, level in zip(PLACES, TABLE[who], strict=True):
        dossier = getattr(at, place)
        if level != NOTHING:
            found[place] = told(hub, member, dossier, partial(state_of, person, dossier))
            continue
        with pytest.raises(NotFound):
            await state_of(person, dossier)
        answer, nowhere = [await client.get(PATH.format(id)) for id in (dossier, new_id())]
        assert (answer.status_code, answer.text) == (404, nowhere.text)
    return found


@pytest.mark.parametrize("who", TABLE)
async def test_a_page_is_told_of_what_its_reader_may_see_and_of_nothing_else(
    database: Cast, dossiers: Dossiers, client_of: Client, who: str
) -> None:
    person = await person_of(database.everyone()[await _entrust(database, who)])
    hub = Hub()
    streams = await opened(hub, database, who, person, dossiers, client_of)
    for one in streams.values():
        await one.looked()
    await twice(hub, *streams.values())
    for number, (kind, audience) in enumerate(KINDS):
        for place in PLACES:
            await add(getattr(dossiers, place), number, kind, audience)
        before = {place: len(one.lines) for place, one in streams.items()}
        await twice(hub, *streams.values())
        for place, level in zip(PLACES, TABLE[who], strict=True):
            if level == NOTHING:
                continue
            news = streams[place].names()[before[place] :]
            sees = audience == "shared" or level == ALL
            assert news == (["changed"] if sees else []), (place, kind, audience)
    for one in streams.values():
        assert one.names()[0] == "here"
        one.stream.end("stop")
        await one.ended()


async def test_a_medical_entry_leaves_no_trace_where_it_is_not_seen(
    database: Cast, dossiers: Dossiers
) -> None:
    person, hub = await person_of(database.bram), Hub()
    assert TABLE["bram"][0] == SHARED
    one = told(hub, database.bram, dossiers.anna, partial(state_of, person, dossiers.anna))
    await one.looked()
    await twice(hub, one)
    for number in range(3):
        await add(dossiers.anna, number, "note", "medical")
        await twice(hub, one)
    assert one.names() == ["here"], "no event, and no sign of life that a hint brought about"
    one.stream.end("stop")
    await one.ended()


async def test_who_is_entrusted_no_longer_has_something_to_fetch(database: Cast, dossiers: Dossiers) -> None:
    """What they may not see any more goes from the open page too."""
    carla = await person_of(database.everyone()[await _entrust(database, "carla entrusted")])
    await add(dossiers.anna, 0, "note", "medical")
    hub = Hub()
    one = told(hub, database.helpers["carla"], dossiers.anna, partial(state_of, carla, dossiers.anna))
    await one.looked()
    await twice(hub, one)
    await execute("DELETE FROM medical_delegation")
    await twice(hub, one)
    assert one.names() == ["here", "changed"]
    one.stream.end("stop")
    await one.ended()


async def test_a_draft_is_nobodys_news(database: Cast, dossiers: Dossiers) -> None:
    bram = await person_of(database.bram)
    for who in (database.anna, database.bram, database.helpers["carla"]):
        person = await person_of(who)
        before = await state_of(person, dossiers.anna)
        await save_draft(bram, dossiers.anna, "note", Words(who.name, "Nog niet af"), new_id(), now=NOW)
        assert await state_of(person, dossiers.anna) == before

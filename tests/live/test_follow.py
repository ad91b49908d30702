"""How a stream goes on and how it ends."""

from __future__ import annotations

import asyncio
from functools import partial
from uuid import UUID

import pytest

from backend.accounts.sessions import end_session, load_session
from backend.dossier.publish import publish
from backend.foundation import clock
from backend.foundation.database import execute
from backend.foundation.refusal import NotFound
from backend.foundation.tokens import new_id
from backend.live.follow import ALIVE, MADE_WAY
from backend.live.hub import Full, Hub
from backend.live.queries import state_of
from tests.cast import NOW, Cast, Member, session_of
from tests.live.conftest import SOON, told, twice

BRAM = {"author_name": "Bram Bos", "author_role": "manager"}
OVER = {
    "signed out": "UPDATE session SET ended_at = now() WHERE account = $1",
    "expired": "UPDATE session SET expires_at = now() WHERE account = $1",
    "idle": "UPDATE session SET seen_at = now() - interval '61 minutes' WHERE account = $1",
    "blocked": "UPDATE account SET blocked_at = now() WHERE id = $1",
    "another manager": "UPDATE employment SET manager = NULL FROM role_holder r"
    " WHERE r.id = employment.manager AND r.account = $1",
    "role ended": "UPDATE role_holder SET ended_on = '2020-01-01' WHERE account = $1",
    "factor to be proven again": "UPDATE session SET level = 'password' WHERE account = $1",
}


async def looking(member: Member, dossier: UUID) -> partial[object]:
    """As the page's route looks, with the cookie that it has."""
    token = await session_of(member, now=clock.now())

    async def look() -> str | None:
        session = await load_session(token, now=clock.now())
        if session is None or session.person is None:
            return None
        try:
            return await state_of(session.person, dossier)
        except NotFound:
            return None

    return partial(look)


@pytest.mark.parametrize("why", OVER)
async def test_who_may_no_longer_see_it_is_told_nothing_more(database: Cast, annas: UUID, why: str) -> None:
    hub = Hub()
    one = told(hub, database.bram, annas, await looking(database.bram, annas))
    await one.looked()
    await twice(hub, one)
    await execute(OVER[why], database.bram.account)
    await publish(annas, "note", now=NOW, title="Later", **BRAM)
    hub.hear(annas)
    await one.ended()
    assert one.names() == ["here"]


async def test_without_a_hint_it_ends_at_the_next_beat(database: Cast, annas: UUID) -> None:
    hub = Hub()
    one = told(hub, database.bram, annas, await looking(database.bram, annas), beat=(0.01, 0.02))
    await one.looked()
    await one.looked()
    await execute(OVER["signed out"], database.bram.account)
    await one.ended()
    assert set(one.lines[1:]) <= {ALIVE}


async def test_a_hint_that_was_lost_is_made_up_for_at_the_next_beat(database: Cast, annas: UUID) -> None:
    one = told(Hub(), database.anna, annas, await looking(database.anna, annas), beat=(0.01, 0.02))
    await one.looked()
    await one.looked()
    await publish(annas, "note", now=NOW, title="Ongemerkt", **BRAM)
    while "changed" not in one.names():
        await one.looked()
    one.stream.end("stop")
    await one.ended()
    assert one.names().count("changed") == 1


async def test_what_is_not_theirs_to_see_moves_no_sign_of_life(database: Cast, annas: UUID) -> None:
    """However many hints come about it: a silence that lasts longer would tell of it."""
    hub = Hub()
    one = told(hub, database.bram, annas, await looking(database.bram, annas), beat=(0.2, 0.2))
    await one.looked()
    async with asyncio.timeout(SOON):
        while one.lines[1:].count(ALIVE) < 2:
            hub.hear(annas)
            await one.looked()
    one.stream.end("stop")
    await one.ended()


async def test_a_dead_secret_ends_it_though_the_person_is_signed_in_elsewhere(
    database: Cast, annas: UUID
) -> None:
    hub = Hub()
    one = told(hub, database.anna, annas, await looking(database.anna, annas))
    other = await session_of(database.anna, now=clock.now())
    await one.looked()
    oldest = "SELECT min(created_at) FROM session WHERE account = $1"
    changed = f"UPDATE session SET token_hash = '' WHERE account = $1 AND created_at = ({oldest})"
    await execute(changed, database.anna.account)
    hub.hear(annas)
    await one.ended()
    session = await load_session(other, now=clock.now())
    assert session
    await end_session(session.id, now=clock.now())


async def test_a_thousand_hints_wait_as_one(database: Cast, annas: UUID) -> None:
    """Nothing is kept for a reader who is slow or a database that is."""
    hub, may_look, looks = Hub(), asyncio.Event(), 0

    async def look() -> str:
        nonlocal looks
        looks += 1
        await may_look.wait()
        return f"{looks}.x"

    one = told(hub, database.anna, annas, look)
    await asyncio.wait_for(one.begun.get(), SOON)
    for _hint in range(1_000):
        hub.hear(annas)
    may_look.set()
    await asyncio.wait_for(one.begun.get(), SOON)
    one.stream.end("stop")
    await one.ended()
    assert looks == 2 and one.names() == ["here", "changed"]


async def test_the_oldest_of_too_many_makes_way(database: Cast, annas: UUID) -> None:
    hub = Hub(a_person=3)
    streams = []
    for _page in range(5):
        one = told(hub, database.anna, annas, await looking(database.anna, annas))
        await one.looked()
        streams.append(one)
    for oldest in streams[:2]:
        await oldest.ended()
        assert oldest.lines[-1] == MADE_WAY
    assert len(hub) == 3
    other = told(hub, database.bram, annas, await looking(database.bram, annas))
    await other.looked()
    assert len(hub) == 4, "each person counts apart"
    hub.close()
    for one in (*streams[2:], other):
        await one.ended()
        assert one.lines[-1] != MADE_WAY, "it may come back to the next server"


def test_a_process_has_so_much_room_and_gives_it_back() -> None:
    hub, dossier = Hub(a_process=2), new_id()
    first, _second = hub.join(new_id(), {dossier}), hub.join(new_id(), {dossier})
    with pytest.raises(Full):
        hub.join(new_id(), {dossier})
    for _twice in range(2):
        hub.leave(first)
    hub.join(new_id(), {new_id()})
    assert len(hub) == 2
    hub.close()
    with pytest.raises(Full):
        hub.join(new_id(), {dossier})
    assert not Hub(a_process=0)._of_account

"""Hints go out after the commit, from whichever program, and say nothing but where."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import pytest
from redis.asyncio import Redis

from backend.accounts.sessions import load_session
from backend.accounts.sign_out import sign_out
from backend.accounts.sign_out_device import sign_out_device, sign_out_others
from backend.dossier.publish import publish
from backend.foundation import hint
from backend.foundation.database import transaction
from backend.legal_calendar.keep import keep_calendars
from backend.live.hear import hear
from backend.organisations.entrust import entrust, withdraw_trust
from backend.settings import Settings
from tests.cast import NOW, Cast, person_of, session_of
from tests.conftest import Client
from tests.live.conftest import SOON
from tests.posting.conftest import ACTION, NOTE, Dossiers, dossiers, keyed
from tests.sickleave.steps import falls_sick, recovers
from tests.until import never_answering, until, until_heard

__all__ = ["dossiers"]
BRAM = {"author_name": "Bram Bos", "author_role": "manager"}


@pytest.fixture
async def heard(redis: Redis, settings: Settings) -> AsyncIterator[asyncio.Queue[UUID]]:
    """Every hint, as a web server hears them."""
    found: asyncio.Queue[UUID] = asyncio.Queue()
    hint.use(redis)
    task = asyncio.create_task(hear(settings.redis_url, found.put_nowait))
    await until_heard(redis, hint.CHANNEL)
    yield found
    hint.use(None)
    task.cancel()
    await asyncio.wait([task])


async def next_hint(heard: asyncio.Queue[UUID]) -> UUID:
    return await asyncio.wait_for(heard.get(), SOON)


async def test_a_hint_follows_the_commit_once(
    database: Cast, annas: UUID, heard: asyncio.Queue[UUID]
) -> None:
    async with transaction():
        for number in range(3):
            await publish(annas, "note", now=NOW + timedelta(minutes=number), title="x", **BRAM)
        assert not hint._under_way
    assert len(hint._under_way) == 1
    assert await next_hint(heard) == annas


async def test_what_is_rolled_back_is_no_news(
    database: Cast, annas: UUID, heard: asyncio.Queue[UUID]
) -> None:
    with pytest.raises(ZeroDivisionError):
        async with transaction():
            await publish(annas, "note", now=NOW, title="x", **BRAM)
            raise ZeroDivisionError
    assert not hint._under_way


async def test_every_verb_hints(
    database: Cast, dossiers: Dossiers, client_of: Client, heard: asyncio.Queue[UUID]
) -> None:
    hint.use(None)
    bram = await client_of(database.bram)
    hint.use(bram._transport.app.state.redis)  # type: ignore[attr-defined]
    path = f"/dossiers/{dossiers.anna}"
    location = (await bram.post(f"{path}/notes", data=keyed(NOTE))).headers["location"]
    assert await next_hint(heard) == dossiers.anna
    note = location.partition("#entry-")[2]
    await bram.post(f"{path}/notes/{note}/correction", data=keyed({"title": "", "body": "Anders"}))
    assert await next_hint(heard) == dossiers.anna
    await bram.post(f"{path}/actions", data=keyed(ACTION))
    assert await next_hint(heard) == dossiers.anna
    assert heard.empty()


async def test_the_worker_hints_too(database: Cast, heard: asyncio.Queue[UUID]) -> None:
    await falls_sick(database.eva, NOW.date() - timedelta(days=50), now=NOW - timedelta(days=50))
    dossier = await next_hint(heard)
    await keep_calendars(now=NOW)
    assert {await next_hint(heard), await next_hint(heard)} == {dossier}, "laid out, and a step stands open"
    while not heard.empty():
        heard.get_nowait()
    await recovers(database.eva, NOW.date(), now=NOW)
    assert await next_hint(heard) == dossier


async def test_trust_given_and_withdrawn_hints_to_the_case_manager(
    database: Cast, heard: asyncio.Queue[UUID]
) -> None:
    dirk = await person_of(database.helpers["dirk"])
    for change in (entrust, withdraw_trust):
        await change(dirk, database.carla, database.bakery, now=NOW)
        assert await next_hint(heard) == database.carla
        await change(dirk, database.carla, database.bakery, now=NOW)
    assert heard.empty(), "what changes nothing is no news"


async def test_every_way_to_end_a_session_hints_to_its_pages(
    database: Cast, heard: asyncio.Queue[UUID]
) -> None:
    tokens = [await session_of(database.anna, now=NOW) for _device in range(4)]
    here, there, *others = [found for token in tokens if (found := await load_session(token, now=NOW))]
    assert here.person
    await sign_out_device(here.person, there.id, now=NOW)
    assert await next_hint(heard) == there.id
    await sign_out_others(here.person, now=NOW)
    assert {await next_hint(heard) for _other in others} == {one.id for one in others}
    await sign_out(here, now=NOW)
    assert await next_hint(heard) == here.id


async def test_a_redis_that_is_silent_keeps_nobody_waiting(
    database: Cast, annas: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with never_answering() as port, Redis(port=port) as silent:
        monkeypatch.setattr(hint, "_redis", silent)
        await publish(annas, "note", now=NOW, title="x", **BRAM)
        (waits,) = hint._under_way
        waits.cancel()
        monkeypatch.setattr(hint, "PATIENCE", 0.01)
        await publish(annas, "note", now=NOW, title="y", **BRAM)
        await until(lambda: not hint._under_way, "the end of both")


async def test_a_redis_that_is_away_spoils_nothing(
    database: Cast, annas: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hint, "_redis", Redis(port=1))
    await publish(annas, "note", now=NOW, title="x", **BRAM)
    await asyncio.gather(*hint._under_way)
    assert not hint._under_way

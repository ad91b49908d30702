"""Streams over the wire, on a web server that stops, loses Redis, or has no room."""

from __future__ import annotations

import asyncio
import signal
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psutil
import pytest
from redis.asyncio import Redis

from backend.accounts.sign_out_device import sign_out_others
from backend.dossier.publish import publish
from backend.embedded import Redis as OwnRedis
from backend.embedded import folders
from backend.foundation import hint
from backend.foundation.database import execute
from backend.organisations.entrust import entrust, withdraw_trust
from backend.settings import Settings
from tests.cast import NOW, Cast, person_of
from tests.live.conftest import Listener, phones, server
from tests.posting.conftest import Dossiers, dossiers
from tests.servers import PREFIX
from tests.until import PATIENCE, until, until_heard

BRAM = {"author_name": "Bram Bos", "author_role": "manager"}
__all__ = ["dossiers"]


async def test_a_page_is_told_at_once_and_nothing_holds_the_words_up(
    database: Cast, annas: UUID, settings: Settings
) -> None:
    redis = Redis.from_url(settings.redis_url)
    hint.use(redis)
    async with server(settings) as site, phones(site) as (client_of, listen):
        anna = await client_of(database.anna)
        anna.headers["Accept-Encoding"] = "gzip, br"
        page = await listen(anna, annas)
        head = page.answer.headers
        assert page.answer.status_code == 200
        assert head["content-type"].startswith("text/event-stream")
        assert head["cache-control"] == "no-store" and head["x-accel-buffering"] == "no"
        assert "content-encoding" not in head and "content-length" not in head
        assert "connect-src 'self'" in head["content-security-policy"]
        assert await page.event() == "here"
        await publish(annas, "note", now=NOW, title="Nieuw", **BRAM)
        assert await page.event() == "changed"
        await execute("UPDATE session SET ended_at = now()")
        hint.changed(annas)
        assert await page.event() == "", "who is signed out hears the end, not the news"
        assert (await anna.get("/live", params={"dossier": str(annas)})).status_code == 303
    hint.use(None)
    await redis.aclose()


async def test_who_is_signed_out_elsewhere_or_entrusted_no_more_hears_at_once(
    database: Cast, annas: UUID, settings: Settings
) -> None:
    """By the change's own hint: the next beat is a long way off."""
    redis = Redis.from_url(settings.redis_url)
    hint.use(redis)
    dirk = await person_of(database.helpers["dirk"])
    async with server(settings) as site, phones(site) as (client_of, listen):
        carla = await client_of(database.helpers["carla"])
        page, caseload = await listen(carla, annas), await listen(carla, path="/live/caseload", since="0.x")
        assert (await page.event(), await caseload.event()) == ("here", "changed")
        await publish(annas, "note", now=NOW, title="Medisch", audience="medical", **BRAM)
        await entrust(dirk, database.carla, database.bakery, now=NOW)
        assert await page.event() == "changed"
        await withdraw_trust(dirk, database.carla, database.bakery, now=NOW)
        assert await page.event() == "changed"
        await sign_out_others(await person_of(database.helpers["carla"]), now=NOW)
        assert (await page.event(), await caseload.event()) == ("", "")
    hint.use(None)
    await redis.aclose()


@pytest.fixture
def own_redis() -> Iterator[OwnRedis]:
    """A Redis that may be killed."""
    data = Path(tempfile.mkdtemp(prefix=PREFIX))
    data.chmod(0o711)
    redis = OwnRedis(data, durable=False)
    redis.start()
    yield redis
    redis.stop()
    folders.remove(data)


AROUND = {
    "anna": ("anna", "bram", "carla"),
    "ilse": ("ilse", "hanna", "dirk"),
    "eva": ("eva", "wim"),
    "kees": ("kees", "karin", "lars", "lena"),
}


async def open_many(database: Cast, dossiers: Dossiers, client_of: Any, listen: Any) -> list[Listener]:
    """Sixty pages, five of each of twelve people, all of them told how things stand."""
    pages = []
    for place, names in AROUND.items():
        for name in names:
            client = await client_of(database.everyone()[name])
            for _page in range(5):
                pages.append(await listen(client, getattr(dossiers, place)))
    for page in pages:
        assert page.answer.status_code == 200 and await page.event() == "here"
    return pages


async def test_sixty_open_pages_do_not_hold_up_the_stop(
    database: Cast, dossiers: Dossiers, settings: Settings
) -> None:
    """Without being told, the streams would hold it up for good."""
    async with server(settings) as site, phones(site) as (client_of, listen):
        pages = await open_many(database, dossiers, client_of, listen)
        site.web.send_signal(signal.SIGTERM)
        ended = [await page.event() for page in pages]
        assert ended == [""] * 60, "each ends without an `over`: it may come back"
        assert await asyncio.to_thread(site.web.wait, PATIENCE) in (0, -signal.SIGTERM)


async def test_a_page_that_goes_leaves_nothing_behind(
    database: Cast, dossiers: Dossiers, settings: Settings
) -> None:
    async with server(settings) as site:
        web = psutil.Process(site.web.pid)
        async with phones(site) as (client_of, listen):
            before = await open_many(database, dossiers, client_of, listen)
            most = web.num_fds()
            assert most > len(before)
        await until(lambda: web.num_fds() <= most - len(before), "their connections are gone")


async def test_redis_may_go_and_come_back(
    database: Cast, annas: UUID, settings: Settings, own_redis: OwnRedis
) -> None:
    async with server(settings, REDIS_URL=own_redis.url) as site, phones(site) as (client_of, listen):
        redis = Redis.from_url(own_redis.url)
        hint.use(redis)
        page = await listen(await client_of(database.anna), annas)
        assert await page.event() == "here"
        await asyncio.to_thread(own_redis.stop, signal.SIGKILL)
        await publish(annas, "note", now=NOW, title="Terwijl hij weg is", **BRAM)
        other = await listen(await client_of(database.anna), annas, since="0")
        assert await other.event() == "changed", "what came before needs no Redis"
        await asyncio.to_thread(own_redis.start)
        await until_heard(redis, hint.CHANNEL)
        await publish(annas, "note", now=NOW + timedelta(minutes=1), title="Weer terug", **BRAM)
        assert await page.event() == "changed"
        assert await other.event() == "changed"
        hint.use(None)
        await redis.aclose()


async def test_the_seventh_page_closes_the_first(database: Cast, annas: UUID, settings: Settings) -> None:
    async with server(settings) as site, phones(site) as (client_of, listen):
        anna = await client_of(database.anna)
        pages = []
        for _page in range(7):
            pages.append(await listen(anna, annas))
            assert await pages[-1].event() == "here"
        assert await pages[0].event() == "over"
        assert await pages[0].event() == ""

"""Which lists a hint concerns, and what a list's stream says of what its reader may see."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import AsyncIterator

import pytest

from backend.access.person import Person
from backend.access.roles import Role
from backend.caseload.queries import caseload
from backend.caseload.view import View
from backend.dossier.own_actions import own_actions
from backend.foundation.database import execute
from backend.foundation.tokens import new_id
from backend.live.concern import place_hints, places_of
from backend.live.follow import follow
from backend.live.hub import Hub, Stream
from backend.live.queries import is_news, word_of
from backend.settings import Settings
from backend.team.queries import team
from tests.access.test_table import KINDS, SHARED, TABLE, _entrust
from tests.cast import NOW, Cast, person_of
from tests.conftest import Client
from tests.live.conftest import SOON, phones, server
from tests.live.test_table import add
from tests.posting.conftest import Dossiers, dossiers
from tests.sickleave.steps import falls_sick
from tests.statements import counted

__all__ = ["dossiers"]
LIVE = re.compile(r'data-live="(/live/[^"]+)" data-since="([^"]+)"')
LISTS = {
    "/team": "bram",
    "/team?q=a": "bram",
    "/to-do": "anna",
    "/": "anna",
    "/caseload": "carla",
    "/caseload?late=1": "dirk",
}


async def lists(person: Person) -> tuple[str, str, str]:
    """How the three stand."""
    return (
        word_of(await team(person, now=NOW)),
        word_of(await own_actions(person, now=NOW)),
        word_of(await caseload(person, View(), now=NOW)),
    )


@pytest.fixture
async def hub() -> AsyncIterator[Hub]:
    """One whose hints are placed, as a web server's are."""
    found = Hub()
    task = asyncio.create_task(place_hints(found))
    yield found
    task.cancel()
    await asyncio.wait([task])


async def following(hub: Hub, cast: Cast, name: str, *roles: Role) -> Stream:
    person = await person_of(cast.everyone()[name])
    return hub.join(person.account_id, (), places_of(person, *roles))


async def woken(stream: Stream) -> None:
    await asyncio.wait_for(stream.woken.wait(), SOON)


async def test_a_hint_wakes_the_lists_of_the_people_around_the_employee_and_no_others(
    database: Cast, dossiers: Dossiers, hub: Hub
) -> None:
    around = {name: await following(hub, database, name) for name in ("anna", "bram", "carla", "dirk")}
    others = {
        name: await following(hub, database, name)
        for name in ("daan", "wim", "hanna", "karin", "lena", "ada")
    }
    hub.hear(dossiers.anna)
    for stream in around.values():
        await woken(stream)
    assert not any(stream.woken.is_set() for stream in others.values())
    hub.hear(dossiers.kees)
    for name in ("karin", "lena"):
        await woken(others[name])
    assert not others["wim"].woken.is_set()


async def test_a_burst_of_hints_costs_one_statement_however_many_lists_are_open(
    database: Cast, dossiers: Dossiers, hub: Hub
) -> None:
    streams = [await following(hub, database, "carla") for _page in range(5)]
    with counted() as said:
        for _hint in range(50):
            hub.hear(dossiers.anna)
            hub.hear(dossiers.eva)
        for stream in streams:
            await woken(stream)
    assert len(said) == 1


async def test_without_a_list_nobody_is_asked_whose_it_is(
    database: Cast, dossiers: Dossiers, hub: Hub
) -> None:
    hub.join(new_id(), {dossiers.anna})
    with counted() as said:
        hub.hear(dossiers.anna)
        await asyncio.sleep(0)
    assert said == [] and not hub._some_unplaced.is_set()


async def test_a_page_that_goes_leaves_no_place_behind(database: Cast, hub: Hub) -> None:
    stream = await following(hub, database, "carla")
    hub.leave(stream)
    assert not hub._whose and not hub._about and not len(hub)


@pytest.mark.parametrize("who", TABLE)
async def test_every_list_changes_by_what_its_reader_may_see_and_by_nothing_else(
    database: Cast, dossiers: Dossiers, who: str
) -> None:
    """Not by how it is ordered, counted, marked as new or late either: the word is of all that it shows."""
    person = await person_of(database.everyone()[await _entrust(database, who)])
    before = await lists(person)
    for number, (kind, audience) in enumerate(KINDS):
        if audience == "medical":
            for place, level in zip(("anna", "ilse", "eva", "kees"), TABLE[who], strict=True):
                if level in (SHARED, "nothing"):
                    await add(getattr(dossiers, place), number, kind, audience)
    assert await lists(person) == before


async def test_what_a_list_shows_moves_its_word(database: Cast, dossiers: Dossiers) -> None:
    bram, carla = await person_of(database.bram), await person_of(database.helpers["carla"])
    first = await lists(bram), await lists(carla)
    await falls_sick(database.daan)
    second = await lists(bram), await lists(carla)
    assert is_news(first[0][0], second[0][0]) and is_news(first[1][2], second[1][2])
    await add(dossiers.anna, 1, "action", "shared")
    third = await lists(bram), await lists(carla)
    assert third[0] == second[0], "it is no task of his"
    assert is_news(second[1][1], third[1][1]) and is_news(second[1][2], third[1][2])


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_the_stream_begins_where_the_page_stands(
    database: Cast, dossiers: Dossiers, settings: Settings, language: str
) -> None:
    await execute("UPDATE account SET language = $1", language)
    await falls_sick(database.daan)
    await add(dossiers.anna, 1, "action", "shared")
    async with server(settings) as site, phones(site) as (client_of, listen):
        for path, name in LISTS.items():
            client = await client_of(database.everyone()[name])
            found = LIVE.search((await client.get(path)).text)
            assert found, path
            address, since = html.unescape(found[1]), found[2]
            page = await listen(client, path=address, since=since)
            assert await page.event() == "here", path
            page = await listen(client, path=address, since="0.earlier")
            assert await page.event() == "changed", path


NOBODYS = [
    ("team", "anna"),
    ("team", "carla"),
    ("caseload", "bram"),
    ("caseload", "anna"),
    ("dashboard", "carla"),
]
SOMEBODYS = [("dashboard", "anna"), ("team", "bram"), ("to-do", "bram"), ("caseload", "carla")]


@pytest.mark.parametrize(("path", "name"), NOBODYS)
async def test_who_has_no_such_list_follows_none(
    database: Cast, client_of: Client, path: str, name: str
) -> None:
    client = await client_of(database.everyone()[name])
    assert (await client.get(f"/live/{path}?since=0.x")).status_code == 404


@pytest.mark.parametrize(("path", "name"), SOMEBODYS)
async def test_who_does_not_say_what_the_page_shows_follows_nothing(
    database: Cast, client_of: Client, path: str, name: str
) -> None:
    client = await client_of(database.everyone()[name])
    assert (await client.get(f"/live/{path}")).status_code == 404


async def test_what_is_no_news_to_its_reader_holds_back_no_news_that_follows() -> None:
    """A longer wait would tell that something was there."""
    hub, states = Hub(), iter(["0.a", "0.a", "0.b"])
    stream, looked = hub.join(new_id(), {place := new_id()}), asyncio.Queue[None]()

    async def look() -> str:
        looked.put_nowait(None)
        return next(states)

    lines = follow(stream, look, "0.a", beat=(600.0, 600.0), gap=600.0, tick=0.01)
    assert (await anext(lines)).startswith(b"event: here")
    news = asyncio.ensure_future(anext(lines))
    for _look in range(2):
        hub.hear(place)
        await asyncio.wait_for(looked.get(), SOON)
    hub.hear(place)
    assert (await asyncio.wait_for(news, SOON)).startswith(b"event: changed")
    hub.close()
    assert [line async for line in lines] == []


async def test_after_news_a_list_rests_and_then_looks_once_however_many_hints_came() -> None:
    hub, looks = Hub(), 0
    stream = hub.join(new_id(), {place := new_id()})

    async def look() -> str:
        nonlocal looks
        looks += 1
        return f"0.{looks}"

    lines = follow(stream, look, "0.0", beat=(600.0, 600.0), gap=0.05, tick=0.01)
    assert (await anext(lines)).startswith(b"event: changed")
    for _hint in range(50):
        hub.hear(place)
    assert (await anext(lines)).startswith(b"event: changed")
    assert looks == 2
    hub.close()
    assert [line async for line in lines] == []

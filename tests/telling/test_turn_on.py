"""A device gets pushes as long as somebody is signed in there who asked for them, and is theirs alone."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import pytest

from backend.access.person import Person
from backend.accounts.change_password import change_password
from backend.accounts.forget_old import forget_old_sessions
from backend.accounts.sessions import LONGEST, REMEMBERED, load_session
from backend.accounts.sign_out import sign_out
from backend.accounts.sign_out_device import sign_out_device, sign_out_others
from backend.foundation import encryption
from backend.foundation.database import execute, fetch, fetch_one, fetch_value
from backend.foundation.refusal import NotFound, Refused
from backend.rotate_keys import rotate_keys
from backend.telling.queries import devices_of
from backend.telling.subscription import BROKEN, UNKNOWN_HOST, Subscription
from backend.telling.turn_off import turn_off
from backend.telling.turn_on import turn_on
from tests.cast import NOW, Cast, person_of, session_of
from tests.gateways.push_service import Browser
from tests.gateways.test_web_push import HOSTILE
from tests.telling.conftest import turned_on

CHROME = "https://fcm.googleapis.com/fcm/send/one"


async def owners() -> list[UUID]:
    """Whose devices there are."""
    return [
        row["account"] for row in await fetch("SELECT account FROM push_subscription ORDER BY created_at")
    ]


async def test_a_device_is_kept_encrypted_and_shown_to_its_owner(database: Cast) -> None:
    anna, browser = await person_of(database.anna), Browser(CHROME)
    await turned_on(anna, browser)
    row = await fetch_one("SELECT * FROM push_subscription")
    assert row and (row["account"], row["session"]) == (anna.account_id, anna.session_id)
    for secret in (CHROME, browser.p256dh, browser.auth):
        assert secret.encode() not in bytes(row["secret"])
    assert Subscription.opened(row["secret"]).endpoint == CHROME
    (device,) = await devices_of(anna, now=NOW)
    assert (device.name, device.is_this) == ("Chrome, Android", True)
    (device,) = await devices_of(await person_of(database.anna), now=NOW)
    assert not device.is_this, "another device of hers shows it too"
    assert await devices_of(await person_of(database.bram), now=NOW) == []
    assert await fetch_value("SELECT count(*) FROM audit_event WHERE event = 'push:turned_on'") == 1


async def test_it_opens_with_the_new_key_alone_after_a_rotation(database: Cast) -> None:
    old, new = os.urandom(32), os.urandom(32)
    encryption.use((old,))
    await turned_on(await person_of(database.anna), Browser(CHROME))
    encryption.use((new, old))
    assert (await rotate_keys(now=NOW))["push_subscription.secret"].done == 1
    encryption.use((new,))
    assert Subscription.opened(await fetch_value("SELECT secret FROM push_subscription")).endpoint == CHROME


async def test_twice_is_once(database: Cast) -> None:
    anna, browser = await person_of(database.anna), Browser(CHROME)
    for _twice in range(2):
        await turned_on(anna, browser)
    assert await owners() == [anna.account_id]
    assert await fetch_value("SELECT count(*) FROM audit_event WHERE event = 'push:turned_on'") == 1


async def test_a_new_address_takes_the_place_of_the_sessions_old_one(database: Cast) -> None:
    anna = await person_of(database.anna)
    await turned_on(anna, Browser(CHROME))
    await turned_on(anna, Browser(CHROME + "/renewed"))
    found = [
        Subscription.opened(row["secret"]) for row in await fetch("SELECT secret FROM push_subscription")
    ]
    assert [one.endpoint for one in found] == [CHROME + "/renewed"]


async def test_the_same_browser_is_taken_over_by_who_signs_in_next(database: Cast) -> None:
    anna, bram, browser = await person_of(database.anna), await person_of(database.bram), Browser(CHROME)
    await turned_on(anna, browser)
    await turned_on(bram, browser)
    assert await owners() == [bram.account_id]


@pytest.mark.parametrize("endpoint", HOSTILE)
async def test_an_unknown_host_is_refused_in_words(database: Cast, endpoint: str) -> None:
    with pytest.raises(Refused) as refusal:
        await turned_on(await person_of(database.anna), Browser(endpoint))
    assert refusal.value.message == UNKNOWN_HOST
    assert await owners() == []


@pytest.mark.parametrize(
    "broken",
    [
        {"p256dh": ""},
        {"p256dh": "x"},
        {"p256dh": "A" * 87},
        {"p256dh": Browser("").p256dh + "AA"},
        {"p256dh": Browser("").p256dh[:-2]},
        {"p256dh": " " + Browser("").p256dh},
        {"auth": ""},
        {"auth": "AAAA"},
        {"auth": "A" * 400},
        {"auth": "é"},
    ],
)
async def test_keys_that_are_none_are_refused_in_words(database: Cast, broken: dict[str, str]) -> None:
    subscription = Subscription(**(Browser(CHROME).form() | broken))
    with pytest.raises(Refused) as refusal:
        await turn_on(await person_of(database.anna), subscription, now=NOW)
    assert refusal.value.message == BROKEN


async def out_here(anna: Person, token: str) -> None:
    session = await load_session(token, now=NOW)
    assert session
    await sign_out(session, now=NOW)


async def out_from_elsewhere(anna: Person, token: str) -> None:
    session = await load_session(token, now=NOW)
    assert session
    await sign_out_device(anna, session.id, now=NOW)


async def out_everywhere_else(anna: Person, token: str) -> None:
    await sign_out_others(anna, now=NOW)


async def new_password(anna: Person, token: str) -> None:
    await change_password(anna, "een ander heel lang wachtwoord", now=NOW)


async def blocked(anna: Person, token: str) -> None:
    await execute("UPDATE account SET blocked_at = $2 WHERE id = $1", anna.account_id, NOW)


async def forgotten(anna: Person, token: str) -> None:
    await forget_old_sessions(now=NOW + LONGEST + timedelta(days=1, seconds=1))


@pytest.mark.parametrize(
    "ends", [out_here, out_from_elsewhere, out_everywhere_else, new_password, blocked, forgotten]
)
async def test_whatever_ends_the_session_ends_its_pushes(
    database: Cast, ends: Callable[[Person, str], Awaitable[None]]
) -> None:
    token = await session_of(database.anna, now=NOW)
    session = await load_session(token, now=NOW)
    assert session and session.person
    await turned_on(await person_of(database.bram), Browser(CHROME + "/bram"))
    await turned_on(session.person, Browser(CHROME))
    await ends(await person_of(database.anna), token)
    left = await owners()
    assert database.anna.account not in left
    assert left == [database.bram.account] or ends is forgotten


async def test_a_device_whose_session_is_over_is_listed_no_more(database: Cast) -> None:
    anna = await person_of(database.anna)
    await turned_on(anna, Browser(CHROME))
    assert await devices_of(anna, now=NOW + LONGEST - timedelta(seconds=1))
    assert await devices_of(anna, now=NOW + LONGEST) == []


async def test_the_pushes_of_a_remembered_device_last_as_long_as_its_session(database: Cast) -> None:
    await turned_on(await person_of(database.anna), Browser(CHROME))
    await execute("UPDATE session SET remember = true, expires_at = $1", NOW + REMEMBERED)
    await forget_old_sessions(now=NOW + REMEMBERED)
    assert await owners() == [database.anna.account]


async def test_a_session_that_just_ended_gets_none(database: Cast) -> None:
    anna = await person_of(database.anna)
    await sign_out_others(await person_of(database.anna), now=NOW)
    with pytest.raises(NotFound):
        await turned_on(anna, Browser(CHROME))


async def test_one_turns_off_ones_own_and_nobody_elses(database: Cast) -> None:
    anna, bram = await person_of(database.anna), await person_of(database.bram)
    await turned_on(anna, Browser(CHROME))
    (device,) = await devices_of(anna, now=NOW)
    with pytest.raises(NotFound):
        await turn_off(bram, device.id, now=NOW)
    assert await owners() == [anna.account_id]
    await turn_off(await person_of(database.anna), device.id, now=NOW)
    assert await owners() == []
    with pytest.raises(NotFound):
        await turn_off(anna, device.id, now=NOW)
    assert await fetch_value("SELECT count(*) FROM audit_event WHERE event = 'push:turned_off'") == 1


async def test_where_pushes_go_is_in_no_record_of_what_happened(database: Cast) -> None:
    anna = await person_of(database.anna)
    await turned_on(anna, Browser(CHROME))
    (device,) = await devices_of(anna, now=NOW)
    await turn_off(anna, device.id, now=NOW)
    rows = await fetch("SELECT to_jsonb(e)::text AS said FROM audit_event e")
    assert rows and not any("fcm" in row["said"] for row in rows)
    shown = repr(Subscription(**Browser(CHROME).form())) + json.dumps(dataclasses.asdict(device), default=str)
    assert "fcm" not in shown

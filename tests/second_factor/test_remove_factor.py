"""Taking a factor away."""

from __future__ import annotations

import asyncio

import pytest

from backend.audit.events import Event
from backend.foundation.database import execute, fetch_value
from backend.foundation.refusal import NotFound
from backend.second_factor.refusals import LastFactor
from backend.second_factor.remove_factor import remove_factor
from backend.second_factor.send_code import send_to_factor
from tests.cast import NOW, Cast
from tests.second_factor.steps import PHONE, give, happened, promised, session


async def test_it_goes_and_the_person_is_told(database: Cast) -> None:
    await give(database.anna, "security_key")
    phone = await give(database.anna, "sms", PHONE)
    half = await session(database.anna)
    await send_to_factor(half, phone, sms=True, now=NOW)
    inside = await session(database.anna, level="full", confirmed=True)
    await remove_factor(inside, phone, sign_out_others=False, sms=True, now=NOW)
    assert await fetch_value("SELECT count(*) FROM factor") == 1
    assert "factor_removed" in await promised()
    assert await happened(Event.FACTOR_REMOVED) == 1
    assert await fetch_value("SELECT count(*) FROM session WHERE ended_at IS NULL") == 2


async def test_other_devices_are_signed_out_when_asked(database: Cast) -> None:
    await give(database.anna, "security_key")
    phone = await give(database.anna, "sms", PHONE)
    await session(database.anna)
    inside = await session(database.anna, level="full", confirmed=True)
    await remove_factor(inside, phone, sign_out_others=True, sms=True, now=NOW)
    assert await fetch_value("SELECT array_agg(id) FROM session WHERE ended_at IS NULL") == [inside.id]


async def test_never_the_last(database: Cast) -> None:
    phone = await give(database.anna, "sms", PHONE)
    inside = await session(database.anna, level="full", confirmed=True)
    with pytest.raises(LastFactor):
        await remove_factor(inside, phone, sign_out_others=False, sms=True, now=NOW)


async def test_never_the_last_that_is_allowed(database: Cast) -> None:
    await execute("UPDATE employer_settings SET allowed_factors = '{security_key}'")
    phone = await give(database.anna, "sms", PHONE)
    key = await give(database.anna, "security_key")
    inside = await session(database.anna, level="full", confirmed=True)
    with pytest.raises(LastFactor):
        await remove_factor(inside, key, sign_out_others=False, sms=True, now=NOW)
    await remove_factor(inside, phone, sign_out_others=False, sms=True, now=NOW)


async def test_all_at_once_leave_one(database: Cast) -> None:
    factors = [await give(database.anna, "security_key") for _ in range(4)]
    inside = await session(database.anna, level="full", confirmed=True)
    outcomes = await asyncio.gather(
        *(remove_factor(inside, id, sign_out_others=False, sms=True, now=NOW) for id in factors),
        return_exceptions=True,
    )
    assert sum(isinstance(outcome, LastFactor) for outcome in outcomes) == 1
    assert await fetch_value("SELECT count(*) FROM factor") == 1


async def test_another_persons_is_not_there(database: Cast) -> None:
    await give(database.anna, "security_key")
    await give(database.daan, "security_key")
    of_daan = await give(database.daan, "sms", PHONE)
    inside = await session(database.anna, level="full", confirmed=True)
    with pytest.raises(NotFound):
        await remove_factor(inside, of_daan, sign_out_others=False, sms=True, now=NOW)

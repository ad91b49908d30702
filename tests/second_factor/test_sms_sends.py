"""How many codes go out by SMS: one until it came back, and never more than five an hour."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend.second_factor.refusals import TooManyCodes, WrongCode
from backend.second_factor.send_code import send_to_factor, send_to_new_phone
from backend.second_factor.sms import add_phone, prove_sms
from tests.cast import NOW, Cast
from tests.second_factor.steps import PHONE, give, give_recovery_code, sent_codes, session, wrong

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


async def test_one_a_minute_and_five_an_hour(database: Cast) -> None:
    await give(database.anna, "sms", PHONE)
    half = await session(database.anna)
    await send_to_factor(half, None, sms=True, now=NOW)
    with pytest.raises(TooManyCodes):
        await send_to_factor(half, None, sms=True, now=NOW + MINUTE / 2)
    for minutes in range(1, 5):
        await send_to_factor(half, None, sms=True, now=NOW + minutes * MINUTE)
    with pytest.raises(TooManyCodes):
        await send_to_factor(half, None, sms=True, now=NOW + 30 * MINUTE)
    assert len(await sent_codes()) == 5


async def test_after_a_code_came_back_the_next_waits_for_nothing(database: Cast) -> None:
    """Who just registered signs in on the app; in an hour it is still five."""
    await give_recovery_code(database.anna)
    half = await session(database.anna)
    await send_to_new_phone(half, PHONE, sms=True, now=NOW)
    (code,) = await sent_codes()
    await add_phone(half, code, sms=True, now=NOW)
    for times in range(1, 5):
        half = await session(database.anna)
        await send_to_factor(half, None, sms=True, now=NOW + times * SECOND)
        await prove_sms(half, (await sent_codes())[-1], sms=True, now=NOW + times * SECOND)
    with pytest.raises(TooManyCodes):
        await send_to_factor(half, None, sms=True, now=NOW + 5 * SECOND)


async def test_a_code_that_did_not_come_back_makes_the_next_wait(database: Cast) -> None:
    await give(database.anna, "sms", PHONE)
    half = await session(database.anna)
    await send_to_factor(half, None, sms=True, now=NOW)
    (code,) = await sent_codes()
    with pytest.raises(WrongCode):
        await prove_sms(half, wrong(code), sms=True, now=NOW)
    with pytest.raises(TooManyCodes):
        await send_to_factor(await session(database.anna), None, sms=True, now=NOW + SECOND)


async def test_a_phone_gets_no_more_because_several_accounts_ask(database: Cast) -> None:
    await send_to_new_phone(await session(database.anna), PHONE, sms=True, now=NOW)
    with pytest.raises(TooManyCodes):
        await send_to_new_phone(await session(database.daan), PHONE, sms=True, now=NOW)

"""Codes by SMS: to the right phone, for one session, once, for ten minutes."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from backend.foundation.database import execute, fetch_value
from backend.foundation.refusal import Refused
from backend.second_factor.after_proof import NextStep
from backend.second_factor.refusals import (
    AlreadyAdded,
    ExpiredCode,
    NotAllowed,
    ProveFirst,
    StartAgain,
    UsedCode,
    WrongCode,
)
from backend.second_factor.send_code import last_code, send_again, send_to_factor, send_to_new_phone
from backend.second_factor.sms import add_phone, prove_sms
from tests.cast import NOW, Cast
from tests.second_factor.steps import PHONE, give, give_app, give_recovery_code, sent_codes, session, wrong

MINUTE = timedelta(minutes=1)


async def test_a_new_phone_is_added_with_the_code_it_received(database: Cast) -> None:
    half = await session(database.anna)
    await send_to_new_phone(half, PHONE, sms=True, now=NOW)
    sent = await last_code(half, new=True, now=NOW)
    assert sent
    assert (sent.phone, sent.wait(NOW), sent.wait(NOW + 2 * MINUTE)) == (PHONE, 60, 0)
    (code,) = await sent_codes()
    step = await add_phone(half, code, sms=True, now=NOW)
    assert step.path == "/second-factor/recovery-code"
    stored = await fetch_value("SELECT secret FROM factor")
    assert PHONE.encode() not in stored


async def test_of_twenty_at_once_one_is_accepted(database: Cast) -> None:
    await give(database.anna, "sms", PHONE)
    await give_recovery_code(database.anna)
    half = await session(database.anna)
    await send_to_factor(half, None, sms=True, now=NOW)
    (code,) = await sent_codes()
    outcomes = await asyncio.gather(
        *(prove_sms(half, code, sms=True, now=NOW + timedelta(microseconds=n)) for n in range(20)),
        return_exceptions=True,
    )
    assert sum(isinstance(outcome, NextStep) for outcome in outcomes) == 1
    assert all(isinstance(outcome, NextStep | Refused) for outcome in outcomes)


async def test_a_code_is_worth_nothing_in_another_session(database: Cast) -> None:
    await give(database.anna, "sms", PHONE)
    half, other = await session(database.anna), await session(database.anna)
    await send_to_factor(half, None, sms=True, now=NOW)
    (code,) = await sent_codes()
    with pytest.raises(WrongCode):
        await prove_sms(other, code, sms=True, now=NOW)
    await prove_sms(half, code, sms=True, now=NOW)


async def test_a_code_expires_after_ten_minutes(database: Cast) -> None:
    await give(database.anna, "sms", PHONE)
    half = await session(database.anna)
    await send_to_factor(half, None, sms=True, now=NOW)
    (code,) = await sent_codes()
    with pytest.raises(ExpiredCode):
        await prove_sms(half, code, sms=True, now=NOW + 10 * MINUTE)
    assert await last_code(half, new=False, now=NOW + 10 * MINUTE) is None


async def test_a_code_does_not_work_again(database: Cast) -> None:
    await give(database.anna, "sms", PHONE)
    half = await session(database.anna)
    await send_to_factor(half, None, sms=True, now=NOW)
    (code,) = await sent_codes()
    await prove_sms(half, code, sms=True, now=NOW)
    with pytest.raises(UsedCode):
        await prove_sms(half, code, sms=True, now=NOW)


async def test_a_code_for_a_new_phone_signs_nobody_in(database: Cast) -> None:
    """Else whoever adds a phone of their own would prove the person with it."""
    half = await session(database.anna)
    await send_to_new_phone(half, PHONE, sms=True, now=NOW)
    (code,) = await sent_codes()
    await give(database.anna, "sms", "+31687654321")
    with pytest.raises(WrongCode):
        await prove_sms(half, code, sms=True, now=NOW)
    with pytest.raises(ProveFirst):
        await add_phone(half, code, sms=True, now=NOW)


async def test_the_one_before_still_works_when_it_comes_late(database: Cast) -> None:
    await give(database.anna, "sms", PHONE)
    half = await session(database.anna)
    await send_to_factor(half, None, sms=True, now=NOW)
    await send_to_factor(half, None, sms=True, now=NOW + MINUTE)
    first, second = await sent_codes()
    assert first != second
    await prove_sms(half, first, sms=True, now=NOW + MINUTE)


async def test_sending_again_goes_to_the_same_number(database: Cast) -> None:
    half = await session(database.anna)
    with pytest.raises(StartAgain):
        await send_again(half, sms=True, now=NOW)
    await send_to_new_phone(half, PHONE, sms=True, now=NOW)
    await send_again(half, sms=True, now=NOW + MINUTE)
    sent = await last_code(half, new=True, now=NOW + MINUTE)
    assert sent
    assert sent.phone == PHONE


async def test_only_phones_of_ones_own_are_sent_to(database: Cast) -> None:
    of_daan = await give(database.daan, "sms", PHONE)
    await give(database.anna, "sms", "+31687654321")
    with pytest.raises(NotAllowed):
        await send_to_factor(await session(database.anna), of_daan, sms=True, now=NOW)


async def test_the_same_phone_is_not_added_twice(database: Cast) -> None:
    await give(database.anna, "sms", PHONE)
    inside = await session(database.anna, level="full", confirmed=True)
    with pytest.raises(AlreadyAdded):
        await send_to_new_phone(inside, PHONE, sms=True, now=NOW)


async def test_an_employer_that_refuses_sms_is_obeyed(database: Cast) -> None:
    await execute(
        "UPDATE employer_settings SET allowed_factors = '{authenticator,security_key}' WHERE employer = $1",
        database.bakery,
    )
    half = await session(database.anna)
    with pytest.raises(NotAllowed):
        await send_to_new_phone(half, PHONE, sms=True, now=NOW)
    await give(database.anna, "sms", PHONE)
    await give_app(database.anna)
    with pytest.raises(NotAllowed):
        await send_to_factor(half, None, sms=True, now=NOW)


async def test_without_a_provider_nothing_is_sent(database: Cast) -> None:
    await give(database.anna, "sms", PHONE)
    with pytest.raises(NotAllowed):
        await send_to_factor(await session(database.anna), None, sms=False, now=NOW)
    with pytest.raises(NotAllowed):
        await send_to_new_phone(await session(database.daan), PHONE, sms=False, now=NOW)


async def test_a_wrong_code_is_wrong(database: Cast) -> None:
    await give(database.anna, "sms", PHONE)
    half = await session(database.anna)
    await send_to_factor(half, None, sms=True, now=NOW)
    (code,) = await sent_codes()
    with pytest.raises(WrongCode):
        await prove_sms(half, wrong(code), sms=True, now=NOW)

"""The authenticator app: each code once, whoever is quickest."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pyotp
import pytest

from backend.audit.events import Event
from backend.foundation.database import fetch_value
from backend.foundation.refusal import Refused
from backend.second_factor.after_proof import NextStep
from backend.second_factor.authenticator import (
    add_authenticator,
    begin_authenticator,
    matching_step,
    prove_authenticator,
)
from backend.second_factor.refusals import ProveFirst, StartAgain, UsedCode, WrongCode
from tests.cast import NOW, Cast
from tests.second_factor.steps import (
    again,
    give_app,
    give_recovery_code,
    happened,
    promised,
    reload,
    session,
    wrong,
)

STEP = timedelta(seconds=30)


def test_one_step_either_side_is_right() -> None:
    secret = pyotp.random_base32()
    here = int(NOW.timestamp()) // 30
    for steps, accepted in ((-2, False), (-1, True), (0, True), (1, True), (2, False)):
        code = pyotp.TOTP(secret).at(NOW + steps * STEP)
        assert matching_step(secret, code, NOW) == (here + steps if accepted else None)


async def test_the_right_code_lets_in_under_a_new_secret(database: Cast) -> None:
    secret = await give_app(database.anna)
    await give_recovery_code(database.anna)
    half = await session(database.anna)
    step = await prove_authenticator(half, pyotp.TOTP(secret).at(NOW), sms=True, now=NOW, then="/dossiers")
    assert (step.path, step.username) == ("/dossiers", database.anna.email)
    inside = await again(step.token)
    assert (inside.id, inside.level) == (half.id, "full")
    assert await happened(Event.FACTOR_USED) == 1


async def test_of_twenty_at_once_one_is_accepted(database: Cast) -> None:
    secret = await give_app(database.anna)
    await give_recovery_code(database.anna)
    halves = [await session(database.anna) for _ in range(20)]
    code = pyotp.TOTP(secret).at(NOW)
    outcomes = await asyncio.gather(
        *(
            prove_authenticator(half, code, sms=True, now=NOW + timedelta(microseconds=place))
            for place, half in enumerate(halves)
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(outcome, NextStep) for outcome in outcomes) == 1
    assert all(isinstance(outcome, NextStep | Refused) for outcome in outcomes)
    assert await fetch_value("SELECT count(*) FROM session WHERE level = 'full'") == 1


async def test_a_step_never_works_twice_nor_an_older_one(database: Cast) -> None:
    secret = await give_app(database.anna)
    await give_recovery_code(database.anna)
    totp = pyotp.TOTP(secret)
    await prove_authenticator(await session(database.anna), totp.at(NOW), sms=True, now=NOW)
    for old in (NOW, NOW - STEP):
        with pytest.raises(UsedCode):
            await prove_authenticator(await session(database.anna), totp.at(old), sms=True, now=NOW)
    assert await happened(Event.FACTOR_REPLAYED) == 2
    later = await prove_authenticator(
        await session(database.anna), totp.at(NOW + STEP), sms=True, now=NOW + STEP
    )
    assert later.token


async def test_another_persons_code_is_wrong(database: Cast) -> None:
    await give_app(database.anna)
    of_daan = await give_app(database.daan)
    with pytest.raises(WrongCode):
        await prove_authenticator(
            await session(database.anna), pyotp.TOTP(of_daan).at(NOW), sms=True, now=NOW
        )
    assert await happened(Event.FACTOR_FAILED) == 1


async def test_setting_up_ends_at_the_recovery_code(database: Cast) -> None:
    half = await session(database.anna)
    await begin_authenticator(half)
    half = await reload(half)
    secret = half.pending["totp"]
    step = await add_authenticator(half, pyotp.TOTP(secret).at(NOW), sms=True, now=NOW)
    assert step.path == "/second-factor/recovery-code"
    still = await again(step.token)
    assert still.level == "password"
    assert still.pending["recovery_code"]
    assert await promised() == []
    with pytest.raises(UsedCode):
        await prove_authenticator(await session(database.anna), pyotp.TOTP(secret).at(NOW), sms=True, now=NOW)


async def test_a_wrong_code_adds_nothing_and_keeps_the_secret(database: Cast) -> None:
    half = await session(database.anna)
    await begin_authenticator(half)
    half = await reload(half)
    right = pyotp.TOTP(half.pending["totp"]).at(NOW)
    with pytest.raises(WrongCode):
        await add_authenticator(half, wrong(right), sms=True, now=NOW)
    assert await fetch_value("SELECT count(*) FROM factor") == 0
    await add_authenticator(await reload(half), right, sms=True, now=NOW)


async def test_the_password_alone_brings_no_factor_of_its_own(database: Cast) -> None:
    await give_app(database.anna)
    thief = await session(database.anna)
    await begin_authenticator(thief)
    thief = await reload(thief)
    with pytest.raises(ProveFirst):
        await add_authenticator(thief, pyotp.TOTP(thief.pending["totp"]).at(NOW), sms=True, now=NOW)
    assert await fetch_value("SELECT count(*) FROM factor") == 1


async def test_signed_in_one_more_takes_a_fresh_confirmation(database: Cast) -> None:
    await give_app(database.anna)
    inside = await session(database.anna, level="full")
    await begin_authenticator(inside)
    inside = await reload(inside)
    code = pyotp.TOTP(inside.pending["totp"]).at(NOW)
    with pytest.raises(ProveFirst):
        await add_authenticator(inside, code, sms=True, now=NOW)
    confirmed = await session(database.anna, level="full", confirmed=True)
    await begin_authenticator(confirmed)
    confirmed = await reload(confirmed)
    code = pyotp.TOTP(confirmed.pending["totp"]).at(NOW)
    step = await add_authenticator(confirmed, code, sms=True, now=NOW)
    assert (step.path, step.token) == ("/account/factors?said=added", None)
    assert (await reload(confirmed)).pending == {}
    assert await promised() == ["factor_added"]


async def test_without_a_secret_there_is_nothing_to_add(database: Cast) -> None:
    with pytest.raises(StartAgain):
        await add_authenticator(await session(database.anna), "123456", sms=True, now=NOW)

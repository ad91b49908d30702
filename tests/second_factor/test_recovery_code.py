"""The recovery code: shown until it is put away, used once, replaced."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pyotp
import pytest

from backend.audit.events import Event
from backend.foundation.database import execute, fetch, fetch_value
from backend.foundation.refusal import Refused
from backend.second_factor.after_proof import NextStep
from backend.second_factor.authenticator import prove_authenticator
from backend.second_factor.recovery_code import (
    begin_recovery_code,
    put_away,
    shown_code,
    use_recovery_code,
)
from backend.second_factor.refusals import StartAgain, UsedRecoveryCode, WrongRecoveryCode
from tests.cast import NOW, Cast
from tests.second_factor.steps import (
    RECOVERY_CODE,
    again,
    give_app,
    give_recovery_code,
    happened,
    promised,
    reload,
    session,
)


async def test_it_lets_in_by_way_of_a_new_one(database: Cast) -> None:
    await give_app(database.anna)
    await give_recovery_code(database.anna)
    half = await session(database.anna)
    typed = " " + RECOVERY_CODE.lower().replace("-", " ")
    step = await use_recovery_code(half, typed, sms=True, now=NOW, then="/dossiers")
    assert step.path == "/second-factor/recovery-code"
    assert await promised() == ["recovery_code_used"]
    waiting = await again(step.token)
    assert waiting.level == "password"
    new = shown_code(waiting)
    assert new and new != RECOVERY_CODE
    last = await put_away(waiting, now=NOW)
    assert last.path == "/dossiers"
    assert (await again(last.token)).level == "full"
    with pytest.raises(UsedRecoveryCode):
        await use_recovery_code(await session(database.anna), RECOVERY_CODE, sms=True, now=NOW)
    assert (await use_recovery_code(await session(database.anna), new, sms=True, now=NOW)).token


async def test_of_twenty_at_once_one_is_accepted(database: Cast) -> None:
    await give_app(database.anna)
    await give_recovery_code(database.anna)
    halves = [await session(database.anna) for _ in range(20)]
    outcomes = await asyncio.gather(
        *(
            use_recovery_code(half, RECOVERY_CODE, sms=True, now=NOW + timedelta(microseconds=place))
            for place, half in enumerate(halves)
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(outcome, NextStep) for outcome in outcomes) == 1
    assert all(isinstance(outcome, NextStep | Refused) for outcome in outcomes)
    assert await promised() == ["recovery_code_used"]


async def test_wrong_ones_and_those_of_others_are_wrong(database: Cast) -> None:
    await give_app(database.anna)
    await give_recovery_code(database.daan)
    with pytest.raises(WrongRecoveryCode):
        await use_recovery_code(await session(database.anna), RECOVERY_CODE, sms=True, now=NOW)
    assert await happened(Event.RECOVERY_CODE_FAILED) == 1
    assert await fetch_value("SELECT used_at FROM recovery_code") is None


async def test_only_its_hash_is_stored(database: Cast) -> None:
    inside = await session(database.anna, level="full", confirmed=True)
    await begin_recovery_code(inside)
    inside = await reload(inside)
    code = shown_code(inside)
    assert code
    await put_away(inside, now=NOW)
    everything = str(await fetch("SELECT * FROM recovery_code")) + str(await fetch("SELECT * FROM session"))
    assert code not in everything
    assert await fetch_value("SELECT length(code_hash) FROM recovery_code") == 32


async def test_the_old_one_works_until_the_new_one_is_put_away(database: Cast) -> None:
    await give_app(database.anna)
    await give_recovery_code(database.anna)
    inside = await session(database.anna, level="full", confirmed=True)
    await begin_recovery_code(inside)
    inside = await reload(inside)
    assert await fetch_value("SELECT replaced_at FROM recovery_code") is None
    step = await put_away(inside, now=NOW)
    assert (step.path, step.token) == ("/account/factors?said=code", None)
    assert await promised() == ["recovery_code_made"]
    with pytest.raises(UsedRecoveryCode):
        await use_recovery_code(await session(database.anna), RECOVERY_CODE, sms=True, now=NOW)


async def test_reloading_shows_the_same_code(database: Cast) -> None:
    inside = await session(database.anna, level="full", confirmed=True)
    await begin_recovery_code(inside)
    first = shown_code(await reload(inside))
    await begin_recovery_code(await reload(inside))
    assert shown_code(await reload(inside)) == first


async def test_finishing_twice_stores_one(database: Cast) -> None:
    inside = await session(database.anna, level="full", confirmed=True)
    await begin_recovery_code(inside)
    inside = await reload(inside)
    outcomes = await asyncio.gather(*(put_away(inside, now=NOW) for _ in range(10)), return_exceptions=True)
    assert sum(isinstance(outcome, NextStep) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, StartAgain) for outcome in outcomes) == 9
    assert await fetch_value("SELECT count(*) FROM recovery_code") == 1


async def test_without_a_stored_one_signing_in_leads_to_a_new_one(database: Cast) -> None:
    secret = await give_app(database.anna)
    half = await session(database.anna)
    step = await prove_authenticator(half, pyotp.TOTP(secret).at(NOW), sms=True, now=NOW, then="/dossiers")
    assert step.path == "/second-factor/recovery-code"
    waiting = await again(step.token)
    assert (waiting.level, waiting.person) == ("password", None)
    assert (await put_away(waiting, now=NOW)).path == "/dossiers"


async def test_a_stricter_employer_asks_for_another_factor_first(database: Cast) -> None:
    secret = await give_app(database.anna)
    await give_recovery_code(database.anna)
    await execute("UPDATE employer_settings SET allowed_factors = '{security_key}'")
    half = await session(database.anna)
    step = await prove_authenticator(half, pyotp.TOTP(secret).at(NOW), sms=True, now=NOW)
    assert step.path == "/second-factor"
    assert (await again(step.token)).level == "password"

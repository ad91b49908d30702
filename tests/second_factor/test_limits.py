"""Wrong codes: five in five minutes, twenty in an hour, fifty in a day, whatever is tried and from where."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pyotp
import pytest

from backend.audit.events import Event
from backend.foundation.database import fetch_value
from backend.second_factor.authenticator import prove_authenticator
from backend.second_factor.recovery_code import use_recovery_code
from backend.second_factor.refusals import TooManyTries, WrongCode, WrongRecoveryCode
from tests.cast import NOW, Cast
from tests.second_factor.steps import (
    RECOVERY_CODE,
    give_app,
    give_recovery_code,
    happened,
    session,
    wrong,
)

SECOND = timedelta(seconds=1)


async def test_after_five_wrong_ones_the_right_one_is_not_heard(database: Cast) -> None:
    secret = await give_app(database.anna)
    await give_recovery_code(database.anna)
    half = await session(database.anna)
    totp = pyotp.TOTP(secret)
    for second in range(5):
        with pytest.raises(WrongCode):
            await prove_authenticator(half, wrong(totp.at(NOW)), sms=True, now=NOW + second * SECOND)
    with pytest.raises(TooManyTries):
        await prove_authenticator(half, totp.at(NOW), sms=True, now=NOW + 6 * SECOND)
    with pytest.raises(TooManyTries):
        await use_recovery_code(half, RECOVERY_CODE, sms=True, now=NOW + 7 * SECOND)
    with pytest.raises(TooManyTries):
        await prove_authenticator(await session(database.anna), totp.at(NOW), sms=True, now=NOW + 8 * SECOND)
    assert await happened(Event.FACTOR_LIMITED) == 3
    later = NOW + timedelta(minutes=6)
    assert (await prove_authenticator(half, totp.at(later), sms=True, now=later)).token


async def test_right_ones_use_nothing_up(database: Cast) -> None:
    secret = await give_app(database.anna)
    await give_recovery_code(database.anna)
    for step in range(12):
        now = NOW + step * 30 * SECOND
        await prove_authenticator(
            await session(database.anna, now=now), pyotp.TOTP(secret).at(now), sms=True, now=now
        )


async def test_a_thousand_wrong_codes(database: Cast) -> None:
    """Spread over a day, and many at once: no more than the limits are judged."""
    await give_app(database.anna)
    await give_recovery_code(database.anna)
    half = await session(database.anna)
    gap = timedelta(hours=24) / 1000
    judged = 0
    for start in range(0, 1000, 20):
        outcomes = await asyncio.gather(
            *(use_recovery_code(half, "WRONG", sms=True, now=NOW + (start + n) * gap) for n in range(20)),
            return_exceptions=True,
        )
        assert all(isinstance(outcome, TooManyTries | WrongRecoveryCode) for outcome in outcomes)
        judged += sum(isinstance(outcome, WrongRecoveryCode) for outcome in outcomes)
    assert judged <= 50
    assert await happened(Event.RECOVERY_CODE_FAILED) == judged
    assert await fetch_value("SELECT used_at FROM recovery_code") is None


async def test_one_persons_wrong_codes_stop_nobody_else(database: Cast) -> None:
    secret = await give_app(database.daan)
    await give_app(database.anna)
    half = await session(database.anna)
    for second in range(6):
        with pytest.raises((WrongCode, TooManyTries)):
            await prove_authenticator(half, "000000", sms=True, now=NOW + second * SECOND)
    assert await prove_authenticator(
        await session(database.daan), pyotp.TOTP(secret).at(NOW), sms=True, now=NOW
    )

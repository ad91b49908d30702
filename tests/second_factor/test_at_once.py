"""Two devices of one account at the same moment: first the account, then what is its own."""

from __future__ import annotations

import pyotp
import pytest

from backend.accounts.change_password import change_password
from backend.accounts.sign_in import sign_in
from backend.foundation.database import execute, fetch_value
from backend.foundation.refusal import NotFound, Refused
from backend.second_factor.authenticator import add_authenticator, begin_authenticator
from backend.second_factor.refusals import NotAllowed, StartAgain
from backend.second_factor.remove_factor import remove_factor
from backend.second_factor.reset_factors import reset_factors
from backend.second_factor.send_code import send_to_factor, send_to_new_phone
from backend.second_factor.sms import add_phone
from backend.telling.subscription import Subscription
from backend.telling.turn_on import turn_on
from tests.cast import NOW, PASSWORD, Cast, person_of
from tests.gateways.push_service import Browser
from tests.meanwhile import meanwhile
from tests.second_factor.steps import PHONE, give, give_app, reload, sent_codes, session

NEW, OTHER = "vier losse woorden achter elkaar", "vier heel andere woorden na elkaar"
TAKEN = "SELECT FROM account WHERE id = $1 FOR UPDATE"
END = "UPDATE session SET ended_at = $2 WHERE account = $1"


async def test_signing_in_again_while_every_device_is_signed_out(database: Cast) -> None:
    before, anna = await session(database.anna), database.anna.account
    again = sign_in(
        database.anna.email, PASSWORD, now=NOW, address="192.0.2.1", agent="x", device=None, before=before
    )
    async with meanwhile(execute(TAKEN, anna), again):
        await execute(END, anna, NOW)
    assert await fetch_value("SELECT count(*) FROM session WHERE ended_at IS NULL") == 1


async def test_the_old_password_opens_nothing_that_comes_after_the_new(database: Cast) -> None:
    anna = await person_of(database.anna)
    late = sign_in(database.anna.email, PASSWORD, now=NOW, address="192.0.2.1", agent="x", device=None)
    with pytest.raises(ExceptionGroup) as refused:
        async with meanwhile(change_password(anna, NEW, now=NOW), late):
            pass
    assert refused.group_contains(Refused)
    assert await fetch_value("SELECT count(*) FROM session WHERE ended_at IS NULL") == 1


async def test_a_device_that_was_just_signed_out_chooses_no_password(database: Cast) -> None:
    phone, laptop = await person_of(database.anna), await person_of(database.anna)
    with pytest.raises(ExceptionGroup) as refused:
        async with meanwhile(change_password(phone, NEW, now=NOW), change_password(laptop, OTHER, now=NOW)):
            stored = await fetch_value("SELECT password_hash FROM account WHERE id = $1", phone.account_id)
    assert refused.group_contains(NotFound)
    assert await fetch_value("SELECT password_hash FROM account WHERE id = $1", phone.account_id) == stored


async def test_pushes_are_turned_on_while_the_device_is_signed_out(database: Cast) -> None:
    anna, browser = await person_of(database.anna), Browser("https://fcm.googleapis.com/fcm/send/one")
    pushes = turn_on(anna, Subscription(**browser.form()), now=NOW)
    with pytest.raises(ExceptionGroup) as ended:
        async with meanwhile(execute(TAKEN, anna.account_id), pushes):
            await execute(END, anna.account_id, NOW)
    assert ended.group_contains(NotFound)
    assert await fetch_value("SELECT count(*) FROM push_subscription") == 0


async def test_a_phone_is_added_while_everything_is_reset(database: Cast) -> None:
    half, anna = await session(database.anna), database.anna.account
    await send_to_new_phone(half, PHONE, sms=True, now=NOW)
    (code,) = await sent_codes()
    async with meanwhile(execute(TAKEN, anna), add_phone(half, code, sms=True, now=NOW)):
        await execute("SELECT FROM sms_code WHERE account = $1 FOR UPDATE", anna)
    assert await fetch_value("SELECT count(*) FROM factor") == 1


async def test_a_device_that_a_reset_signed_out_adds_nothing(database: Cast) -> None:
    half = await session(database.anna)
    await begin_authenticator(half)
    half = await reload(half)
    code = pyotp.TOTP(half.pending["totp"]).at(NOW)
    with pytest.raises(ExceptionGroup) as ended:
        async with meanwhile(
            reset_factors(database.anna.email, now=NOW), add_authenticator(half, code, sms=True, now=NOW)
        ):
            pass
    assert ended.group_contains(StartAgain)
    assert await fetch_value("SELECT count(*) FROM factor") == 0


async def test_a_code_is_asked_for_a_phone_that_is_being_removed(database: Cast) -> None:
    phone = await give(database.anna, "sms", PHONE)
    await give_app(database.anna)
    full, half = await session(database.anna, level="full", confirmed=True), await session(database.anna)
    gone = remove_factor(full, phone, sign_out_others=False, sms=True, now=NOW)
    with pytest.raises(ExceptionGroup) as refused:
        async with meanwhile(gone, send_to_factor(half, phone, sms=True, now=NOW)):
            pass
    assert refused.group_contains(NotAllowed)
    assert await sent_codes() == []

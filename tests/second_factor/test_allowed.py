"""Which kinds a person may choose, and which prove them."""

from __future__ import annotations

import pytest

from backend.foundation.database import execute
from backend.second_factor.kinds import Kind
from backend.second_factor.phone import masked, read_mobile
from backend.second_factor.queries import allowed, standing_of
from tests.cast import NOW, Cast
from tests.second_factor.steps import PHONE, give, give_app, session

KEY, APP, SMS = Kind.SECURITY_KEY, Kind.AUTHENTICATOR, Kind.SMS


@pytest.mark.parametrize(
    ("rules", "sms", "kinds"),
    [
        ([], True, (KEY, APP, SMS)),
        ([["sms", "authenticator", "security_key"]], True, (KEY, APP, SMS)),
        ([["sms", "authenticator", "security_key"]], False, (KEY, APP)),
        ([["authenticator"]], True, (APP,)),
        ([["sms"]], True, (APP, SMS)),
        ([["sms"]], False, (APP,)),
        ([["sms", "security_key"], ["security_key", "authenticator"]], True, (KEY,)),
        ([["sms", "authenticator"], ["security_key"]], True, (APP,)),
        ([[""]], True, (APP,)),
    ],
)
def test_every_employer_has_a_say_and_sms_is_never_alone(
    rules: list[list[str]], sms: bool, kinds: tuple[Kind, ...]
) -> None:
    assert allowed(rules, sms=sms) == kinds


async def test_two_jobs_have_two_employers_to_please(database: Cast) -> None:
    await execute(
        "UPDATE employer_settings SET allowed_factors = '{security_key}' WHERE employer = $1", database.school
    )
    assert (await standing_of(await session(database.fien), sms=True)).allowed == (KEY,)
    assert (await standing_of(await session(database.anna), sms=True)).allowed == (KEY, APP, SMS)


@pytest.mark.parametrize(("ended_on", "kinds"), [("2999-01-01", (APP,)), ("2020-01-01", (KEY, APP, SMS))])
async def test_where_a_role_is_held_its_employer_has_a_say(
    database: Cast, ended_on: str, kinds: tuple[Kind, ...]
) -> None:
    await execute("UPDATE employer_settings SET allowed_factors = '{authenticator}'")
    await execute("DELETE FROM employment WHERE account = $1", database.bram.account)
    await execute(f"UPDATE role_holder SET ended_on = '{ended_on}' WHERE account = $1", database.bram.account)
    assert (await standing_of(await session(database.bram), sms=True)).allowed == kinds


async def test_the_last_used_comes_first_and_what_is_not_allowed_proves_nothing(database: Cast) -> None:
    await give_app(database.anna)
    await give(database.anna, "sms", PHONE, used_at=NOW.replace(hour=10))
    half = await session(database.anna)
    assert (await standing_of(half, sms=True)).kinds == (SMS, APP)
    await execute("UPDATE employer_settings SET allowed_factors = '{authenticator}'")
    assert (await standing_of(half, sms=True)).kinds == (APP,)


async def test_a_stricter_employer_locks_nobody_out(database: Cast) -> None:
    await give(database.anna, "sms", PHONE)
    await execute("UPDATE employer_settings SET allowed_factors = '{authenticator}'")
    standing = await standing_of(await session(database.anna), sms=True)
    assert standing.must_add
    assert standing.kinds == (SMS,)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("06 12345678", PHONE),
        ("06-12 34 56 78", PHONE),
        ("+31 6 12345678", PHONE),
        ("0031612345678", PHONE),
        ("0470 12 34 56", "+32470123456"),
        ("+32 470 12 34 56", "+32470123456"),
        ("+49 1512 3456789", "+4915123456789"),
    ],
)
def test_mobile_numbers_are_read_as_people_write_them(typed: str, number: str) -> None:
    assert read_mobile(typed) == number


@pytest.mark.parametrize("typed", ["038 123 45 67", "12345", "twaalf", "0900 1234", "+31 38 1234567", "+"])
def test_what_cannot_receive_an_sms_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="mobiel nummer"):
        read_mobile(typed)


def test_a_number_is_shown_without_its_middle() -> None:
    assert masked(PHONE) == "06 ••••••78"

"""Guessing is stopped, and nobody can lock out somebody else."""

from __future__ import annotations

from datetime import datetime, timedelta

from backend.limits.passwords import known_device, try_password
from tests.cast import NOW, Cast

HOME, OFFICE = "192.0.2.7", "192.0.2.200"


async def let_in(
    tries: int, username: str = "anna@voorbeeld.example", address: str = HOME, device: str | None = None,
    now: datetime = NOW,
) -> int:  # fmt: skip
    """How many of so many wrong passwords reach the hash."""
    found = 0
    for number in range(tries):
        moment = now + timedelta(milliseconds=number)
        found += await try_password(username, address, device=device, now=moment) is not None
    return found


async def test_of_a_thousand_wrong_passwords_from_one_place_ten_reach_the_hash_at_most(
    database: Cast,
) -> None:
    assert await let_in(500) == 5
    assert sum([await let_in(10, f"person{number}@voorbeeld.example") for number in range(50)]) == 5


async def test_of_a_thousand_from_a_thousand_places_ten_reach_the_hash(database: Cast) -> None:
    reached = [await let_in(1, address=f"198.51.{n // 250}.{n % 250}") for n in range(1000)]
    assert sum(reached) == 10


async def test_the_right_password_from_elsewhere_still_works(database: Cast) -> None:
    await let_in(500)
    assert await let_in(1, address=OFFICE) == 1


async def test_a_device_that_signed_in_before_works_whoever_guesses(database: Cast) -> None:
    for n in range(50):
        await let_in(1, address=f"198.51.100.{n}")
    assert await let_in(1, address=OFFICE) == 0
    device = known_device("Anna@voorbeeld.example")
    assert await let_in(1, address=HOME, device=device) == 1
    assert await let_in(100, address=HOME, device=device) == 9


async def test_a_device_is_known_for_its_own_person_only(database: Cast) -> None:
    await let_in(20, address=HOME)
    await let_in(20, address=OFFICE)
    other = known_device("eva@voorbeeld.example")
    for device in (other, "", "nonsense", "é", other[:-4] + "AAA="):
        assert await let_in(1, address="203.0.113.9", device=device) == 0


async def test_right_passwords_use_up_nothing(database: Cast) -> None:
    for second in range(100):
        moment = NOW + timedelta(seconds=second)
        counted = await try_password("anna@voorbeeld.example", HOME, device=None, now=moment)
        assert counted
        await counted.right()


async def test_one_household_is_one_address_in_ipv6(database: Cast) -> None:
    reached = [await let_in(1, f"p{n}@voorbeeld.example", f"2001:db8:1:2::{n:x}") for n in range(30)]
    assert sum(reached) == 10
    assert await let_in(1, "someone@voorbeeld.example", "2001:db8:1:3::1") == 1

"""A strict sliding window that counts before judging."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from backend.foundation.database import close_pool, fetch_value, open_pool, transaction
from backend.limits.forget_old import forget_old_attempts
from backend.limits.take import Limit, forget, give_back, take, take_within, wait_of
from backend.limits.too_often import TooOften, take_or_refuse
from tests.cast import NOW, Cast

FIVE = Limit(5, 300)


def later(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


async def test_the_sixth_try_is_refused_until_the_first_is_old(database: Cast) -> None:
    taken = [await take("a", FIVE, now=NOW + later(second)) for second in range(6)]
    assert taken == [True] * 5 + [False]
    assert not await take("a", FIVE, now=NOW + later(299))
    assert await take("a", FIVE, now=NOW + later(300))
    assert not await take("a", FIVE, now=NOW + later(300.5))
    assert await take("b", FIVE, now=NOW)


async def test_a_refused_try_does_not_prolong_the_wait(database: Cast) -> None:
    for second in range(0, 300, 5):
        await take("a", FIVE, now=NOW + later(second))
    assert await take("a", FIVE, now=NOW + later(301))


async def test_of_twenty_tries_at_once_five_are_let_in(database: Cast) -> None:
    taken = await asyncio.gather(*(take("a", FIVE, now=NOW + later(n / 1000)) for n in range(20)))
    assert sum(taken) == 5


async def test_every_limit_must_allow_it(database: Cast) -> None:
    limits = (Limit(1, 60), Limit(3, 3600))
    taken = [await take("sms", *limits, now=NOW + later(minute * 61)) for minute in range(5)]
    assert taken == [True, True, True, False, False]
    assert await take("sms", *limits, now=NOW + later(3601))


async def test_a_right_try_is_given_back(database: Cast) -> None:
    for second in range(20):
        assert await take("a", Limit(1, 300), now=NOW + later(second))
        await give_back("a", now=NOW + later(second))


async def test_forgotten_tries_count_no_more(database: Cast) -> None:
    for _ in range(6):
        await take("a", FIVE, now=NOW)
    await forget("a")
    assert await take("a", FIVE, now=NOW)


async def test_it_refuses_to_count_inside_a_transaction(database: Cast) -> None:
    with pytest.raises(RuntimeError):
        async with transaction():
            await take("a", FIVE, now=NOW)


async def test_it_fails_closed_when_the_database_is_away(database: Cast) -> None:
    await close_pool()
    await open_pool("postgresql://nobody@/none?host=/nonexistent")
    with pytest.raises((OSError, TimeoutError)):
        await take("a", FIVE, now=NOW)


@pytest.mark.parametrize("key", ["x" * 300, "nul\x00", "half \ud800", "é" * 250])
async def test_any_key_a_visitor_types_is_counted(database: Cast, key: str) -> None:
    assert await take(key, Limit(1, 60), now=NOW)
    assert not await take(key, Limit(1, 60), now=NOW)
    assert await take(key + "other", Limit(1, 60), now=NOW)


async def test_old_tries_are_thrown_away(database: Cast) -> None:
    await take("old", FIVE, now=NOW - timedelta(days=1, seconds=1))
    await take("fresh", FIVE, now=NOW)
    await take("empty", FIVE, now=NOW)
    await give_back("empty", now=NOW)
    assert await forget_old_attempts(now=NOW) == 2
    assert await fetch_value("SELECT string_agg(key, ' ') FROM attempts") == "fresh"


async def test_how_long_to_wait_is_until_every_limit_has_room(database: Cast) -> None:
    hour = Limit(6, 3600)
    assert await wait_of("a", FIVE, now=NOW) == later(0)
    for second in range(5):
        await take("a", FIVE, hour, now=NOW + later(second))
    assert await wait_of("a", FIVE, hour, now=NOW + later(10)) == later(290)
    assert await wait_of("a", FIVE, hour, now=NOW + later(300)) == later(0)
    assert await take("a", FIVE, hour, now=NOW + later(300))
    assert await wait_of("a", FIVE, hour, now=NOW + later(300)) == later(3300)


async def test_a_refusal_says_in_words_and_minutes_when_to_come_back(database: Cast) -> None:
    await take_or_refuse("a", Limit(1, 300), now=NOW, message="%(when)s")
    for second, words, seconds in ((0, "over 5 minuten", 300), (181, "over 2 minuten", 120),
                                   (299, "over een minuut", 60)):  # fmt: skip
        with pytest.raises(TooOften) as refused:
            await take_or_refuse("a", Limit(1, 300), now=NOW + later(second), message="%(when)s")
        assert (refused.value.params, refused.value.seconds) == ({"when": words}, seconds)
    await take_or_refuse("b", Limit(1, 86400), now=NOW, message="%(when)s")
    with pytest.raises(TooOften) as refused:
        await take_or_refuse("b", Limit(1, 86400), now=NOW + later(5), message="%(when)s")
    assert refused.value.params == {"when": "over 24 uur"}


async def test_a_deed_counts_with_what_it_writes_and_not_when_that_is_undone(database: Cast) -> None:
    once = Limit(1, 300)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            async with transaction():
                assert await take_within("a", once, now=NOW)
                raise ZeroDivisionError
    async with transaction():
        assert await take_within("a", once, now=NOW)
    async with transaction():
        assert not await take_within("a", once, now=NOW)
        assert await wait_of("a", once, now=NOW) == later(300)


async def test_of_twenty_deeds_at_once_five_are_let_in(database: Cast) -> None:
    async def deed(n: int) -> bool:
        async with transaction():
            return await take_within("a", FIVE, now=NOW + later(n / 1000))

    assert sum(await asyncio.gather(*(deed(n) for n in range(20)))) == 5


async def test_a_deed_outside_a_transaction_is_a_mistake(database: Cast) -> None:
    with pytest.raises(RuntimeError):
        await take_within("a", FIVE, now=NOW)

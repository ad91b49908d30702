"""Whoever runs the service does something twice at once, or while people write."""

from __future__ import annotations

import asyncio
from contextvars import copy_context

import pytest

from backend.accounts.change_username import change_username
from backend.dossier.publish import publish
from backend.foundation.database import execute, fetch_value, transaction
from backend.foundation.refusal import Refused
from backend.limits.forget_old import LONGEST, forget_old_attempts
from backend.limits.take import Limit, take
from backend.organisations.give_access import give_access
from backend.organisations.set_up import set_up
from tests.cast import NOW, Cast, person_of
from tests.meanwhile import meanwhile
from tests.organisations.test_set_up import COUNT, FILE
from tests.sickleave.steps import falls_sick


async def test_a_file_that_is_set_up_twice_at_once_makes_everybody_once(database: Cast) -> None:
    async with meanwhile(set_up(FILE), set_up(FILE)):
        everybody = await fetch_value(COUNT)
    assert await fetch_value(COUNT) == everybody


async def test_somebody_is_given_access_while_they_are_asked_to_do_something(database: Cast) -> None:
    await falls_sick(database.anna)
    await execute("UPDATE role_holder SET account = NULL WHERE id = $1", database.carla)
    dossier = await fetch_value("SELECT id FROM dossier")
    asks = publish(dossier, "action", now=NOW, author_name="x", title="x")
    async with meanwhile(asks, give_access("carla@arborust.example", now=NOW)):
        await execute(
            "INSERT INTO action (entry, assignee, assignee_role, due_on)"
            " SELECT id, $1, 'case_manager', $2 FROM entry WHERE title = 'x'",
            database.carla, NOW.date(),
        )  # fmt: skip
    assert await fetch_value("SELECT account FROM role_holder WHERE id = $1", database.carla)


async def test_two_who_take_each_others_user_name_are_both_refused(database: Cast) -> None:
    anna, outside = await person_of(database.anna), copy_context()
    rename = "UPDATE account SET username = $2 WHERE id = $1"
    async with transaction():
        await execute(rename, database.bram.account, "nieuw")
        takes = change_username(anna, database.bram.email, now=NOW)
        with pytest.raises(Refused):
            await asyncio.create_task(takes, context=outside)


async def test_old_tries_that_somebody_counts_on_are_left_for_the_next_hour(database: Cast) -> None:
    for key in ("one", "two"):
        await take(key, Limit(1, 60), now=NOW)
    outside, later = copy_context(), NOW + 2 * LONGEST
    async with transaction():
        await execute("SELECT FROM attempts WHERE key = 'two' FOR NO KEY UPDATE")
        assert await asyncio.create_task(forget_old_attempts(now=later), context=outside) == 1
    assert await forget_old_attempts(now=later) == 1

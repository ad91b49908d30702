"""The same form twice at once, and replayed."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from backend.foundation import encryption
from backend.foundation.database import execute, fetch_value
from backend.foundation.tokens import new_id
from backend.idempotency.answered import AnotherBody, once
from backend.idempotency.forget_old import forget_old_answers
from backend.settings import Settings
from tests.cast import NOW, Cast
from tests.until import until

WAIT = """
SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
"""
BODY = {"first_sick_day": "2026-11-16", "worked_hours": "0"}


class Counted:
    """A verb that writes a row and counts how often it ran. With `at_once` the first goes on only when so
    many others wait for it."""

    def __init__(self, fails: int = 0, at_once: int = 0) -> None:
        self.runs, self.fails, self.at_once = 0, fails, at_once

    async def __call__(self) -> str:
        self.runs += 1
        await execute("INSERT INTO audit_event (id, at, event) VALUES ($1, $2, 'tested')", new_id(), NOW)
        if self.runs == 1:
            await until(self._all_wait, f"{self.at_once} others wait")
        if self.runs <= self.fails:
            raise ValueError("no")
        return f"/dossiers/{self.runs}"

    async def _all_wait(self) -> bool:
        return bool(await fetch_value(WAIT) == self.at_once)


async def written() -> int:
    count: int = await fetch_value("SELECT count(*) FROM audit_event WHERE event = 'tested'")
    return count


def account_of(cast: Cast) -> UUID:
    assert cast.anna.account
    return cast.anna.account


async def test_twenty_at_once_run_once_and_get_one_answer(database: Cast) -> None:
    key, do = new_id(), Counted(at_once=19)
    answers = await asyncio.gather(*(once(account_of(database), key, BODY, NOW, do) for _ in range(20)))
    assert do.runs == 1
    assert await written() == 1
    assert {location for location, _earlier in answers} == {"/dossiers/1"}
    assert sorted(earlier for _location, earlier in answers) == [False] + [True] * 19


async def test_a_replay_gets_the_earlier_answer(database: Cast) -> None:
    key, do = new_id(), Counted()
    assert await once(account_of(database), key, BODY, NOW, do) == ("/dossiers/1", False)
    assert await once(account_of(database), key, dict(reversed(BODY.items())), NOW, do) == (
        "/dossiers/1",
        True,
    )


async def test_another_body_or_person_with_the_same_key_is_refused(database: Cast) -> None:
    key, do = new_id(), Counted()
    await once(account_of(database), key, BODY, NOW, do)
    assert database.eva.account
    for account, body in ((account_of(database), BODY | {"worked_hours": "4"}), (database.eva.account, BODY)):
        with pytest.raises(AnotherBody):
            await once(account, key, body, NOW, do)
    assert do.runs == 1


async def test_what_failed_leaves_nothing_and_may_be_tried_again(database: Cast) -> None:
    key, do = new_id(), Counted(fails=1)
    with pytest.raises(ValueError, match="no"):
        await once(account_of(database), key, BODY, NOW, do)
    assert await written() == 0
    assert await once(account_of(database), key, BODY | {"worked_hours": "4"}, NOW, do) == (
        "/dossiers/2",
        False,
    )
    assert await written() == 1


async def test_when_the_first_of_two_at_once_fails_the_second_takes_over(database: Cast) -> None:
    key, do = new_id(), Counted(fails=1, at_once=1)
    answers = await asyncio.gather(
        *(once(account_of(database), key, BODY, NOW, do) for _ in range(2)), return_exceptions=True
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["ValueError", "tuple"]
    assert await written() == 1


async def test_a_replay_is_known_after_the_keys_were_rotated(database: Cast, settings: Settings) -> None:
    key, do = new_id(), Counted()
    await once(account_of(database), key, BODY, NOW, do)
    encryption.use((b"newer" * 8, *settings.secret_keys))
    assert await once(account_of(database), key, BODY, NOW, do) == ("/dossiers/1", True)


async def test_answers_are_kept_for_seven_days(database: Cast) -> None:
    for days in (6, 8):
        await once(account_of(database), new_id(), BODY, NOW - timedelta(days=days), Counted())
    assert await forget_old_answers(now=NOW) == 1

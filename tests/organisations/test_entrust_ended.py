"""Whose work has ended sees nothing more, is entrusted with nothing, and entrusts nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend.foundation.database import execute, fetch_value
from backend.foundation.refusal import NotFound
from backend.organisations.entrust import entrust, withdraw_trust
from backend.organisations.entrusted import pairs
from tests.cast import NOW, Cast, person_of
from tests.organisations.test_entrust import medical_note, seen

TODAY = NOW.date()


async def ends(cast: Cast, name: str, days: int = 0) -> None:
    """The last day of the role was the day before."""
    await execute(
        "UPDATE role_holder SET ended_on = $1 WHERE account = $2",
        TODAY + timedelta(days=days), cast.helpers[name].account,
    )  # fmt: skip


async def entrusted() -> int:
    """How many case managers see the medical part somewhere."""
    found: int = await fetch_value("SELECT count(*) FROM medical_delegation")
    return found


async def test_a_case_manager_whose_work_has_ended_is_entrusted_with_nothing(database: Cast) -> None:
    dirk = await person_of(database.helpers["dirk"])
    await ends(database, "carla")
    with pytest.raises(NotFound):
        await entrust(dirk, database.carla, database.bakery, now=NOW)
    assert await pairs(dirk, now=NOW) == []
    assert await entrusted() == 0


async def test_one_whose_work_still_has_a_day_to_go_is_entrusted(database: Cast) -> None:
    await ends(database, "carla", days=1)
    await entrust(await person_of(database.helpers["dirk"]), database.carla, database.bakery, now=NOW)
    assert await entrusted() == 1


async def test_what_was_entrusted_shows_nothing_once_the_work_ended_and_can_still_be_taken_back(
    database: Cast,
) -> None:
    dirk, anna = await person_of(database.helpers["dirk"]), await medical_note(database)
    await entrust(dirk, database.carla, database.bakery, now=NOW)
    assert await seen(database, anna) == 1
    await ends(database, "carla")
    assert await seen(database, anna) == 0
    await withdraw_trust(dirk, database.carla, database.bakery, now=NOW)
    assert await entrusted() == 0


async def test_a_doctor_whose_work_has_ended_entrusts_and_takes_back_nothing(database: Cast) -> None:
    await entrust(await person_of(database.helpers["dirk"]), database.carla, database.bakery, now=NOW)
    await ends(database, "dirk")
    dirk = await person_of(database.helpers["dirk"])
    for verb in (entrust, withdraw_trust):
        with pytest.raises(NotFound):
            await verb(dirk, database.carla, database.bakery, now=NOW)
    assert await pairs(dirk, now=NOW) == []
    assert await entrusted() == 1

"""A role ends at midnight where the employer is, for what is read and for what is mailed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from backend.access.roles import still_held
from backend.foundation.database import execute, fetch_value
from tests.cast import Cast, person_of

LAST_HOUR = datetime(2026, 6, 30, 21, 30, tzinfo=UTC)
"""Half past eleven in the evening in Amsterdam, on the last day."""
AFTER = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
"""Half an hour into the first of July there; in London it is still June."""
ENDS = date(2026, 7, 1)


@pytest.mark.parametrize("name", ["wim", "carla", "dirk"])
async def test_a_role_ends_at_midnight_there(database: Cast, name: str) -> None:
    helper = database.helpers[name]
    await execute("UPDATE role_holder SET ended_on = $2 WHERE account = $1", helper.account, ENDS)
    assert (await person_of(helper, now=LAST_HOUR)).positions
    assert not (await person_of(helper, now=AFTER)).positions


async def test_elsewhere_it_ends_at_their_midnight(database: Cast) -> None:
    wim = database.helpers["wim"]
    await execute("UPDATE role_holder SET ended_on = $2 WHERE account = $1", wim.account, ENDS)
    await execute("UPDATE employer SET time_zone = 'Europe/London' WHERE id = $1", database.school)
    assert (await person_of(wim, now=AFTER)).positions


async def test_mails_go_by_the_same_midnight(database: Cast) -> None:
    await execute("UPDATE role_holder SET ended_on = $2 WHERE id = $1", database.wim, ENDS)
    held = f"SELECT {still_held('$2::timestamptz')} FROM role_holder r WHERE r.id = $1"
    assert await fetch_value(held, database.wim, LAST_HOUR)
    assert not await fetch_value(held, database.wim, AFTER)

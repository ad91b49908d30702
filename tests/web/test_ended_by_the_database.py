"""Two who wait for each other in a circle: PostgreSQL ends one of them, whose statement did nothing."""

from __future__ import annotations

import pytest

from backend.foundation.database import execute, fetch_value
from tests.cast import Cast
from tests.conftest import Client
from tests.sickleave.steps import counts
from tests.sickleave.test_pages import filled_in

ENDED = """
CREATE FUNCTION end_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION USING ERRCODE = '{}';
END $$
"""
FIRST = "CREATE TRIGGER end_it BEFORE INSERT ON message FOR EACH ROW EXECUTE FUNCTION end_it()"


@pytest.mark.parametrize("code", ["40P01", "40001"])
async def test_who_is_ended_is_asked_to_try_again(database: Cast, client_of: Client, code: str) -> None:
    await execute(ENDED.format(code))
    await execute(FIRST)
    anna = await client_of(database.anna)
    before = await counts()
    assert database.anna.employment
    form = filled_in(database.anna.employment)
    for accepted in ("text/html", "application/json"):
        answer = await anna.post("/absence/report", data=form, headers={"Accept": accepted})
        assert answer.status_code == 503
        assert "Probeer het over een minuut opnieuw" in answer.text
    assert await counts() == before
    await execute("DROP TRIGGER end_it ON message")
    assert (await anna.post("/absence/report", data=form)).status_code in (200, 303)
    assert await fetch_value("SELECT count(*) FROM spell") == 1

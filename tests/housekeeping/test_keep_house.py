"""What is past its time goes, and nothing else."""

from __future__ import annotations

from datetime import timedelta

from backend.foundation.database import execute, fetch, fetch_value
from backend.foundation.tokens import new_id, token_hash
from backend.housekeeping import keep_house
from tests.cast import NOW, Cast, session_of


async def count(table: str) -> int:
    found: int = await fetch_value(f"SELECT count(*) FROM {table}")
    return found


async def code_of(session: object, at: timedelta) -> None:
    await execute(
        "INSERT INTO sms_code (id, account, session, phone, code_hash, sent_at, expires_at)"
        " SELECT $1, account, id, $3, $3, $4, $4 FROM session WHERE id = $2",
        new_id(), session, b"x", NOW + at,
    )  # fmt: skip


async def test_an_old_session_goes_with_its_codes(database: Cast) -> None:
    await session_of(database.anna, now=NOW - timedelta(days=40))
    old = await fetch_value("SELECT id FROM session")
    await code_of(old, timedelta(days=-40))
    await session_of(database.anna, now=NOW)
    (fresh,) = (row["id"] for row in await fetch("SELECT id FROM session WHERE id <> $1", old))
    await code_of(fresh, timedelta(minutes=10))
    kept = await keep_house(now=NOW)
    assert (kept["codes"], kept["sessions"]) == (1, 1)
    assert (await count("session"), await count("sms_code")) == (1, 1)


async def test_a_session_that_was_ended_goes_after_a_day(database: Cast) -> None:
    await session_of(database.anna, now=NOW)
    await execute("UPDATE session SET ended_at = $1", NOW)
    assert (await keep_house(now=NOW + timedelta(hours=23)))["sessions"] == 0
    assert (await keep_house(now=NOW + timedelta(hours=25)))["sessions"] == 1


async def test_an_old_link_for_a_new_password_goes(database: Cast) -> None:
    for number, days in enumerate((0, 2)):
        await execute(
            "INSERT INTO password_reset (id, account, token_hash, created_at, expires_at)"
            " VALUES ($1, $2, $3, $4, $4)",
            new_id(), database.anna.account, token_hash(str(number)), NOW - timedelta(days=days),
        )  # fmt: skip
    await keep_house(now=NOW)
    assert await count("password_reset") == 1


async def test_people_and_what_happened_stay(database: Cast) -> None:
    before = await count("account"), await count("employment"), await count("audit_event")
    await keep_house(now=NOW + timedelta(days=3650))
    assert (await count("account"), await count("employment"), await count("audit_event")) == before

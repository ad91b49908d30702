"""The command line, from migrating to inviting."""

from __future__ import annotations

import asyncio

import pytest

from backend import cli
from backend.foundation.database import execute, fetch_value
from tests.cast import Cast


async def test_migrating_again_and_at_once_is_quiet(
    database: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    await asyncio.gather(cli.migrate(), cli.migrate())
    assert capsys.readouterr().out == ""
    assert await fetch_value("SELECT count(*) FROM migration") >= 1


async def test_an_address_is_invited_whatever_its_capitals(
    database: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    await cli.invite(f" {database.gijs.email.upper()} ")
    assert "1 invited" in capsys.readouterr().out
    assert await fetch_value("SELECT count(*) FROM message WHERE notice = 'invitation'") == 1


async def test_nobody_is_invited_who_has_access(database: Cast) -> None:
    with pytest.raises(SystemExit, match="Nobody"):
        await cli.invite(database.anna.email)


async def test_somebody_who_left_is_not_invited(database: Cast) -> None:
    await execute("UPDATE employment SET left_on = '2025-01-01' WHERE id = $1", database.gijs.employment)
    with pytest.raises(SystemExit):
        await cli.invite(database.gijs.email)
    assert not await fetch_value("SELECT count(*) FROM invitation")


def test_a_missing_setting_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("BETERSCHAP_ENV", "DATABASE_URL", "SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    assert cli.main(["migrate"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("beterschap: ")
    assert said.count("\n") == 1

"""The command line, from migrating to inviting."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from backend import cli
from backend.foundation.database import execute, fetch_value
from backend.outbox.add import add
from tests.cast import NOW, Cast


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


async def test_who_left_one_job_is_invited_for_the_other(
    database: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    await execute(
        "INSERT INTO employment (id, employer, first_name, last_name, email, birth_date, left_on, job,"
        " personnel_number) SELECT '00000000-0000-4000-8000-000000000000', employer, first_name, last_name,"
        " email, birth_date, '2025-01-01', '', '' FROM employment WHERE id = $1",
        database.gijs.employment,
    )
    await cli.invite(database.gijs.email)
    said = capsys.readouterr().out
    assert "1 invited" in said and "This employee has left" in said
    assert await fetch_value("SELECT employment FROM invitation") == database.gijs.employment


def test_an_employer_without_a_name_is_no_person(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    async def heard(employer: str) -> None:
        asked.append(employer)

    async def connected(_settings: object, command: Callable[[], Awaitable[object]]) -> None:
        await command()

    monkeypatch.setattr(cli, "invite_everybody", heard)
    monkeypatch.setattr(cli, "_connected", connected)
    monkeypatch.setattr(cli, "load", lambda: None)
    cli.main(["invite", "--employer", ""])
    assert asked == [""]


async def test_everybody_of_an_employer_is_invited_once_and_the_others_are_named(
    database: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, change in (
        ("daan", "email = NULL"),
        ("ilse", "birth_date = NULL"),
        ("fien", "left_on = '2025-1-1'"),
    ):
        member = getattr(database, name)
        await execute(f"UPDATE employment SET account = NULL, {change} WHERE id = $1", member.employment)
    await cli.invite_everybody(" bakkerij de korenaar ")
    said = capsys.readouterr().out
    assert "1 invited, 4 skipped." in said
    assert "Anna Aalbers: This employee already has access." in said
    assert "Daan Dekker: We have no email address for this employee." in said
    assert "Ilse" in said
    assert "Fien" not in said, "who has left needs no explanation"
    assert await fetch_value("SELECT employment FROM invitation") == database.gijs.employment
    await cli.invite_everybody("Bakkerij De Korenaar")
    assert ": This employee was already invited." in capsys.readouterr().out
    assert await fetch_value("SELECT count(*) FROM invitation") == 1
    await execute("UPDATE invitation SET expires_at = now()")
    await cli.invite_everybody("Bakkerij De Korenaar")
    assert await fetch_value("SELECT count(*) FROM invitation") == 2


async def test_an_employer_that_is_not_there_is_said(database: Cast) -> None:
    with pytest.raises(SystemExit, match="exactly one employer"):
        await cli.invite_everybody("Bakkerij")


async def test_an_invitation_is_taken_back_by_its_address(
    database: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    await cli.invite(database.gijs.email)
    await cli.withdraw(f" {database.gijs.email.upper()} ")
    assert "1 withdrawn" in capsys.readouterr().out
    assert await fetch_value("SELECT withdrawn_at FROM invitation")
    with pytest.raises(SystemExit, match="No invitation"):
        await cli.withdraw(database.gijs.email)


def test_a_person_or_an_employer_is_invited_and_not_both() -> None:
    assert cli.parser().parse_args(["invite", "--employer", "Bakkerij"]).employer == "Bakkerij"
    for words in (["invite"], ["invite", "a@b.example", "--employer", "Bakkerij"]):
        with pytest.raises(SystemExit):
            cli.parser().parse_args(words)


async def test_who_has_a_role_gets_an_account_and_a_link(
    database: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    await execute(
        "UPDATE role_holder SET account = NULL, email = 'nieuw@arborust.example' WHERE id = $1",
        database.carla,
    )
    await cli.give_access(" NIEUW@arborust.example ")
    assert "1 role given access" in capsys.readouterr().out
    made = await fetch_value("SELECT account FROM role_holder WHERE id = $1", database.carla)
    assert (
        await fetch_value("SELECT first_name || last_name FROM account WHERE id = $1", made) == "CarlaClaes"
    )
    assert await fetch_value("SELECT account FROM password_reset") == made
    assert await fetch_value("SELECT count(*) FROM message WHERE notice = 'welcome'") == 1
    valid = await fetch_value("SELECT expires_at - created_at FROM password_reset")
    assert valid == timedelta(days=4), "nobody asked for it, so it waits"
    with pytest.raises(SystemExit, match="Nobody"):
        await cli.give_access("nieuw@arborust.example")


async def test_who_works_here_already_keeps_one_account(database: Cast) -> None:
    await execute("UPDATE role_holder SET account = NULL WHERE id = $1", database.bram_as_manager)
    await cli.give_access("bram@voorbeeld.example")
    made = await fetch_value("SELECT account FROM role_holder WHERE id = $1", database.bram_as_manager)
    assert made == database.bram.account
    assert not await fetch_value("SELECT count(*) FROM password_reset")


async def test_an_address_of_somebody_else_gives_no_account(database: Cast) -> None:
    await execute(
        "UPDATE role_holder SET account = NULL, email = 'ANNA@voorbeeld.example' WHERE id = $1",
        database.carla,
    )
    with pytest.raises(SystemExit):
        await cli.give_access("anna@voorbeeld.example")
    assert await fetch_value("SELECT account FROM role_holder WHERE id = $1", database.carla) is None


async def test_a_role_that_ended_gets_nothing(database: Cast) -> None:
    await execute(
        "UPDATE role_holder SET account = NULL, ended_on = '2020-01-01' WHERE id = $1", database.carla
    )
    with pytest.raises(SystemExit):
        await cli.give_access("carla@arborust.example")


async def test_what_was_given_up_is_listed_and_tried_again(
    database: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    number = await add("greeting", {}, now=NOW)
    await execute("UPDATE message SET dead_at = $1, last_error = 'smtp 550 recipient'", NOW)
    await cli.dead_messages()
    assert str(number) in (told := capsys.readouterr().out) and "smtp 550 recipient" in told
    await cli.dead_messages(number)
    assert capsys.readouterr().out == ""
    assert await fetch_value("SELECT dead_at IS NULL AND attempts = 0 FROM message")
    with pytest.raises(SystemExit, match="given up"):
        await cli.dead_messages(number)


def test_a_missing_setting_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("BETERSCHAP_ENV", "DATABASE_URL", "SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    assert cli.main(["migrate"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("beterschap: ")
    assert said.count("\n") == 1

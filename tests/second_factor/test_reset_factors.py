"""Who lost the factor and the recovery code begins again, and nobody chooses a secret for them."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from redis.asyncio import Redis

from backend import cli
from backend.accounts.reset_password import reset_password
from backend.accounts.sessions import load_session
from backend.foundation import clock
from backend.foundation.database import execute, fetch, fetch_value
from backend.foundation.encryption import keyring
from backend.foundation.refusal import Refused
from backend.outbox.add import SECRET_FIELD
from backend.outbox.wake import WAKE_CHANNEL
from backend.second_factor.reset_factors import reset_factors
from backend.settings import Settings
from tests.cast import NOW, PASSWORD, Cast, session_of
from tests.conftest import Client
from tests.second_factor.steps import give, give_recovery_code, promised
from tests.until import PATIENCE

NEW = "vier losse woorden achter elkaar"


async def test_everything_that_let_them_in_is_gone_and_a_link_is_mailed(
    database: Cast, client_of: Client
) -> None:
    anna, daan = database.anna, database.daan
    for member in (anna, daan):
        await give(member, "authenticator", "A" * 32)
        await give_recovery_code(member)
    hers, his = [await session_of(member, now=clock.now()) for member in (anna, daan)]
    assert await reset_factors(" ANNA@voorbeeld.example ", now=clock.now()) == 1
    assert await load_session(hers, now=clock.now()) is None
    assert await load_session(his, now=clock.now()) is not None
    assert [row["account"] for row in await fetch("SELECT account FROM factor")] == [daan.account]
    assert not await fetch_value(
        "SELECT count(*) FROM recovery_code WHERE account = $1 AND replaced_at IS NULL", anna.account
    )
    stranger = await client_of(None)
    old = {"username": anna.email, "password": PASSWORD}
    assert (await stranger.post("/sign-in", data=old)).status_code == 422, "the password alone lets nobody in"
    assert sorted(await promised()) == ["begin_again", "factors_reset"]
    events = {
        row["event"] for row in await fetch("SELECT event FROM audit_event WHERE account = $1", anna.account)
    }
    assert {"factor:all_reset", "session:all_ended", "account:password:reset_asked"} <= events

    sealed = await fetch_value("SELECT secret FROM message WHERE notice = 'begin_again'")
    link = keyring().decrypt(sealed, SECRET_FIELD)
    assert await fetch_value("SELECT expires_at - created_at FROM password_reset") == timedelta(days=4)
    with pytest.raises(Refused):
        await reset_password(link, NEW, now=clock.now(), address="192.0.2.1")
    await reset_password(link, NEW, anna.birth_date, now=clock.now(), address="192.0.2.1")
    answer = await stranger.post("/sign-in", data=old | {"password": NEW})
    assert answer.status_code == 303
    assert (await stranger.get("/")).headers["location"].startswith("/sign-in/factor")
    assert (await stranger.get("/sign-in/factor")).headers["location"] == "/second-factor"


async def test_a_shared_address_is_nobody_until_the_user_name_is_given(
    database: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    await execute("UPDATE account SET email = $1 WHERE id = $2", database.anna.email, database.daan.account)
    await execute("UPDATE account SET username = 'anna' WHERE id = $1", database.anna.account)
    for name, words in (("anna@voorbeeld.example", "2 people"), ("niemand@voorbeeld.example", "Nobody")):
        with pytest.raises(SystemExit, match=words):
            await cli.reset_factors(name)
    assert not await fetch_value("SELECT count(*) FROM message")
    await cli.reset_factors("anna")
    assert "mail" in capsys.readouterr().out
    assert (
        await fetch_value("SELECT count(*) FROM password_reset WHERE account = $1", database.anna.account)
        == 1
    )


async def test_somebody_blocked_stays_out(database: Cast) -> None:
    await execute("UPDATE account SET blocked_at = $1 WHERE id = $2", NOW, database.anna.account)
    assert await reset_factors(database.anna.email, now=NOW) == 0


async def test_the_worker_hears_of_what_the_command_promised(
    settings: Settings, cast_template: Cast, redis: Redis
) -> None:
    async with redis.pubsub() as hints:
        await hints.subscribe(WAKE_CHANNEL)
        await cli._connected(settings, lambda: cli.invite(cast_template.gijs.email))
        async with asyncio.timeout(PATIENCE):
            while not await hints.get_message(ignore_subscribe_messages=True, timeout=1):
                pass

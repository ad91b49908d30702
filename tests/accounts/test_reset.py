"""Choosing a new password with a link that works once."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from backend.accounts.sessions import load_session
from backend.foundation import clock
from backend.foundation.database import execute, fetch_value
from backend.foundation.tokens import new_id, new_token, token_hash
from tests.cast import Cast, session_of
from tests.conftest import Client
from tests.second_factor.steps import give


@pytest.fixture(autouse=True)
async def has_an_extra_check(database: Cast) -> None:
    """Anna enrolled; who did not gives the birth date too: test_reset_proof.py."""
    await give(database.anna, "authenticator", "A" * 32)


NEW = "vier losse woorden achter elkaar"


async def link_of(account: UUID | None) -> str:
    """A fresh link for a new password."""
    token = new_token()
    await execute(
        "INSERT INTO password_reset (id, account, token_hash, created_at, expires_at)"
        " VALUES ($1, $2, $3, $4, $5)",
        new_id(), account, token_hash(token), clock.now(), clock.now() + timedelta(hours=1),
    )  # fmt: skip
    return f"/reset-password/{token}"


async def test_the_link_of_a_blocked_account_is_dead(client_of: Client, database: Cast) -> None:
    link = await link_of(database.anna.account)
    await execute("UPDATE account SET blocked_at = now() WHERE id = $1", database.anna.account)
    stranger = await client_of(None)
    assert (await stranger.post(link, data={"password": NEW})).status_code == 404


async def test_opening_the_link_changes_nothing(client_of: Client, database: Cast) -> None:
    link = await link_of(database.anna.account)
    stranger = await client_of(None)
    for _ in range(3):
        assert (await stranger.get(link)).status_code == 200
    assert await fetch_value("SELECT used_at FROM password_reset") is None


async def test_a_new_password_ends_every_session_and_asks_the_second_factor(
    client_of: Client, database: Cast
) -> None:
    anna = await client_of(database.anna)
    phone = await session_of(database.anna, now=clock.now())
    other_link = await link_of(database.anna.account)
    link = await link_of(database.anna.account)
    stranger = await client_of(None)
    answer = await stranger.post(link, data={"password": NEW})
    assert answer.headers["location"] == "/sign-in?said=new-password"
    for token in (phone, anna.cookies["session"]):
        assert await load_session(token, now=clock.now()) is None
    signed_in = await stranger.post("/sign-in", data={"username": "anna@voorbeeld.example", "password": NEW})
    assert signed_in.headers["location"] == "/sign-in/factor"
    assert (await stranger.get("/account")).headers["location"].startswith("/sign-in/factor")
    assert (await stranger.get(other_link)).status_code == 404
    assert await fetch_value("SELECT count(*) FROM message WHERE notice = 'password_changed'") == 1
    assert await fetch_value("SELECT count(*) FROM audit_event WHERE event = 'account:password:reset'") == 1


async def test_the_link_works_once(client_of: Client, database: Cast) -> None:
    link = await link_of(database.anna.account)
    stranger = await client_of(None)
    answers = await asyncio.gather(
        *(stranger.post(link, data={"password": f"{NEW} {number}"}) for number in range(6))
    )
    assert sorted(answer.status_code for answer in answers) == [303, 404, 404, 404, 404, 404]
    assert (await stranger.post(link, data={"password": NEW})).status_code == 404


async def test_of_several_links_at_once_one_works(client_of: Client, database: Cast) -> None:
    links = [await link_of(database.anna.account) for _ in range(6)]
    stranger = await client_of(None)
    answers = await asyncio.gather(*(stranger.post(link, data={"password": NEW}) for link in links))
    assert sorted(answer.status_code for answer in answers) == [303, 404, 404, 404, 404, 404]


async def test_every_dead_link_gets_one_answer(client_of: Client, database: Cast) -> None:
    expired, used = await link_of(database.anna.account), await link_of(database.anna.account)
    await execute("UPDATE password_reset SET expires_at = $2 WHERE token_hash = $1",
                  token_hash(expired.rpartition("/")[2]), clock.now())  # fmt: skip
    await execute("UPDATE password_reset SET used_at = $2 WHERE token_hash = $1",
                  token_hash(used.rpartition("/")[2]), clock.now())  # fmt: skip
    stranger = await client_of(None)
    bodies = set()
    for link in (expired, used, f"/reset-password/{new_token()}"):
        for answer in (await stranger.get(link), await stranger.post(link, data={"password": NEW})):
            assert answer.status_code == 404
            bodies.add(answer.text.replace(link, ""))
    assert len(bodies) == 1


async def test_a_weak_password_leaves_the_link_alive(client_of: Client, database: Cast) -> None:
    link = await link_of(database.anna.account)
    stranger = await client_of(None)
    for weak in ("kort", "anna aalbers 1990", ""):
        assert (await stranger.post(link, data={"password": weak})).status_code == 422
    check = await stranger.post(link, data={"password": NEW, "check": "yes"})
    assert "Heel sterk" in check.text
    assert (await stranger.post(link, data={"password": NEW})).status_code == 303


async def test_who_chose_a_new_password_need_not_wait(client_of: Client, database: Cast) -> None:
    stranger = await client_of(None)
    wrong = {"username": "anna@voorbeeld.example", "password": "weet ik niet meer"}
    assert [(await stranger.post("/sign-in", data=wrong)).status_code for _ in range(6)][-1] == 429
    await stranger.post(await link_of(database.anna.account), data={"password": NEW})
    assert (await stranger.post("/sign-in", data=wrong | {"password": NEW})).status_code == 303

"""Who has no extra check yet gives the birth date with the new password: a mailbox alone sets up nothing."""

from __future__ import annotations

import asyncio

from backend.accounts.ask_reset import send_links
from backend.foundation import clock
from backend.foundation.database import fetch_value
from backend.foundation.encryption import keyring
from backend.foundation.tokens import new_id
from backend.outbox.add import SECRET_FIELD
from tests.accounts.test_reset import NEW, link_of
from tests.cast import Cast, Member
from tests.conftest import Client
from tests.second_factor.steps import give
from tests.to_mend import to_mend


def answers(member: Member, *, right: bool = True) -> dict[str, str]:
    born = f"{member.birth_date:%d-%m-%Y}" if right else "1-1-1901"
    return {"password": NEW, "birth_date": born}


async def test_the_birth_date_is_asked_and_judged(client_of: Client, database: Cast) -> None:
    link = await link_of(database.anna.account)
    stranger = await client_of(None)
    page = (await stranger.get(link)).text
    assert "Geboortedatum" in page
    assert "Nieuw wachtwoord kiezen" not in page
    assert (await stranger.post(link, data={"password": NEW})).status_code == 422
    wrong = await stranger.post(link, data=answers(database.anna, right=False))
    assert wrong.status_code == 422
    assert "Deze geboortedatum klopt niet. Je kunt het nog 4 keer proberen." in wrong.text
    assert (await stranger.post(link, data=answers(database.anna))).status_code == 303


async def test_who_has_an_extra_check_is_not_asked(client_of: Client, database: Cast) -> None:
    await give(database.anna, "authenticator", "A" * 32)
    link = await link_of(database.anna.account)
    stranger = await client_of(None)
    assert "Geboortedatum" not in (await stranger.get(link)).text
    assert (await stranger.post(link, data={"password": NEW})).status_code == 303


async def test_who_has_a_role_only_is_not_asked(client_of: Client, database: Cast) -> None:
    link = await link_of(database.helpers["carla"].account)
    stranger = await client_of(None)
    assert "Geboortedatum" not in (await stranger.get(link)).text
    assert (await stranger.post(link, data={"password": NEW})).status_code == 303


async def test_five_wrong_birth_dates_kill_the_link_and_a_new_one_gives_no_new_tries(
    client_of: Client, database: Cast
) -> None:
    link = await link_of(database.anna.account)
    stranger = await client_of(None)
    wrong = answers(database.anna, right=False)
    found = [(await stranger.post(link, data=wrong)).status_code for _ in range(5)]
    assert found == [422, 422, 422, 422, 404]
    assert (await stranger.post(link, data=answers(database.anna))).status_code == 404
    again = await link_of(database.anna.account)
    refused = await stranger.post(again, data=answers(database.anna))
    assert refused.status_code == 429
    assert "Je hebt het te vaak geprobeerd" in refused.text
    tried = "SELECT count(*) FROM audit_event WHERE event = 'account:password:birth_date_wrong'"
    assert await fetch_value(tried) == 5


async def test_tries_at_once_are_all_counted(client_of: Client, database: Cast) -> None:
    link = await link_of(database.anna.account)
    stranger = await client_of(None)
    wrong = answers(database.anna, right=False)
    await asyncio.gather(*(stranger.post(link, data=wrong) for _ in range(8)))
    assert await fetch_value("SELECT wrong_tries FROM password_reset") == 5
    assert (await stranger.get(link)).status_code == 404


async def test_a_right_birth_date_with_a_weak_password_costs_no_try(
    client_of: Client, database: Cast
) -> None:
    link = await link_of(database.anna.account)
    stranger = await client_of(None)
    weak = answers(database.anna) | {"password": "kort"}
    assert [(await stranger.post(link, data=weak)).status_code for _ in range(7)] == [422] * 7
    assert (await stranger.post(link, data=answers(database.anna))).status_code == 303


async def test_a_missing_birth_date_and_a_weak_password_are_both_told_and_cost_no_try(
    client_of: Client, database: Cast
) -> None:
    link = await link_of(database.anna.account)
    stranger = await client_of(None)
    for born in ("", "31-02-1990"):
        answer = await stranger.post(link, data={"password": "kort", "birth_date": born})
        assert to_mend(answer) == ["birth_date", "password"]
    assert await fetch_value("SELECT wrong_tries FROM password_reset") == 0


async def test_a_link_that_the_person_asked_for_asks_it_too(client_of: Client, database: Cast) -> None:
    await send_links(database.anna.email, new_id(), now=clock.now())
    token = keyring().decrypt(await fetch_value("SELECT secret FROM message"), SECRET_FIELD)
    stranger = await client_of(None)
    assert "Geboortedatum" in (await stranger.get(f"/reset-password/{token}")).text

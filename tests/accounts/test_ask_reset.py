"""Asking for a link to choose a new password: the same for everybody, and a mail for who is there."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import httpx
import pytest

from backend.accounts.ask_reset import VALID, send_links
from backend.foundation import clock
from backend.foundation.database import execute, fetch, fetch_value
from backend.foundation.tokens import new_id
from backend.gateways.mail import SmtpMail
from backend.gateways.push import NoPush
from backend.gateways.sms import NoSms
from backend.outbox.claim import LEASE, claim
from backend.outbox.deliver import Gateways, deliver_one
from backend.outbox.registry import letter_of
from backend.worker import learn_notices
from tests.cast import NOW, Cast
from tests.conftest import Client
from tests.gateways.post_office import PostOffice, post_office

learn_notices()
LINK = re.compile(r"/reset-password/\S+")


@pytest.fixture
async def office() -> AsyncIterator[PostOffice]:
    async with post_office() as found:
        yield found


async def ask(client: httpx.AsyncClient, username: str) -> httpx.Response:
    return await client.post("/forgot-password", data={"username": username})


async def delivered(office: PostOffice, at: datetime | None = None) -> list[list[str]]:
    """Whom the worker mailed, once it did all there was to do."""
    mails = SmtpMail(office.url, "Beterschap <beterschap@beterschap.example>", "localhost")
    gateways = Gateways(mails, NoSms(), NoPush(), "http://localhost")
    while await deliver_one("mail", gateways, lambda: at or clock.now()):
        pass
    await mails.rest()
    return office.recipients


async def test_everybody_gets_one_answer_and_who_is_known_a_mail(
    client_of: Client, database: Cast, office: PostOffice
) -> None:
    stranger = await client_of(None)
    known, unknown = (
        await ask(stranger, "ANNA@voorbeeld.example"),
        await ask(stranger, "nobody@voorbeeld.example"),
    )
    assert known.status_code == unknown.status_code == 200
    assert known.text == unknown.text
    assert await delivered(office) == [["anna@voorbeeld.example"]]
    (link,) = set(LINK.findall(str(office.accepted[0].get_body(("plain",)))))
    assert (await stranger.get(link)).status_code == 200
    assert await fetch_value("SELECT expires_at - created_at FROM password_reset") == timedelta(hours=1)


async def test_what_is_written_before_the_answer_does_not_tell_who_is_there(
    client_of: Client, database: Cast, office: PostOffice
) -> None:
    stranger = await client_of(None)
    for name in ("anna@voorbeeld.example", "otto@voorbeeld.example"):
        await ask(stranger, name)
    known, unknown = await fetch(
        "SELECT notice, channel, octet_length(secret) AS size, expires_at - created_at AS valid FROM message"
    )
    assert known == unknown
    assert not await fetch_value("SELECT count(*) FROM password_reset")
    assert not await fetch_value("SELECT count(*) FROM audit_event")


async def test_of_who_is_not_there_nothing_is_kept_but_that_somebody_asked(
    client_of: Client, database: Cast, office: PostOffice
) -> None:
    await ask(await client_of(None), "otto@voorbeeld.example")
    assert await delivered(office) == []
    (row,) = await fetch("SELECT secret, done_at FROM message")
    assert row["secret"] is None and row["done_at"] is not None
    assert not await fetch_value("SELECT count(*) FROM password_reset")


async def test_a_worker_killed_before_it_said_that_it_looked_makes_no_second_link(
    client_of: Client, database: Cast, office: PostOffice
) -> None:
    await ask(await client_of(None), "anna@voorbeeld.example")
    promise = await claim("mail", now=(at := clock.now()))
    assert promise is not None
    await letter_of(promise.channel, promise.notice, promise.subject, promise.opened_secret())
    assert await delivered(office, at + LEASE) == [["anna@voorbeeld.example"]]
    assert await fetch_value("SELECT count(*) FROM message WHERE done_at IS NULL") == 0


async def test_who_asked_an_hour_ago_asks_again(
    client_of: Client, database: Cast, office: PostOffice
) -> None:
    await ask(await client_of(None), "anna@voorbeeld.example")
    assert await delivered(office, clock.now() + VALID) == []


async def test_a_link_counts_from_the_asking(database: Cast) -> None:
    await send_links("anna@voorbeeld.example", new_id(), now=NOW)
    assert await fetch_value("SELECT expires_at FROM password_reset") == NOW + VALID


async def test_a_family_that_shares_an_address_gets_a_link_each(
    client_of: Client, database: Cast, office: PostOffice
) -> None:
    await execute("UPDATE account SET email = 'thuis@voorbeeld.example' WHERE id = ANY($1::uuid[])",
                  [database.anna.account, database.daan.account])  # fmt: skip
    await ask(await client_of(None), "thuis@voorbeeld.example")
    assert await delivered(office) == [["thuis@voorbeeld.example"]] * 2
    assert await fetch_value("SELECT count(DISTINCT account) FROM password_reset") == 2


async def test_nobody_is_flooded_with_mail(client_of: Client, database: Cast, office: PostOffice) -> None:
    stranger = await client_of(None)
    answers = {(await ask(stranger, "anna@voorbeeld.example")).text for _ in range(10)}
    assert len(answers) == 1
    assert await fetch_value("SELECT count(*) FROM message") == 3
    assert len(await delivered(office)) == 3


async def test_a_blocked_account_gets_no_link(client_of: Client, database: Cast, office: PostOffice) -> None:
    await execute("UPDATE account SET blocked_at = now() WHERE id = $1", database.anna.account)
    await ask(await client_of(None), "anna@voorbeeld.example")
    assert await delivered(office) == []
    assert not await fetch_value("SELECT count(*) FROM password_reset")

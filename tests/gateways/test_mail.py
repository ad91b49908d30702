"""A real conversation with a mail server."""

from __future__ import annotations

import socket
from datetime import UTC, datetime

import pytest

from backend.foundation.tokens import new_id
from backend.gateways.failures import Permanent, Temporary
from backend.gateways.mail import OutgoingMail, SmtpMail
from tests.gateways.post_office import accepts, post_office

WHEN = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
SENDER = "Beterschap <beterschap@beterschap.example>"


def mail(
    to: str = "anna@voorbeeld.example", subject: str = "Er staat iets nieuws voor je klaar"
) -> OutgoingMail:
    return OutgoingMail(new_id(), to, subject, "Dag Ánna,\n\nhallo.\n", "<p>Dag Ánna</p>", WHEN)


def server(url: str) -> SmtpMail:
    return SmtpMail(url, SENDER, "mijn.example.nl")


async def test_a_mail_arrives_as_text_and_html_with_its_own_message_id() -> None:
    async with post_office() as office:
        sent, gateway = mail(), server(office.url)
        await gateway.send(sent)
        await gateway.rest()
        (got,) = office.accepted
    assert office.recipients == [["anna@voorbeeld.example"]]
    assert got["Message-ID"] == f"<{sent.id}@mijn.example.nl>"
    assert got["From"] == SENDER
    assert got["Auto-Submitted"] == "auto-generated"
    assert got["Date"].datetime == WHEN
    assert got["Subject"] == "Er staat iets nieuws voor je klaar"
    plain, html = got.get_body(("plain",)), got.get_body(("html",))
    assert plain and html
    assert plain.get_content().replace("\r\n", "\n") == sent.text
    assert html.get_content().strip() == sent.html


async def test_one_conversation_carries_many_mails() -> None:
    async with post_office() as office:
        gateway = server(office.url)
        for _ in range(5):
            await gateway.send(mail())
        await gateway.rest()
        await gateway.send(mail())
        await gateway.rest()
    assert (len(office.accepted), office.connections) == (6, 2)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [("550 5.1.1 no such user", Permanent), ("451 4.7.1 greylisted", Temporary)],
)
async def test_a_refused_recipient_is_for_good_or_for_now(answer: str, kind: type[Exception]) -> None:
    async with post_office() as office:
        gateway = server(office.url)
        office.recipient_answers.append(answer)
        with pytest.raises(kind) as refusal:
            await gateway.send(mail())
        assert str(refusal.value) == f"smtp {answer[:3]} recipient"
        await gateway.send(mail())
        await gateway.rest()
    assert (len(office.accepted), office.connections) == (1, 1)


@pytest.mark.parametrize(("answer", "kind"), [("554 spam", Permanent), ("452 full", Temporary)])
async def test_refused_content_is_for_good_or_for_now(answer: str, kind: type[Exception]) -> None:
    async with post_office() as office:
        office.content_answers.append(answer)
        gateway = server(office.url)
        with pytest.raises(kind):
            await gateway.send(mail())
        await gateway.send(mail())
        await gateway.rest()
    assert len(office.accepted) == 1


async def test_a_server_that_is_away_is_for_now_and_names_nobody() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        gateway = server(f"smtp://127.0.0.1:{nobody.getsockname()[1]}")
        with pytest.raises(Temporary) as refusal:
            await gateway.send(mail())
    assert "@" not in str(refusal.value)


async def test_a_server_that_breaks_off_is_connected_anew() -> None:
    async with post_office() as office:
        gateway = server(office.url)
        office.content_answers.append("421 closing")
        with pytest.raises(Temporary):
            await gateway.send(mail())
        await gateway.send(mail())
        await gateway.rest()
    assert len(office.accepted) == 1


async def test_it_signs_in_and_a_wrong_password_is_for_now() -> None:
    async with post_office(**accepts("post", "ge:heim")) as office:
        host = f"127.0.0.1:{office.port}"
        right, wrong = server(f"smtp://post:ge%3Aheim@{host}"), server(f"smtp://post:no@{host}")
        await right.send(mail())
        await right.rest()
        with pytest.raises(Temporary):
            await wrong.send(mail())
    assert len(office.accepted) == 1


async def test_encryption_that_must_be_there_is_not_done_without() -> None:
    async with post_office() as office:
        with pytest.raises(Temporary):
            await server(f"smtp+starttls://127.0.0.1:{office.port}").send(mail())
    assert office.accepted == []


async def test_a_password_goes_to_another_machine_encrypted_or_not_at_all() -> None:
    async with post_office("127.0.0.2", **accepts("post", "geheim")) as office:
        with pytest.raises(Temporary):
            await server(f"smtp://post:geheim@{office.host}:{office.port}").send(mail())
    assert office.accepted == []


@pytest.mark.parametrize(
    ("to", "subject"),
    [("anna@voorbeeld.example\nBcc: eva@voorbeeld.example", "x"), ("anna@voorbeeld.example", "x\nBcc: y@z")],
)
async def test_no_header_can_be_smuggled_in(to: str, subject: str) -> None:
    async with post_office() as office:
        with pytest.raises(Permanent):
            await server(office.url).send(mail(to, subject))
    assert office.accepted == []


async def test_an_address_that_is_none_is_for_good() -> None:
    async with post_office() as office:
        gateway = server(office.url)
        with pytest.raises(Permanent):
            await gateway.send(mail(""))
        await gateway.rest()


def test_an_address_shows_in_no_representation() -> None:
    assert "anna" not in repr(mail())

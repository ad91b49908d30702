"""A notice for the tests alone, and gateways that speak with a real mail server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import datetime

import pytest

from backend.gateways.mail import SmtpMail
from backend.gateways.push import NoPush
from backend.gateways.sms import OutgoingSms
from backend.outbox import registry
from backend.outbox.deliver import Gateways
from backend.outbox.letters import Letter, Mail, Sms
from tests.gateways.post_office import PostOffice, post_office


class Phone:
    """Keeps the SMS it gets."""

    def __init__(self) -> None:
        self.got: list[OutgoingSms] = []

    async def send(self, sms: OutgoingSms) -> None:
        self.got.append(sms)


@pytest.fixture
async def office() -> AsyncIterator[PostOffice]:
    async with post_office() as found:
        yield found


@pytest.fixture
def phone() -> Phone:
    return Phone()


@pytest.fixture
def gateways(office: PostOffice, phone: Phone) -> Gateways:
    mail = SmtpMail(office.url, "Beterschap <beterschap@beterschap.example>", "localhost")
    return Gateways(mail, phone, NoPush(), "http://localhost")


@pytest.fixture(autouse=True)
def notices() -> Iterator[None]:
    """`greeting` mails, `code` sends the secret by SMS, `nobody` tells nobody, `broken` fails."""

    async def greeting(subject: Mapping[str, str], secret: str | None) -> Letter | None:
        context = {"first_name": "Anna", "what": f"secret {secret}"}
        return Mail(subject.get("to", "anna@voorbeeld.example"), "Hallo", "account_changed", context)

    async def code(subject: Mapping[str, str], secret: str | None) -> Letter | None:
        return Sms("+31612345678", "%(code)s", {"code": secret})

    async def nobody(subject: Mapping[str, str], secret: str | None) -> Letter | None:
        return None

    async def broken(subject: Mapping[str, str], secret: str | None) -> Letter | None:
        raise KeyError("anna@voorbeeld.example")

    ours = {"greeting": greeting, "code": code, "nobody": nobody, "broken": broken}
    registry._notices.update(ours)
    yield
    for name in ours:
        registry._notices.pop(name)


class Clock:
    """A moment that tests move."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

"""A push service on loopback, and gateways that speak with it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from backend.access.person import Person
from backend.gateways.silent_hosts import SilentHosts
from backend.gateways.sms import NoSms
from backend.gateways.web_push import WebPush
from backend.outbox.deliver import Gateways
from backend.telling.subscription import Subscription
from backend.telling.turn_on import turn_on
from backend.worker import learn_notices
from tests.cast import NOW
from tests.gateways.push_service import Browser, PushService, push_service
from tests.gateways.test_web_push import KEY, MAIL_FROM

learn_notices()


class NoMail:
    """Nothing here is mailed."""

    async def send(self, mail: object) -> None:
        raise AssertionError("a mail on the way of a push")

    async def rest(self) -> None: ...


@pytest.fixture
async def service() -> AsyncIterator[PushService]:
    async with push_service() as found:
        yield found


class Seconds:
    """What the gateway counts by; tests move it."""

    at = 0.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def gateways(service: PushService, seconds: Seconds) -> Gateways:
    push = WebPush(KEY, MAIL_FROM, service.url, SilentHosts(seconds))
    return Gateways(NoMail(), NoSms(), push, "http://localhost")


async def turned_on(person: Person, browser: Browser, own: str = "") -> None:
    """The browser gets the person's pushes from now on."""
    await turn_on(person, Subscription(**browser.form()), now=NOW, own=own)

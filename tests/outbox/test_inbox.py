"""The development inbox."""

from __future__ import annotations

import pytest
from redis.asyncio import Redis

from backend.foundation.tokens import new_id
from backend.gateways.failures import Temporary
from backend.gateways.inbox import Inbox, InboxMail, InboxSms
from backend.gateways.mail import OutgoingMail, SmtpMail
from backend.gateways.sms import OutgoingSms
from tests.cast import NOW
from tests.gateways.post_office import PostOffice

TEXT = "Dag Anna,\n\nRegistreren:\nhttp://localhost/invitations/abc_-1?a=1&b=2\n\nhttp://localhost/invitations/abc_-1?a=1&b=2\n"


def mail() -> OutgoingMail:
    return OutgoingMail(new_id(), "anna@voorbeeld.example", "Je uitnodiging", TEXT, "<p>Dag</p>", NOW)


async def test_what_was_sent_stands_newest_first_with_its_links(redis: Redis) -> None:
    inbox = Inbox(redis)
    sent = mail()
    await InboxMail(inbox).send(sent)
    await InboxSms(inbox).send(OutgoingSms(new_id(), "+31612345678", "123456 is je code", NOW))
    sms, first = await inbox.newest()
    assert (sms.channel, sms.to, sms.text) == ("sms", "+31612345678", "123456 is je code")
    assert first.id == str(sent.id)
    assert first.links == ["http://localhost/invitations/abc_-1?a=1&b=2"]


async def test_a_repeat_replaces_itself(redis: Redis) -> None:
    sent = mail()
    for _ in range(2):
        await InboxMail(Inbox(redis)).send(sent)
    assert len(await Inbox(redis).newest()) == 1


async def test_with_a_mail_server_it_goes_there_too_and_redis_cannot_make_it_repeat(
    redis: Redis, office: PostOffice
) -> None:
    real = SmtpMail(office.url, "a@b.example", "localhost")
    await InboxMail(Inbox(redis), real).send(mail())
    away = Inbox(Redis.from_url("unix:///nonexistent.sock"))
    await InboxMail(away, real).send(mail())
    assert len(office.accepted) == 2
    assert len(await Inbox(redis).newest()) == 1
    with pytest.raises(Temporary):
        await InboxMail(away).send(mail())

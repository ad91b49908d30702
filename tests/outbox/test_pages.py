"""The development inbox and the outbox's figures, as pages."""

from __future__ import annotations

from redis.asyncio import Redis

from backend.foundation.tokens import new_id
from backend.gateways.inbox import Inbox, InboxMail
from backend.gateways.mail import OutgoingMail
from tests.cast import NOW
from tests.conftest import Client

TEXT = "Dag <Anna>,\n\nRegistreren:\nhttp://localhost/invitations/t0ken\n"


async def test_the_inbox_is_read_by_people_and_programs(redis: Redis, client_of: Client) -> None:
    mail = OutgoingMail(new_id(), "gijs@voorbeeld.example", "Je uitnodiging", TEXT, "<p>Dag</p>", NOW)
    await InboxMail(Inbox(redis)).send(mail)
    stranger = await client_of(None)
    (item,) = (await stranger.get("/dev/inbox.json")).json()
    assert set(item) == {"id", "channel", "to", "subject", "text", "html", "links", "sent_at"}
    assert item["links"] == ["http://localhost/invitations/t0ken"]
    page = await stranger.get("/dev/inbox")
    assert page.status_code == 200
    assert 'href="http://localhost/invitations/t0ken"' in page.text
    assert "Dag &lt;Anna&gt;," in page.text


async def test_an_empty_inbox_says_so(redis: Redis, client_of: Client) -> None:
    assert "Er is nog niets verstuurd." in (await (await client_of(None)).get("/dev/inbox")).text

"""The development inbox: what would have been sent, to be read at /dev/inbox. Kept in Redis."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from html import unescape
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

from backend.gateways.failures import Temporary
from backend.gateways.mail import MailGateway, OutgoingMail
from backend.gateways.push import OutgoingPush, PushGateway
from backend.gateways.sms import OutgoingSms

ITEMS, ORDER = "inbox:items", "inbox:order"
LINK = re.compile(r"https?://[^\s<>\"']+")
KEPT = 2000


@dataclass(frozen=True, slots=True)
class Item:
    """One mail, SMS or push message as /dev/inbox.json shows it. `sent_at` is ISO 8601 in UTC."""

    id: str
    channel: str
    to: str
    subject: str
    text: str
    html: str
    links: list[str]
    sent_at: str


class Inbox:
    """Newest first; a repeated message replaces itself."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def put(self, item: Item) -> None:
        """Keeps one item; raises Temporary when Redis is away."""
        try:
            pipeline = self._redis.pipeline(transaction=True)
            pipeline.hset(ITEMS, item.id, json.dumps(asdict(item)))
            pipeline.zadd(ORDER, {item.id: datetime.fromisoformat(item.sent_at).timestamp()})
            await pipeline.execute()
            await self._forget_oldest()
        except (RedisError, OSError) as error:
            raise Temporary(type(error).__name__) from error

    async def newest(self, limit: int = 200) -> list[Item]:
        """What was sent last."""
        ids = await self._redis.zrevrange(ORDER, 0, limit - 1)
        if not ids:
            return []
        found: Sequence[Any] = await self._redis.hmget(ITEMS, ids)  # type: ignore[misc]
        return [Item(**json.loads(item)) for item in found if item]

    async def _forget_oldest(self) -> None:
        oldest = await self._redis.zrange(ORDER, 0, -KEPT - 1)
        if oldest:
            await self._redis.hdel(ITEMS, *oldest)  # type: ignore[misc]
            await self._redis.zrem(ORDER, *oldest)


class InboxMail:
    """Mail that lands in the inbox, after the real server when there is one."""

    def __init__(self, inbox: Inbox, real: MailGateway | None = None) -> None:
        self._inbox, self._real = inbox, real

    async def send(self, mail: OutgoingMail) -> None:
        links = list(dict.fromkeys(unescape(link) for link in LINK.findall(mail.text)))
        item = Item(str(mail.id), "mail", mail.to, mail.subject, mail.text, mail.html, links, _now())
        if self._real is None:
            await self._inbox.put(item)
            return
        await self._real.send(mail)
        with suppress(Temporary):  # it was sent: missing it here is no reason to send it again
            await self._inbox.put(item)

    async def rest(self) -> None:
        if self._real:
            await self._real.rest()


class InboxSms:
    """SMS that land in the inbox only."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox

    async def send(self, sms: OutgoingSms) -> None:
        await self._inbox.put(
            Item(str(sms.id), "sms", sms.to, "", sms.text, "", LINK.findall(sms.text), _now())
        )


class InboxPush:
    """Pushes that land in the inbox, after the real service when there is one. Each is one of its own here:
    what a phone would put in place of an earlier one stays to be read."""

    def __init__(self, inbox: Inbox, public_url: str, real: PushGateway | None = None) -> None:
        self._inbox, self._public_url, self._real = inbox, public_url, real

    async def send(self, push: OutgoingPush) -> None:
        links = [self._public_url + push.opens]
        item = Item(str(push.id), "push", push.to, push.title, push.body, "", links, _now())
        if self._real is None:
            await self._inbox.put(item)
            return
        await self._real.send(push)
        with suppress(Temporary):  # it was sent: missing it here is no reason to send it again
            await self._inbox.put(item)


def _now() -> str:
    return datetime.now(UTC).isoformat()

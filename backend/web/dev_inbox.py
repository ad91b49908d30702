"""The development inbox: what was sent, to read and to click. In production these routes do not exist."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from litestar import Request, Response, get

from backend.foundation.clock import HOME_ZONE
from backend.foundation.words import moment_words
from backend.gateways.inbox import Inbox, Item
from backend.web.given import Now
from backend.web.page import page


@get("/dev/inbox", needs="nothing")
async def dev_inbox(request: Request[Any, Any, Any], now: Now) -> Response[str]:
    """Newest first, for people."""
    items = [(item, _when(item, now)) for item in await Inbox(request.app.state.redis).newest()]
    return page(request, "dev/inbox.html", items=items)


@get("/dev/inbox.json", needs="nothing")
async def dev_inbox_json(request: Request[Any, Any, Any]) -> list[dict[str, Any]]:
    """Newest first, for programs: id, channel, to, subject, text, html, links, sent_at."""
    return [asdict(item) for item in await Inbox(request.app.state.redis).newest()]


def _when(item: Item, now: datetime) -> str:
    return moment_words(datetime.fromisoformat(item.sent_at), now, HOME_ZONE)


routes = [dev_inbox, dev_inbox_json]

"""Web push: a sealed message to one browser, through its maker's push service (RFC 8030, 8188, 8291, 8292).

The push service cannot read it, and the text is neutral besides: it shows on a locked phone.
"""

from __future__ import annotations

import json
from datetime import timedelta
from email.utils import parseaddr
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from py_vapid import Vapid02
from pywebpush import WebPushException, webpush_async

from backend.gateways.failures import Gone, Permanent, Temporary
from backend.gateways.push import OutgoingPush
from backend.gateways.push_hosts import is_known
from backend.gateways.silent_hosts import SilentHosts
from backend.gateways.vapid import private_key

SECONDS = 10
TIME_TO_LIVE = timedelta(days=1)
"""How long the push service keeps it for a phone that is off."""
GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
ACCEPTED = (HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.ACCEPTED, HTTPStatus.NO_CONTENT)


class WebPush:
    """Speaks with the push services. `mail_from` names whom they may write to about us; `own` is as in
    `push_hosts.is_known`."""

    def __init__(self, key: bytes, mail_from: str, own: str = "", hosts: SilentHosts | None = None) -> None:
        self._signer = Vapid02(private_key(key))
        self._contact = f"mailto:{parseaddr(mail_from)[1]}"
        self._own = own
        self._hosts = hosts or SilentHosts()

    async def send(self, push: OutgoingPush) -> None:
        """Returns once the push service has accepted it. One that was silent just now is not waited for."""
        if not is_known(push.endpoint, self._own):
            raise Permanent("push host")
        host = urlsplit(push.endpoint).netloc
        if rest := self._hosts.rest_of(host):
            raise Temporary("push host silent", rest)
        try:
            await self._send(push)
        except TimeoutError as error:
            self._hosts.was_silent(host)
            raise Temporary(type(error).__name__) from None
        except (aiohttp.ClientError, OSError) as error:
            raise Temporary(type(error).__name__) from None
        except WebPushException as error:
            self._hosts.has_answered(host)
            _judge(error)
        else:
            self._hosts.has_answered(host)

    async def _send(self, push: OutgoingPush) -> None:
        content = {"title": push.title, "body": push.body, "opens": push.opens, "tag": push.topic}
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS)) as session:
            await webpush_async(
                {"endpoint": push.endpoint, "keys": {"p256dh": push.p256dh, "auth": push.auth}},
                json.dumps(content),
                self._signer,
                {"sub": self._contact},
                ttl=int(TIME_TO_LIVE.total_seconds()),
                headers={"Urgency": "normal", "Topic": push.topic},
                aiohttp_session=_Straight(session),
            )


class _Straight:
    """All that pywebpush asks of a session: one POST. It never leads on to another address, which nobody has
    judged, and waits no longer than we say."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def post(self, endpoint: str, **more: Any) -> aiohttp.ClientResponse:
        more.pop("timeout", None)
        return await self._session.post(endpoint, allow_redirects=False, **more)


def _judge(error: WebPushException) -> None:
    """Raises what the answer means for us; nothing of it is kept, as it may name the endpoint."""
    status = error.status_code or 0
    kind = f"push {status}"
    if status in ACCEPTED:
        return
    if status in GONE:
        raise Gone(kind) from None
    if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise Temporary(kind, _wait(error.retry_after)) from None
    raise Permanent(kind) from None


def _wait(retry_after: str | None) -> timedelta | None:
    """What the push service asks for in seconds; a date, which none of them sends, counts as nothing said."""
    return timedelta(seconds=int(retry_after)) if (retry_after or "").isdecimal() and retry_after else None

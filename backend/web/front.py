"""The front door, which every request passes once: the caller's language and session, a refusal of what
another site asks for, the headers of the answer and the one log line."""

from __future__ import annotations

import time
from typing import Any, cast

from litestar.connection import ASGIConnection
from litestar.enums import ScopeType
from litestar.exceptions import PermissionDeniedException
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from backend.accounts.sessions import SEEN_EVERY, load_session, touch
from backend.foundation import clock
from backend.foundation.database import Kept, kept
from backend.foundation.languages import LANGUAGES, choose, language
from backend.settings import Settings
from backend.web.cookies import session_cookie_name
from backend.web.guards import NoHead, guard
from backend.web.headers import asset_headers, security_headers
from backend.web.measures import measure
from backend.web.origin import is_ours

ASSETS = "/static/assets/"
PRIVATE = (b"cache-control", b"no-store")


_connection: type[ASGIConnection[Any, Any, Any, Any]] = ASGIConnection
"""Without its type parameters: calling the parametrised class costs more than the connection."""


class Front:
    """Around the router, so that what no route answers has its language, headers and log line too."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self.headers = security_headers(settings)
        self.asset_headers = asset_headers(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        status, path = 500, scope["path"]
        if scope["method"] == "HEAD":  # what a GET answers, without its body (RFC 9110, 9.3.2)
            scope = cast(HTTPScope, {**scope, "method": "GET", "is_head": True})
            send = _without_body(send)
        keeper = Kept()
        # Only while a page is made: a form's body may take its time to come in.
        kept.set(keeper if scope["method"] == "GET" else None)
        connection = _connection(scope)
        wished = connection.cookies.get("language")
        language.set(wished if wished in LANGUAGES else choose(connection.headers.get("accept-language", "")))

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                await keeper.end()
                part = status == 200 and path.startswith(ASSETS) and not path.endswith(".svg")
                headers = [*message["headers"], *(self.asset_headers if part else self.headers)]
                if not any(name.lower() == b"cache-control" for name, _value in headers):
                    headers.append(PRIVATE)
                message["headers"] = headers
            await send(message)

        try:
            await self.app(scope, receive, answer)
        finally:
            await keeper.end()
            measure(scope, status, time.perf_counter() - started)


def _without_body(send: Send) -> Send:
    async def headers_alone(message: Message) -> None:
        if message["type"] == "http.response.body":
            message["body"] = b""
        await send(message)

    return headers_alone


def _by_itself(scope: Scope) -> bool:
    """Whether the page asks, without anybody at it: that must not keep a session alive (ASVS 7.3.1)."""
    headers = _connection(scope).headers
    return not scope["route_handler"].opt.get("is_activity", True) or "x-by-itself" in headers


class Caller:
    """Within reach of the error pages: who is calling, and from one of our own pages?"""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self.cookie = session_cookie_name(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self.app(scope, receive, send)
            return
        connection = _connection(scope)
        if not is_ours(scope["method"], connection.headers, self.settings):
            raise PermissionDeniedException("another site asked for this")
        token = connection.cookies.get(self.cookie)
        if token and scope["route_handler"].opt.get("session", True):
            await self._load(scope, token)
        guard(connection, scope["route_handler"])
        if scope.get("is_head") and not scope["route_handler"].opt.get("head", True):
            raise NoHead
        await self.app(scope, receive, send)

    async def _load(self, scope: Scope, token: str) -> None:
        now = clock.now()
        session = await load_session(token, now=now)
        scope["state"]["session"] = session
        if session is None:
            return
        if session.language is not None:
            language.set(session.language)
        if now - session.seen_at > SEEN_EVERY and not _by_itself(scope):
            await touch(session.id, now=now)

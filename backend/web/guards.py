"""Closed by default: a route needs a full session unless its `needs` says otherwise, by name.

`nothing`: open to all · `invited`: an invitation was proven · `password`: the second factor is still to
come · `full` · `confirmed`: full, and the password was given in the last ten minutes.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler

from backend.foundation import clock
from backend.web.request import session_of

LEVELS = {"nothing": 0, "invited": 1, "password": 2, "full": 3, "confirmed": 4}


class GoFirst(Exception):
    """The person must pass another page first; `then` brings them back."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class NoHead(Exception):
    """What a GET does there (`head=False`: it notes who looked, or keeps an answer open) is not done for
    headers alone."""


def guard(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Lets in whoever has proven enough, and sends everyone else where they can prove it.

    The front door calls it: as a guard of Litestar's it would cost a copy of the handler for each request.
    """
    needs = LEVELS[handler.opt.get("needs", "full")]
    if needs == 0 or connection.scope.get("method") == "OPTIONS":  # which methods an address has is no secret
        return
    session = session_of(connection)
    if session is None:
        raise GoFirst("/sign-in" + then(connection))
    if LEVELS[session.level] < min(needs, 3):
        raise GoFirst("/sign-in" if session.level == "invited" else "/sign-in/factor" + then(connection))
    if needs == 4 and not session.confirmed(clock.now()):
        raise GoFirst("/confirm" + then(connection))


def then(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """Where to return to: the page itself when it was only being read, or where the form would have led.

    So the second of two taps, which comes with the secret that the first one made worthless, lands where the
    first did. The old secret itself stays dead: who holds it and nothing newer has to sign in.
    """
    path = connection.url.path
    if connection.scope.get("method") != "GET":
        path = safe_path(connection.query_params.get("then"))
    return _query(path)


def then_query(path: str | None) -> str:
    """The same for a path that came along with a request."""
    return _query(safe_path(path))


def _query(path: str) -> str:
    return "" if path == "/" else "?then=" + quote(path)


WITHIN = re.compile(r"/(?![/\\])[!-~]*")


def safe_path(path: str | None) -> str:
    """A path within our own site, or the dashboard: never another site's address.

    Visible ASCII alone, as all our paths are: browsers take tabs and line ends out of an address, so that
    `/<tab>/elsewhere.example` leads away, and no header can hold them.
    """
    return path if path and WITHIN.fullmatch(path) else "/"

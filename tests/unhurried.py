"""The web server as it is, but that it does not give up because the machine is busy, and that a stream looks
by itself only after an hour: what a page is told sooner, a hint told it."""

from __future__ import annotations

import pytest
from litestar import Litestar

from backend import app
from backend.live.follow import follow
from tests.until import PATIENCE

HOUR = (3600.0, 3600.0)
LIMITS = (
    "backend.app.STATEMENT_SECONDS",
    "backend.foundation.database.TURN_SECONDS",
    "backend.web.event_stream.SLOW",
)


def create_app() -> Litestar:
    """For uvicorn, in a process of its own."""
    patched = pytest.MonkeyPatch()
    for limit in LIMITS:
        patched.setattr(limit, PATIENCE)
    patched.setattr("backend.live.pages.LIST_BEAT", HOUR)
    assert follow.__kwdefaults__
    patched.setitem(follow.__kwdefaults__, "beat", HOUR)
    return app.create_app()

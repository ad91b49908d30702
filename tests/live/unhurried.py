"""The web server as it is, but that a stream looks by itself only after an hour: what a page is told sooner,
a hint told it. And nothing of it gives up because the machine is busy."""

from __future__ import annotations

import pytest
from litestar import Litestar

from backend import app
from backend.live.follow import follow
from tests.until import be_patient

HOUR = (3600.0, 3600.0)


def create_app() -> Litestar:
    """For uvicorn, in a process of its own."""
    patched = pytest.MonkeyPatch()
    be_patient(patched)
    patched.setattr("backend.app.STATEMENT_SECONDS", HOUR[0])
    patched.setattr("backend.live.pages.LIST_BEAT", HOUR)
    assert follow.__kwdefaults__
    patched.setitem(follow.__kwdefaults__, "beat", HOUR)
    return app.create_app()

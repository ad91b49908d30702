"""Uploads that break off leave no file that no row points to, whoever lets go and when."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from pkgutil import resolve_name
from typing import Any

import httpx
import pytest

from backend.foundation import clock
from backend.foundation.database import fetch
from backend.settings import Settings
from backend.uploads.sweep import GRACE, sweep_orphans
from tests.cast import Cast
from tests.conftest import Client
from tests.posting.conftest import Dossiers, held, keyed
from tests.posting.test_upload import several
from tests.until import until
from tests.uploads.samples import jpeg, pdf


async def test_uploads_that_break_off_leave_nothing(
    database: Cast, dossiers: Dossiers, client_of: Client, settings: Settings
) -> None:
    """The sender hangs up, anywhere."""
    bram = await client_of(database.bram)
    path = f"/dossiers/{dossiers.anna}/documents"
    request = bram.build_request(
        "POST", path, data=keyed({}), files=several(("a.pdf", pdf()), ("b.jpg", jpeg()))
    )
    body = request.read()

    async def pieces(size: int) -> AsyncIterator[bytes]:
        for start in range(0, size, 500):
            yield body[start : start + 500]

    async def cut(number: int) -> int:
        size = len(body) * number // 40
        try:
            answer = await bram.post(
                path, content=pieces(size), headers={"Content-Type": request.headers["Content-Type"]}
            )
        except httpx.HTTPError:
            return 0
        return answer.status_code

    assert {await cut(number) for number in range(40)} == {400}
    assert not held(settings)


STAGES = (
    ("backend.dossier.pages.uploading.receive", 1),
    ("backend.uploads.keep.judge", 2),
    ("backend.gateways.files.FileStore.store", 1),
    ("backend.gateways.files.FileStore.store", 2),
    ("backend.dossier.post_document.once", 1),
    ("backend.dossier.post_document.publish", 2),
    ("backend.dossier.post_document.posted", 1),
)
"""What an upload of two files goes through, and at which of its turns."""
BEFORE_A_ROW = [stage for stage, _turn in STAGES[:4]]
"""What was stored before goes at once; what is whole just then, or what a commit may point to, waits for the
sweep."""


def stopping(stage: str, turn: int, where: str, there: asyncio.Event) -> Callable[..., Any]:
    """Does what the stage does; but at that turn it says that it is there, and goes no further."""
    whole, turns = resolve_name(stage), itertools.count(1)

    async def stops(*given: Any, **named: Any) -> Any:
        if next(turns) != turn:
            return await whole(*given, **named)
        if where != "after":
            there.set()
        if where != "before":
            await whole(*given, **named)
        there.set()
        return await asyncio.Event().wait()

    return stops


@pytest.mark.parametrize("where", ["before", "within", "after"])
async def test_uploads_that_the_server_lets_go_of_leave_nothing(
    database: Cast, dossiers: Dossiers, client_of: Client, settings: Settings, where: str
) -> None:
    """At every stage: while receiving, judging, storing and writing it down."""
    bram, path = await client_of(database.bram), f"/dossiers/{dossiers.anna}/documents"
    files = several(("a.pdf", pdf()), ("b.jpg", jpeg()))
    for stage, turn in STAGES:
        there = asyncio.Event()
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(stage, stopping(stage, turn, where, there))
            sending = asyncio.create_task(bram.post(path, data=keyed({}), files=files))
            await until(lambda: there.is_set() or sending.done(), stage)  # noqa: B023 (waited for at once)
            assert sending.cancel(), f"it never came to {stage}"
            await asyncio.gather(sending, return_exceptions=True)
        if where == "before" and stage in BEFORE_A_ROW:
            assert not held(settings), stage
    await sweep_orphans(now=clock.now() + 2 * GRACE)  # what was let go in the middle of a commit
    stored = {row["stored_as"] for row in await fetch("SELECT stored_as FROM document")}
    assert {f"{place.parent.name}/{place.name}" for place in held(settings)} == stored

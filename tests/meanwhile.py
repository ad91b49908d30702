"""Two at once on the same rows, in an order that is certain."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from contextvars import copy_context
from typing import Any

from backend.foundation.database import fetch_value, transaction

WAITS_FOR_US = """
SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))
"""
Doing = Coroutine[Any, Any, Any]


@asynccontextmanager
async def meanwhile(ours: Doing, theirs: Doing) -> AsyncIterator[None]:
    """Within our transaction, when `ours` is done and `theirs`, in one of its own, waits for it.

    At the end ours commits and theirs runs on; what either raises comes out.
    """
    outside = copy_context()
    async with asyncio.TaskGroup() as both, transaction():
        await ours
        other = both.create_task(theirs, context=outside)
        while not other.done() and not await fetch_value(WAITS_FOR_US):
            pass
        assert not other.done(), "they did not wait"
        yield

"""How much memory a server takes at its highest, from Linux's own book-keeping."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

LOOK_SECONDS = 0.02
MIB = 1024


@dataclass(slots=True)
class Grown:
    """MiB."""

    server: float = 0
    """The web server at its highest, above what it held before."""
    children: float = 0
    """The processes that judge files: all that were there at one moment, at the highest such moment."""


@asynccontextmanager
async def growth(server: psutil.Process) -> AsyncIterator[Grown]:
    """What happens within; filled in at the end. Without Linux's /proc it stays nought."""
    found = Grown()
    if not Path(f"/proc/{server.pid}/clear_refs").exists():
        yield found
        return
    Path(f"/proc/{server.pid}/clear_refs").write_text("5")  # the highest so far is forgotten
    before = _told(server.pid, "VmRSS")
    looking = asyncio.create_task(_look(server, found))
    try:
        yield found
    finally:
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking
        found.server = (_told(server.pid, "VmHWM") - before) / MIB


async def _look(server: psutil.Process, found: Grown) -> None:
    while True:
        held = 0
        for child in server.children(recursive=True):
            held += _told(child.pid, "VmHWM")
        found.children = max(found.children, held / MIB)
        await asyncio.sleep(LOOK_SECONDS)


def _told(pid: int, what: str) -> int:
    """KiB; 0 when the process is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{what}:")), 0)

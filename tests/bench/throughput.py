"""How fast the largest files go in and out, and what of them is in memory meanwhile; beside a plain encrypted
copy on the same disk by the same library."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from uuid import uuid4

import asyncpg
import psutil

from backend.dossier.lifecycle import open_dossier
from backend.embedded import Servers
from backend.foundation import clock
from backend.foundation.clock import HOME_ZONE, day_in
from backend.foundation.database import close_pool, open_pool
from tests.bench import copies
from tests.bench.memory import Grown, growth
from tests.bench.papers import papers
from tests.bench.table import Line
from tests.bench.targets import Target, new_database, serving
from tests.cast import make_cast, session_of

TIMES = 3
AT_ONCE = 4
MOST = 60
"""MiB that the web server may grow: less than three of these files."""
PIECE = 256 * 1024
HEAD = "{method} {path} HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: session={session}\r\n"
SENT = (
    "Sec-Fetch-Site: same-origin\r\nContent-Type: multipart/form-data; boundary=b\r\n"
    "Content-Length: {size}\r\n"
)
PART = '--b\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'

Conversation = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Work = Callable[[], Awaitable[object]]
COLUMNS = ["MB/s", "copy, MB/s", "x copy", "MiB grown", "MiB judging"]


class Desk:
    """Somebody who puts files into one dossier, and takes them out."""

    def __init__(self, target: Target, url: str, session: str, dossier: object) -> None:
        self.target, self.url, self.dossier = target, url, dossier
        self._session = session

    async def put(self, name: str, content: bytes) -> None:
        """Waits until it is judged, cleaned, stored and published."""
        before = (PART.format(name="request_key", more="") + f"{uuid4()}\r\n").encode()
        before += PART.format(name="files", more=f'; filename="{name}"').encode()
        after = b"\r\n--b--\r\n"
        head = SENT.format(size=len(before) + len(content) + len(after))
        reader, writer = await self._asked("POST", f"/dossiers/{self.dossier}/documents", head)
        try:
            writer.write(before)
            for start in range(0, len(content), PIECE):
                writer.write(memoryview(content)[start : start + PIECE])
                await writer.drain()
            writer.write(after)
            _must(await reader.readuntil(b"\r\n\r\n"), 303)
        finally:
            writer.close()

    async def take(self, entry: object) -> int:
        """Bytes of the document."""
        reader, writer = await self._asked("GET", f"/documents/{entry}", "Connection: close\r\n")
        try:
            _must(await reader.readuntil(b"\r\n\r\n"), 200)
            size = 0
            while piece := await reader.read(PIECE):
                size += len(piece)
            return size
        finally:
            writer.close()

    async def entries(self) -> list[tuple[object, int]]:
        """What was put there, with its size."""
        line = await asyncpg.connect(self.url)
        try:
            return [tuple(row) for row in await line.fetch("SELECT entry, size FROM document ORDER BY entry")]
        finally:
            await line.close()

    async def _asked(
        self, method: str, path: str, more: str
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.target.port)
        head = HEAD.format(method=method, path=path, port=self.target.port, session=self._session)
        writer.write(f"{head}{more}\r\n".encode())
        return reader, writer


def _must(head: bytes, status: int) -> None:
    if not head.startswith(b"HTTP/1.1 %d" % status):
        raise ValueError(f"answered with {head.decode().splitlines()[0]}")


async def bench(servers: Servers, say: Callable[[str], None]) -> list[Line]:
    """In, out, alone and several at once, for each kind of file."""
    url = await new_database(servers, "papers")
    session, dossier = await _ready(url)
    rows: list[Line] = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="beterschap-bench-")))
        kept = (folder / "files").as_uri()
        target = stack.enter_context(serving(servers, "product", "papers", FILES_URL=kept))
        desk = Desk(target, url, session, dossier)
        for kind, (name, content) in papers().items():
            say(f"Measuring: {kind} of {len(content) / 1e6:.1f} MB …")
            rows += await _kind(desk, kind, name, content, folder)
    return rows


async def _ready(url: str) -> tuple[str, object]:
    """A dossier, and the secret of a session of somebody who may put files in it."""
    now = clock.now()
    await open_pool(url)
    try:
        cast = await make_cast()
        assert cast.anna.employment
        dossier = await open_dossier(cast.anna.employment, day_in(HOME_ZONE, now), now=now)
        return await session_of(cast.helpers["carla"], now=now), dossier
    finally:
        await close_pool()


async def _kind(desk: Desk, kind: str, name: str, content: bytes, folder: Path) -> list[Line]:
    known = {entry for entry, _size in await desk.entries()}
    await desk.put(name, content)
    sent = len(content)
    ways: list[tuple[str, int, list[Work]]] = [
        ("in, judged and stored", sent, [lambda: desk.put(name, content)] * AT_ONCE)
    ]
    entry, kept = next(one for one in await desk.entries() if one[0] not in known)
    ways.append(("out", kept, [lambda: desk.take(entry)] * AT_ONCE))
    floors = copies.rates(content, folder)
    rows = [Line(f"{kind}, {sent / 1e6:.1f} MB")]
    for (way, size, works), floor in zip(ways, floors, strict=True):
        for count in (1, AT_ONCE):
            rate, grown = await _measured(desk.target.process, works[:count], size)
            who = "alone" if count == 1 else f"{count} at once"
            cells = [f"{one:.0f}" for one in (rate, floor, grown.server, grown.children)]
            cells.insert(2, f"{floor / rate:.1f}")
            rows.append(Line(f"  {way}, {who}", cells, f"at most {MOST} MiB", grown.server <= MOST))
    return [*rows, Line()]


async def _measured(server: psutil.Process, works: Sequence[Work], size: int) -> tuple[float, Grown]:
    """MB a second of all together, and memory at its highest; medians of the rates."""
    rates: list[float] = []
    async with growth(server) as grown:
        for _time in range(TIMES):
            begun = time.perf_counter()
            await asyncio.gather(*(work() for work in works))
            rates.append(len(works) * size / 1e6 / (time.perf_counter() - begun))
    return median(rates), grown

"""A server that speaks clamd's INSTREAM, and knows one virus."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from tests.uploads.hostile import EICAR


@dataclass
class Clamd:
    """What it heard, and how it answers."""

    url: str = ""
    heard: list[int] = field(default_factory=list)
    instead: bytes | None = None
    """An answer that is no verdict."""
    largest: int = 26_214_400

    async def answer(self, reading: asyncio.StreamReader, writing: asyncio.StreamWriter) -> None:
        try:
            assert await reading.readuntil(b"\0") == b"zINSTREAM\0"
            content = b""
            while length := int.from_bytes(await reading.readexactly(4), "big"):
                content += await reading.readexactly(length)
                if len(content) > self.largest:
                    writing.write(b"INSTREAM size limit exceeded. ERROR\0")
                    return
            self.heard.append(len(content))
            found = b"stream: Eicar-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
            writing.write(found if self.instead is None else self.instead)
        except asyncio.IncompleteReadError:
            pass
        finally:
            writing.close()


@asynccontextmanager
async def clamd() -> AsyncIterator[Clamd]:
    """One on a port of its own."""
    scanner = Clamd()
    async with await asyncio.start_server(scanner.answer, "127.0.0.1", 0) as server:
        scanner.url = f"tcp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        yield scanner

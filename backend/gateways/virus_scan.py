"""The virus scanner: a clamd, spoken to in its own protocol (clamd(8), INSTREAM), or none at all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable
from contextlib import suppress
from urllib.parse import unquote, urlsplit

SECONDS = 30
ANSWER = 4096


class ScannerAway(Exception):
    """It is configured, and gives no verdict: it cannot be reached, is busy, or takes no file this large."""


class Scanner:
    """CLAMD_URL: `tcp://host:3310` or `unix:///run/clamav/clamd.ctl`."""

    def __init__(self, url: str) -> None:
        self._parts = urlsplit(url)

    async def scan(self, pieces: AsyncIterable[bytes]) -> str | None:
        """The name of what was found in the file, or None. Raises ScannerAway."""
        try:
            async with asyncio.timeout(SECONDS):
                return _verdict(await self._ask(pieces))
        except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
            raise ScannerAway(type(error).__name__) from error

    async def _ask(self, pieces: AsyncIterable[bytes]) -> bytes:
        if self._parts.scheme == "unix":
            reading, writing = await asyncio.open_unix_connection(unquote(self._parts.path))
        else:
            reading, writing = await asyncio.open_connection(self._parts.hostname, self._parts.port or 3310)
        try:
            # A scanner that has seen enough answers before the end and closes.
            with suppress(ConnectionError):
                writing.write(b"zINSTREAM\0")
                async for piece in pieces:
                    writing.write(len(piece).to_bytes(4, "big") + piece)
                    await writing.drain()
                writing.write(bytes(4))
                await writing.drain()
            return await reading.read(ANSWER)
        finally:
            writing.close()
            with suppress(OSError):
                await writing.wait_closed()


def _verdict(answer: bytes) -> str | None:
    """`stream: OK`, `stream: Eicar-Signature FOUND`, or words about what went wrong."""
    said = answer.rstrip(b"\0\n").decode("utf-8", "replace")
    if said == "stream: OK":
        return None
    if said.startswith("stream: ") and said.endswith(" FOUND"):
        return said[len("stream: ") : -len(" FOUND")]
    raise ScannerAway(said[:100])


_scanner: Scanner | None = None


def use(url: str) -> None:
    """Sets the scanner of this process, once, at the start; empty: there is none."""
    global _scanner
    _scanner = Scanner(url) if url else None


async def scan(pieces: AsyncIterable[bytes]) -> str | None:
    """What was found, or None: nothing, or nobody to look. Raises ScannerAway."""
    return await _scanner.scan(pieces) if _scanner else None

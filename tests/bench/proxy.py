"""Stands between a browser and the server and counts all that crosses, whoever asked for it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import httptools


@dataclass(slots=True)
class Crossed:
    """One request, and the bytes of its answer with headers."""

    path: str
    bytes: int = 0


class _Requests:
    """Tells where each request on a connection begins."""

    def __init__(self, all_crossed: list[Crossed]) -> None:
        self.all = all_crossed
        self.last: Crossed | None = None
        self.parser = httptools.HttpRequestParser(self)

    def on_url(self, url: bytes) -> None:
        self.last = Crossed(url.decode())
        self.all.append(self.last)


@asynccontextmanager
async def counting(port: int) -> AsyncIterator[tuple[int, list[Crossed]]]:
    """A port that leads to `port`, and what crossed so far; clear the list to count anew."""
    crossed: list[Crossed] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        requests = _Requests(crossed)
        there, here = await asyncio.open_connection("127.0.0.1", port)

        async def up() -> None:
            while data := await reader.read(65536):
                requests.parser.feed_data(data)
                here.write(data)
            here.close()

        async def down() -> None:
            while data := await there.read(65536):
                if requests.last:
                    requests.last.bytes += len(data)
                writer.write(data)
            writer.close()

        with suppress(OSError):
            await asyncio.gather(up(), down())

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1], crossed
    finally:
        server.close()

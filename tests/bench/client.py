"""A small HTTP/1.1 client over keep-alive connections, cheap enough to leave the processor to the server."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

import brotli  # type: ignore[import-untyped]

HEADERS = (
    "Host: {host}\r\n"
    "User-Agent: Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/140.0 Mobile Safari/537.36\r\n"
    "Accept: text/html,application/xhtml+xml\r\n"
    "Accept-Encoding: gzip, deflate, br, zstd\r\n"
    "Accept-Language: nl-NL,nl;q=0.9,en;q=0.8\r\n"
    "Sec-Fetch-Site: same-origin\r\n"
    "Sec-Fetch-Mode: navigate\r\n"
    "Sec-Fetch-Dest: document\r\n"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, as the bytes that go over the wire."""

    method: str
    path: str
    session: str | None = None
    form: str = ""

    def wire(self, host: str) -> bytes:
        lines = [f"{self.method} {self.path} HTTP/1.1\r\n", HEADERS.format(host=host)]
        if self.session:
            lines.append(f"Cookie: session={self.session}\r\n")
        if self.method == "POST":
            lines.append(f"Origin: http://{host}\r\nContent-Type: application/x-www-form-urlencoded\r\n")
            lines.append(f"Content-Length: {len(self.form.encode())}\r\n")
        return ("".join(lines) + "\r\n" + self.form).encode()


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its status, its size on the wire with headers and all, and its body as sent."""

    status: int
    head: str
    body: bytes
    wire: int

    @property
    def text(self) -> str:
        coded = "content-encoding: br" in self.head.lower()
        return (brotli.decompress(self.body) if coded else self.body).decode()


class Line(asyncio.Protocol):
    """One connection; one request at a time."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._need = 0
        self._answered: asyncio.Future[Answer] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, reason: Exception | None) -> None:
        if self._answered and not self._answered.done():
            self._answered.set_exception(reason or ConnectionResetError("the server hung up"))

    def ask(self, wire: bytes) -> asyncio.Future[Answer]:
        self._answered = asyncio.get_running_loop().create_future()
        self._transport.write(wire)
        return self._answered

    def close(self) -> None:
        self._transport.close()

    def data_received(self, data: bytes) -> None:
        self._data += data
        if not self._need:
            end = self._data.find(b"\r\n\r\n")
            if end < 0:
                return
            self._head = self._data[:end].decode("latin-1")
            self._begin = end + 4
            self._need = self._begin + _length(self._head)
        if len(self._data) < self._need or self._answered is None:
            return
        body = bytes(self._data[self._begin : self._need])
        answer = Answer(int(self._head[9:12]), self._head, body, self._need)
        del self._data[: self._need]
        self._need = 0
        self._answered.set_result(answer)


def _length(head: str) -> int:
    """Both servers answer with a whole body, so that chunks need no reading."""
    for line in head.split("\r\n")[1:]:
        name, _colon, value = line.partition(":")
        if name.lower() == "content-length":
            return int(value)
        if name.lower() == "transfer-encoding":
            raise ValueError("this client reads no chunks")
    return 0


@dataclass(frozen=True, slots=True)
class Run:
    """What a number of requests over some connections gave."""

    seconds: float
    moments: list[float]
    """Seconds from request to the last byte of its answer, each."""
    wire: float
    """Bytes on the wire per answer."""

    @property
    def rate(self) -> float:
        return len(self.moments) / self.seconds

    @property
    def p50(self) -> float:
        return median(self.moments) * 1000

    @property
    def p95(self) -> float:
        return quantiles(self.moments, n=20)[-1] * 1000


async def one(port: int, asked: Asked) -> Answer:
    """A single request on a connection of its own."""
    line = await _line(port)
    try:
        return await line.ask(asked.wire(f"localhost:{port}"))
    finally:
        line.close()


async def run(port: int, asked: Sequence[Asked], connections: int, good: Callable[[Answer], bool]) -> Run:
    """All requests, over so many connections, each asking again as soon as it is answered.

    Raises ValueError at an answer that is not `good`: a fast refusal must not pass for a fast page.
    """
    waiting = [each.wire(f"localhost:{port}") for each in reversed(asked)]
    lines = [await _line(port) for _ in range(connections)]
    moments: list[float] = []
    sizes: list[int] = []

    async def work(line: Line) -> None:
        while waiting:
            wire = waiting.pop()
            begun = time.perf_counter()
            answer = await line.ask(wire)
            moments.append(time.perf_counter() - begun)
            sizes.append(answer.wire)
            if not good(answer):
                raise ValueError(f"{wire.split(b' HTTP')[0].decode()} was answered with {answer.head}")

    begun = time.perf_counter()
    try:
        await asyncio.gather(*map(work, lines))
    finally:
        for line in lines:
            line.close()
    return Run(time.perf_counter() - begun, moments, sum(sizes) / len(sizes))


async def _line(port: int) -> Line:
    return (await asyncio.get_running_loop().create_connection(Line, "127.0.0.1", port))[1]

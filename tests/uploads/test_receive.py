"""A form with files, as it comes in: in any pieces, cut off anywhere, and malformed."""

from __future__ import annotations

import asyncio
import gc
import os
import tracemalloc
from collections.abc import AsyncIterator

import pytest

from backend.uploads.kinds import LARGEST
from backend.uploads.receive import Malformed, Received, receive

TYPE = "multipart/form-data; boundary=snijlijn"


def form(*parts: tuple[str, str | None, bytes], end: bytes = b"--snijlijn--\r\n") -> bytes:
    """Name, file name or None, content."""
    made = b""
    for name, filename, content in parts:
        told = f'form-data; name="{name}"' + ("" if filename is None else f'; filename="{filename}"')
        made += b"--snijlijn\r\nContent-Disposition: " + told.encode() + b"\r\n\r\n" + content + b"\r\n"
    return made + end


async def sent(body: bytes, size: int = 64 * 1024, content_type: str = TYPE) -> Received:
    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(body), size):
            yield body[start : start + size]

    return await receive(pieces(), content_type)


def descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))


@pytest.mark.parametrize("size", [1, 7, 1000, 64 * 1024])
async def test_words_and_files_come_in_whole(size: int) -> None:
    body = form(
        ("body", None, "Eén brief".encode()),
        ("files", "één brief.pdf", b"%PDF" * 1000),
        ("files", "", b""),
        ("files", "C:\\map\\b.txt", b"\r\n--snij\r\n"),
        ("tick", None, b"a"),
        ("tick", None, b"b"),
    )
    with await sent(body, size) as received:
        assert received.words == {"body": ["Eén brief"], "tick": ["a", "b"]}
        assert [file.name for file in received.files] == ["één brief.pdf", "C:\\map\\b.txt"]
        with received.files[0].scratch.open() as first, received.files[1].scratch.open() as second:
            assert first.read() == b"%PDF" * 1000
            assert second.read() == b"\r\n--snij\r\n"


MANY = [(str(number), None, b"x") for number in range(100)]
WRONG = {
    "no end": form(("a", None, b"b"), end=b""),
    "half a file": form(("a", "b.pdf", b"%PDF" * 1000))[:-1500],
    "nothing": b"",
    "no form": b"hello",
    "other boundary": form(("a", None, b"b")).replace(b"snijlijn", b"snijlyn"),
    "no header": b"--snijlijn\r\n\xff\xff\xff\r\n\r\nx\r\n--snijlijn--\r\n",
    "long header": b"--snijlijn\r\nX: " + b"x" * 9000 + b"\r\n\r\nx\r\n--snijlijn--\r\n",
    "too many fields": form(*MANY),
    "one name too often": form(*[("a", None, b"x")] * 100),
    "too many files": form(*[("files", "a.txt", b"x")] * 30),
    "long field": form(("a", None, b"x" * 50_000)),
}


@pytest.mark.parametrize("what", WRONG)
async def test_what_no_browser_sends_is_refused_and_leaves_nothing(what: str) -> None:
    before = descriptors()
    with pytest.raises(Malformed):
        await sent(WRONG[what])
    gc.collect()
    assert descriptors() <= before


@pytest.mark.parametrize(
    "content_type", ["", "text/plain", "multipart/form-data", "multipart/mixed; boundary=x"]
)
async def test_another_kind_of_body_is_refused(content_type: str) -> None:
    with pytest.raises(Malformed):
        await sent(form(("a", None, b"b")), content_type=content_type)


async def test_a_file_past_the_limit_is_counted_and_not_kept() -> None:
    with await sent(form(("files", "groot.txt", b"a" * (LARGEST + 5_000_000)))) as received:
        (file,) = received.files
        assert file.too_large
        assert file.scratch.size <= LARGEST


async def test_a_thousand_uploads_broken_off_leave_nothing() -> None:
    """Cut off at a thousand places, by an error, by cancelling and by a body that ends."""
    body = form(
        ("body", None, b"x" * 500), ("files", "a.pdf", b"%PDF" * 5000), ("files", "b.pdf", b"%PDF" * 5000)
    )
    before = descriptors()

    async def broken(number: int) -> None:
        at = len(body) * (number + 1) // 1002

        async def pieces() -> AsyncIterator[bytes]:
            yield body[:at]
            if number % 3 == 0:
                raise ConnectionError
            if number % 3 == 1:
                await asyncio.Event().wait()

        task = asyncio.create_task(receive(pieces(), TYPE))
        if number % 3 == 1:
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            task.cancel()
        with pytest.raises((ConnectionError, Malformed, asyncio.CancelledError)):
            await task

    for number in range(1000):
        await broken(number)
    gc.collect()
    assert descriptors() <= before


async def test_receiving_takes_little_memory(record_property: pytest.RecordProperty) -> None:
    piece = b"a" * 65536

    async def pieces() -> AsyncIterator[bytes]:
        yield b'--snijlijn\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        for _ in range(LARGEST // len(piece)):
            yield piece
        yield b"\r\n--snijlijn--\r\n"

    tracemalloc.start()
    with await receive(pieces(), TYPE) as received:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert received.files[0].size == LARGEST
    record_property("figures", f"receiving 25 MB, KiB at the highest: {peak // 1024}")
    assert peak < 2_000_000

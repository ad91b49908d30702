"""What is kept is judged, cleaned and scanned; what is not leaves nothing."""

from __future__ import annotations

import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from backend.foundation import encryption
from backend.gateways import files, virus_scan
from backend.uploads.keep import Kept, drop, keep
from backend.uploads.receive import Incoming
from backend.uploads.scratch import Scratch
from backend.uploads.unfit import Unfit, Why
from tests.uploads.clamd import Clamd, clamd
from tests.uploads.hostile import EICAR, HOSTILE
from tests.uploads.samples import SECRET, jpeg, pdf


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Path]:
    encryption.use((b"key" * 11,))
    files.use((tmp_path / "files").as_uri())
    virus_scan.use("")
    yield tmp_path / "files"
    virus_scan.use("")


@pytest.fixture
async def scanner(store: Path) -> AsyncIterator[Clamd]:
    async with clamd() as found:
        virus_scan.use(found.url)
        yield found


def incoming(content: bytes, name: str = "brief.pdf") -> Incoming:
    file = Incoming(name, Scratch(), len(content), "x")
    file.scratch.write(content)
    file.scratch.finish()
    return file


async def content_of(kept: Kept) -> bytes:
    return b"".join([piece async for piece in files.files().open(kept.stored.stored_as, kept.stored.key)])


def held(store: Path) -> list[Path]:
    return [path for path in store.rglob("*") if path.is_file()]


async def test_a_file_is_kept_encrypted_under_a_name_of_its_own(store: Path) -> None:
    kept = await keep(incoming(pdf(), "Brief van Sanne.docx"))
    assert (kept.filename, kept.content_type) == ("Brief van Sanne.docx.pdf", "application/pdf")
    assert await content_of(kept) == pdf()
    (path,) = held(store)
    assert b"%PDF" not in path.read_bytes()
    await drop(kept)
    assert not held(store)


async def test_a_photo_is_kept_clean(store: Path) -> None:
    assert SECRET not in await content_of(await keep(incoming(jpeg(), "foto.jpg")))


@pytest.mark.parametrize("name", ["bom.docx", "javascript.pdf", "half.jpg"])
async def test_what_is_refused_leaves_nothing(store: Path, name: str) -> None:
    with pytest.raises(Unfit):
        await keep(incoming(HOSTILE[name][0], name))
    assert not held(store)


async def test_a_virus_is_found_in_what_was_sent(scanner: Clamd, store: Path) -> None:
    await keep(incoming(pdf()))
    assert scanner.heard == [len(pdf())]
    for content in (EICAR, pdf(head=b"%" + EICAR + b"\n"), jpeg() + EICAR):
        with pytest.raises(Unfit) as refused:
            await keep(incoming(content, "eicar.txt"))
        assert refused.value.why == Why.VIRUS
    assert len(held(store)) == 1


@pytest.mark.parametrize("instead", [b"", b"stream: ERROR\0", b"COMMAND READ TIMED OUT", b"stream: OK nee"])
async def test_without_a_verdict_nothing_is_let_in(scanner: Clamd, store: Path, instead: bytes) -> None:
    scanner.instead = instead
    with pytest.raises(Unfit) as refused:
        await keep(incoming(pdf()))
    assert refused.value.why == Why.NO_SCANNER
    assert not held(store)


async def test_a_scanner_that_takes_no_large_files_lets_none_in(scanner: Clamd, store: Path) -> None:
    scanner.largest = 1_000_000
    with pytest.raises(Unfit, match="no_scanner"):
        await keep(incoming(b"a" * 20_000_000, "lang.txt"))
    assert not held(store)


@pytest.mark.parametrize("url", ["tcp://127.0.0.1:1", "unix:///nowhere/clamd.ctl"])
async def test_a_scanner_that_is_away_lets_nothing_in(store: Path, url: str) -> None:
    virus_scan.use(url)
    with pytest.raises(Unfit, match="no_scanner"):
        await keep(incoming(pdf()))
    assert not held(store)


async def test_a_scratch_file_has_no_name_and_nothing_readable() -> None:
    before = set(os.listdir(tempfile.gettempdir()))
    with Scratch() as scratch:
        scratch.write(b"Sanne de Wit " * 20_000)
        scratch.finish()
        assert set(os.listdir(tempfile.gettempdir())) <= before
        assert os.fstat(scratch.descriptor).st_mode & 0o777 == 0o600
        assert b"Sanne" not in os.pread(scratch.descriptor, 300_000, 0)
        with scratch.open() as file:
            assert file.read() == b"Sanne de Wit " * 20_000
            file.seek(150_001)
            assert file.read(20) == (b"Sanne de Wit " * 20_000)[150_001:150_021]

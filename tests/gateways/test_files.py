"""Files are kept encrypted, whole or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend.foundation import encryption
from backend.foundation.encryption import CannotDecrypt, keyring
from backend.gateways.files import FileDamaged, FileGone, FileStore, Stored
from backend.gateways.sealed_stream import CHUNK, TAG
from tests.until import PATIENCE, until

OLD, NEW = b"old" * 11, b"new" * 11
SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 12_000_000]


@pytest.fixture(autouse=True)
def keys() -> None:
    encryption.use((OLD,))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "map met spatie"


@pytest.fixture
def store(folder: Path) -> FileStore:
    return FileStore(folder.as_uri())


async def pieces(content: bytes, size: int = 100_000) -> AsyncIterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


async def read(store: FileStore, stored: Stored) -> bytes:
    return b"".join([piece async for piece in store.open(stored.stored_as, stored.key)])


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("size", SIZES)
async def test_what_goes_in_comes_out(store: FileStore, folder: Path, size: int) -> None:
    content = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    stored = await store.store(pieces(content))
    assert stored.size == size
    assert await read(store, stored) == content
    (path,) = kept(folder)
    chunks = max(1, -(-size // CHUNK))
    assert path.stat().st_size == 1 + size + chunks * TAG


async def test_nothing_readable_lies_in_the_store(store: FileStore, folder: Path) -> None:
    content = b"Plan van aanpak van Anna Aalbers. " * 10_000
    await store.store(pieces(content))
    assert b"Anna" not in kept(folder)[0].read_bytes()


async def test_two_files_share_no_key(store: FileStore) -> None:
    one, other = await store.store(pieces(b"one")), await store.store(pieces(b"one"))
    assert keyring().decrypt_bytes(one.key, "document.key") != keyring().decrypt_bytes(
        other.key, "document.key"
    )
    with pytest.raises(FileDamaged):
        await read(store, Stored(one.stored_as, other.key, 3))


@pytest.mark.parametrize("place", [0, 1, 500, 1 + CHUNK + TAG, 1 + 2 * (CHUNK + TAG) + 5, -1])
async def test_a_changed_byte_is_refused(store: FileStore, folder: Path, place: int) -> None:
    stored = await store.store(pieces(b"x" * (2 * CHUNK + 100)))
    (path,) = kept(folder)
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    with pytest.raises(FileDamaged):
        await read(store, stored)


@pytest.mark.parametrize("left", [0, 1, 10, 1 + CHUNK + TAG, 1 + 2 * (CHUNK + TAG), 2 * (CHUNK + TAG)])
async def test_a_shortened_file_is_refused(store: FileStore, folder: Path, left: int) -> None:
    stored = await store.store(pieces(b"x" * (2 * CHUNK + 100)))
    (path,) = kept(folder)
    path.write_bytes(path.read_bytes()[:left])
    with pytest.raises(FileDamaged):
        await read(store, stored)


async def test_chunks_that_changed_places_or_were_added_are_refused(store: FileStore, folder: Path) -> None:
    stored = await store.store(pieces(b"x" * (3 * CHUNK + 100)))
    (path,) = kept(folder)
    content, size = path.read_bytes(), CHUNK + TAG
    version, first, second, rest = (
        content[:1],
        content[1 : 1 + size],
        content[1 + size : 1 + 2 * size],
        content[1 + 2 * size :],
    )
    for other in (version + second + first + rest, version + first + rest, content + rest, content + b"x"):
        path.write_bytes(other)
        with pytest.raises(FileDamaged):
            await read(store, stored)


async def test_a_source_that_fails_leaves_nothing(store: FileStore, folder: Path) -> None:
    async def fails(size: int) -> AsyncIterator[bytes]:
        yield b"x" * size
        raise ValueError("broken off")

    for size in (10, 12_000_000):
        with pytest.raises(ValueError, match="broken off"):
            await store.store(fails(size))
    assert kept(folder) == []


async def test_a_caller_that_goes_away_leaves_nothing(store: FileStore, folder: Path) -> None:
    more_is_asked = asyncio.Event()

    async def endless() -> AsyncIterator[bytes]:
        yield b"x" * 12_000_000
        more_is_asked.set()
        await asyncio.Event().wait()

    storing = asyncio.create_task(store.store(endless()))
    await asyncio.wait_for(more_is_asked.wait(), PATIENCE)
    await until(lambda: bool(kept(folder)), "half a file")
    storing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await storing
    assert kept(folder) == []


async def test_a_file_opens_after_the_keys_were_rotated(store: FileStore) -> None:
    stored = await store.store(pieces(b"plan"))
    encryption.use((NEW, OLD))
    assert await read(store, stored) == b"plan"
    name, ring = "document.key", encryption.keyring()
    renewed = ring.encrypt(ring.decrypt_bytes(stored.key, name), name)
    encryption.use((NEW,))
    assert await read(store, Stored(stored.stored_as, renewed, 4)) == b"plan"
    with pytest.raises(CannotDecrypt):
        await read(store, stored)


async def test_a_deleted_file_is_gone(store: FileStore, folder: Path) -> None:
    stored = await store.store(pieces(b"plan"))
    await store.delete(stored.stored_as)
    await store.delete(stored.stored_as)
    assert kept(folder) == []
    with pytest.raises(FileGone):
        await read(store, stored)

"""The file store: a local folder or anything that speaks S3, holding encrypted files only."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterable, AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import obstore
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from obstore.store import LocalStore, ObjectStore, from_url

from backend.foundation.encryption import keyring
from backend.foundation.tokens import new_id
from backend.gateways.sealed_stream import CHUNK, FileDamaged, seal, unseal

__all__ = ["FileDamaged", "FileGone", "FileStore", "Stored", "files", "use"]

KEY_FIELD = "document.key"
PART = 5 * 1024 * 1024
"""The smallest part S3 accepts of a file in parts; held in memory while storing."""


class FileGone(Exception):
    """There is no such file in the store."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What to remember of a stored file."""

    stored_as: str
    key: bytes = field(repr=False)
    """The file's own key, encrypted with ours."""
    size: int
    """Bytes of the readable content."""


class FileStore:
    """FILES_URL: `file:///folder`, or `s3://bucket/prefix` with the usual AWS_* variables."""

    def __init__(self, url: str) -> None:
        self._folder: Path | None = None
        if urlsplit(url).scheme == "file":
            self._folder = Path(unquote(urlsplit(url).path))
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._store: ObjectStore = LocalStore(self._folder, mkdir=True)
        else:
            self._store = from_url(url)

    async def store(self, chunks: AsyncIterable[bytes]) -> Stored:
        """Encrypts and keeps a file under a random name and key. When the source fails or the caller is
        cancelled, nothing is kept; or in the last moment, on its way to the disk, a whole file that nothing
        points to, which the sweep takes."""
        name = new_id().hex
        stored_as = f"{name[-2:]}/{name}"
        key = AESGCM.generate_key(256)
        counted = _Counted(chunks)
        async with obstore.open_writer_async(self._store, stored_as, buffer_size=PART) as writer:
            async for sealed in seal(counted, key):
                await writer.write(sealed)
        if self._folder:
            await asyncio.to_thread(_to_disk, self._folder / stored_as)
        return Stored(stored_as, keyring().encrypt(key, KEY_FIELD), counted.size)

    async def open(self, stored_as: str, key: bytes) -> AsyncIterator[bytes]:
        """The readable content, piece by piece. Raises FileGone, FileDamaged, or encryption.CannotDecrypt."""
        own_key = keyring().decrypt_bytes(key, KEY_FIELD)
        try:
            found = await obstore.get_async(self._store, stored_as)
        except FileNotFoundError as error:
            raise FileGone(stored_as) from error
        async for piece in unseal(_bytes(found.stream(min_chunk_size=4 * CHUNK)), own_key):
            yield piece

    async def delete(self, stored_as: str) -> None:
        """Gone for good; no matter when it was gone already."""
        with suppress(FileNotFoundError):
            await obstore.delete_async(self._store, stored_as)

    async def older_than(self, moment: datetime, at_once: int) -> AsyncIterator[list[str]]:
        """The names of all files stored before that moment, some at a time."""
        async for found in obstore.list(self._store, chunk_size=at_once):
            yield [one["path"] for one in found if one["last_modified"] < moment]

    async def forget_halves(self, moment: datetime) -> int:
        """Throws away what a process that died in the middle of storing left in a folder before that moment,
        and says how much. In S3 such parts are no files; a rule of the bucket ends them."""
        return await asyncio.to_thread(_forget_halves, self._folder, moment) if self._folder else 0


def _forget_halves(folder: Path, moment: datetime) -> int:
    """obstore writes `<name>#<number>` until a file is whole, and lists none of these."""
    old = [half for half in folder.glob("*/*#*") if half.stat().st_mtime < moment.timestamp()]
    for half in old:
        half.unlink(missing_ok=True)
    return len(old)


class _Counted:
    def __init__(self, chunks: AsyncIterable[bytes]) -> None:
        self._chunks = chunks
        self.size = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._chunks:
            self.size += len(chunk)
            yield chunk


async def _bytes(stream: obstore.BytesStream) -> AsyncIterator[bytes]:
    async for piece in stream:
        yield bytes(piece)


def _to_disk(path: Path) -> None:
    """Waits until file and folder are on disk: the row that points here is about to be committed."""
    for place in (path, path.parent):
        descriptor = os.open(place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


_files: FileStore | None = None


def use(url: str) -> None:
    """Sets the file store of this process, once, at the start."""
    global _files
    _files = FileStore(url)


def files() -> FileStore:
    """The file store of this process."""
    if _files is None:
        raise RuntimeError("no file store yet: call files.use() at the start")
    return _files

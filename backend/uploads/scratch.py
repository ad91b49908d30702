"""A file on its way in: on disk without a name, encrypted with a key that only memory holds.

Without a name it is gone when its last holder closes it or dies, whichever way; so an upload that breaks
off leaves nothing, and what is on the disk until then nobody can read. Pieces of 64 KiB are sealed one by one
with AES-256-GCM, the piece's number being the nonce, so that judging may read anywhere in little memory.
"""

from __future__ import annotations

import io
import os
import tempfile
from types import TracebackType
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PIECE = 64 * 1024
SEALED = PIECE + 16


class Scratch:
    """Written once from beginning to end, then read anywhere."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 (lives as long as this does)
        self.key = AESGCM.generate_key(256)
        self.size = 0
        self._writer = Writer(self._file.fileno(), self.key)

    @property
    def descriptor(self) -> int:
        """For a process that judges; it needs the key and the size as well."""
        return self._file.fileno()

    def write(self, data: bytes) -> None:
        """Adds to the end."""
        self._writer.write(data)
        self.size = self._writer.size

    def finish(self) -> None:
        """Everything was written."""
        self._writer.finish()

    def holds(self, size: int) -> None:
        """Another process wrote so many bytes, with our key."""
        self.size = size

    def open(self) -> io.BufferedReader:
        """Its content, from the beginning."""
        return reader(self._file.fileno(), self.key, self.size)

    def close(self) -> None:
        """Gone for good."""
        self._file.close()

    def __enter__(self) -> Scratch:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.close()


class Writer:
    """Seals what is written, piece by piece."""

    def __init__(self, descriptor: int, key: bytes) -> None:
        self._descriptor = descriptor
        self._cipher = AESGCM(key)
        self._waiting = bytearray()
        self._number = 0
        self.size = 0

    def write(self, data: bytes) -> None:
        """Adds to the end."""
        self.size += len(data)
        self._waiting += data
        while len(self._waiting) >= PIECE:
            self._put(bytes(self._waiting[:PIECE]))
            del self._waiting[:PIECE]

    def finish(self) -> None:
        """Writes what is left; nothing may follow."""
        if self._waiting:
            self._put(bytes(self._waiting))
            self._waiting.clear()

    def _put(self, piece: bytes) -> None:
        sealed = self._cipher.encrypt(nonce(self._number), piece, None)
        if os.pwrite(self._descriptor, sealed, self._number * SEALED) != len(sealed):
            raise OSError("the disk is full")
        self._number += 1


def reader(descriptor: int, key: bytes, size: int) -> io.BufferedReader:
    """A file to read in, as `zipfile` and the like take it."""
    return io.BufferedReader(_Sealed(descriptor, key, size), PIECE)


class _Sealed(io.RawIOBase):
    def __init__(self, descriptor: int, key: bytes, size: int) -> None:
        self._descriptor = descriptor
        self._cipher = AESGCM(key)
        self._size = size
        self._at = 0
        self._piece = (-1, b"")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError("before the beginning")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: Any, /) -> int:
        if self._at >= self._size:
            return 0
        number, within = divmod(self._at, PIECE)
        if self._piece[0] != number:
            sealed = os.pread(self._descriptor, SEALED, number * SEALED)
            self._piece = (number, self._cipher.decrypt(nonce(number), sealed, None))
        room = memoryview(buffer).cast("B")
        found = self._piece[1][within : within + len(room)]
        room[: len(found)] = found
        self._at += len(found)
        return len(found)


def nonce(number: int) -> bytes:
    """A key belongs to one file that is written once, so a number never comes back."""
    return number.to_bytes(12, "big")

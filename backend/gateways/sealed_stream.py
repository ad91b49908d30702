"""Turns a stream of bytes into encrypted chunks and back, in constant memory.

The STREAM construction (Hoang, Reyhanitabar, Rogaway and Vizár, 2015), as age uses it: AES-256-GCM per chunk
of 64 KiB, the nonce being eleven bytes of chunk number and one that marks the last. A chunk that was changed,
moved, left out or cut off at the end does not open. The key belongs to one file only, so nonces never repeat.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CHUNK = 64 * 1024
TAG = 16
VERSION = b"\x01"


class FileDamaged(Exception):
    """The stored bytes are not what we wrote: changed, shortened, or another file's."""


async def seal(chunks: AsyncIterable[bytes], key: bytes) -> AsyncIterator[bytes]:
    """The encrypted stream. An empty file is one empty last chunk."""
    cipher = AESGCM(key)
    yield VERSION
    number = 0
    async for chunk, last in _resized(chunks, CHUNK):
        yield cipher.encrypt(_nonce(number, last), chunk, None)
        number += 1


async def unseal(stored: AsyncIterable[bytes], key: bytes) -> AsyncIterator[bytes]:
    """The readable stream; every piece it gives was verified. Raises FileDamaged."""
    cipher = AESGCM(key)
    number = 0
    async for sealed, last in _resized(_without_version(stored), CHUNK + TAG):
        try:
            yield cipher.decrypt(_nonce(number, last), sealed, None)
        except InvalidTag as error:
            raise FileDamaged(f"chunk {number}") from error
        number += 1


async def _without_version(stored: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    seen = False
    async for piece in stored:
        if seen or not piece:
            yield piece
            continue
        if piece[:1] != VERSION:
            raise FileDamaged("version")
        seen = True
        yield piece[1:]


async def _resized(pieces: AsyncIterable[bytes], size: int) -> AsyncIterator[tuple[bytes, bool]]:
    """The same bytes in pieces of `size`, and whether each is the last, which may be shorter or empty."""
    waiting = bytearray()
    async for piece in pieces:
        waiting += piece
        while len(waiting) > size:
            yield bytes(waiting[:size]), False
            del waiting[:size]
    yield bytes(waiting), True


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")

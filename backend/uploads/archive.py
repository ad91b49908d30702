"""The zip that Office and OpenDocument files are (PKWARE APPNOTE 6.3), judged before anything is unpacked.

Strict, so that there is one way to read it: nothing before, between or after the files, no file twice, no
encryption, no other packing than deflate, and what it unpacks to is bounded and really as large as it says.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from backend.uploads.unfit import Unfit, Why

END = struct.Struct("<4s4H2IH")
LOCAL = struct.Struct("<4s5H3I2H")
ENTRIES = 4000
DIRECTORY = 2 * 1024 * 1024
UNPACKED = 300 * 1024 * 1024
RATIO = 150
FREE = 10 * 1024 * 1024
"""Up to so many bytes a file may be packed as well as it likes: an empty sheet packs a thousand times."""
DESCRIPTOR = 24
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)
"""What zipfile raises for a broken part; the last one for a compression that it does not know."""
PIECE = 256 * 1024
BEGIN = 512
ENCRYPTED = 0x1 | 0x40 | 0x2000
STREAMED = 0x8
OTHER_NAME = b"up"
"""A field that gives a file a second name (APPNOTE, 4.6.9)."""
BAD_NAME = re.compile(r"(^/)|(^|/)\.\.(/|$)|\\|[\x00-\x1f\x7f]|^[A-Za-z]:")


def _differ(told: tuple[int, int, int], entry: zipfile.ZipInfo) -> bool:
    """Whether a file says otherwise of itself than the directory does (all ones: 64 bits elsewhere)."""
    listed = (entry.CRC, entry.compress_size, entry.file_size)
    return any(here not in (there, 0xFFFFFFFF) for here, there in zip(told, listed, strict=True))


def _fields(extra: bytes) -> set[bytes]:
    """The signs of a file's extra fields."""
    found, at = set(), 0
    while at + 4 <= len(extra):
        found.add(extra[at : at + 2])
        at += 4 + int.from_bytes(extra[at + 2 : at + 4], "little")
    return found


class Archive:
    """A zip that holds what it says. Raises Unfit."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._judge_end()
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, struct.error) as error:
            raise Unfit(Why.DAMAGED) from error
        self.files = {entry.filename: entry for entry in self._zip.infolist()}
        self._judge_entries()
        self._judge_gaps()

    def _judge_end(self) -> None:
        size = self._file.seek(0, 2)
        if size < END.size:
            raise Unfit(Why.DAMAGED)
        self._file.seek(size - END.size)
        sign, disk, first, here, count, length, start, comment = END.unpack(self._file.read(END.size))
        if sign != b"PK\x05\x06" or comment:
            raise Unfit(Why.HIDDEN)
        if disk or first or here != count or start + length != size - END.size:
            raise Unfit(Why.DAMAGED)
        if count > ENTRIES or length > DIRECTORY:
            raise Unfit(Why.BOMB)
        self._start = start

    def _judge_entries(self) -> None:
        entries = self._zip.infolist()
        names = {entry.filename.lower() for entry in entries}
        if len(names) != len(entries) or any(BAD_NAME.search(entry.orig_filename) for entry in entries):
            raise Unfit(Why.DAMAGED)
        if any(OTHER_NAME in _fields(entry.extra) for entry in entries):
            raise Unfit(Why.DAMAGED)
        if any(entry.is_dir() and entry.file_size for entry in entries):
            raise Unfit(Why.HIDDEN)
        if any(entry.flag_bits & ENCRYPTED for entry in entries):
            raise Unfit(Why.LOCKED)
        if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
            raise Unfit(Why.DAMAGED)
        unpacked = sum(entry.file_size for entry in entries)
        packed = sum(entry.compress_size for entry in entries)
        if unpacked > UNPACKED or unpacked > max(FREE, packed * RATIO):
            raise Unfit(Why.BOMB)

    def _judge_gaps(self) -> None:
        """Files follow one another: none lies within another, and nothing lies between."""
        at = 0
        for entry in sorted(self._zip.infolist(), key=lambda entry: entry.header_offset):
            gap = entry.header_offset - at
            if gap < 0:
                raise Unfit(Why.BOMB)
            if gap > (DESCRIPTOR if at else 0):
                raise Unfit(Why.HIDDEN)
            self._file.seek(entry.header_offset)
            head = self._file.read(LOCAL.size)
            if len(head) != LOCAL.size:
                raise Unfit(Why.DAMAGED)
            sign, _, flags, packing, _, _, crc, small, large, name, extra = LOCAL.unpack(head)
            if flags & STREAMED == 0 and _differ((crc, small, large), entry):
                raise Unfit(Why.DAMAGED)
            if sign != b"PK\x03\x04" or packing != entry.compress_type or flags & ENCRYPTED:
                raise Unfit(Why.DAMAGED)
            at = entry.header_offset + LOCAL.size + name + extra + entry.compress_size
        if not 0 <= self._start - at <= DESCRIPTOR:
            raise Unfit(Why.HIDDEN)

    def pieces(self, name: str) -> Iterator[bytes]:
        """Unpacks one file piece by piece, and proves its size and checksum at the end."""
        entry = self.files.get(name)
        if entry is None:
            raise Unfit(Why.DAMAGED)
        total = 0
        try:
            with self._zip.open(entry) as file:
                while piece := file.read(PIECE):
                    total += len(piece)
                    yield piece
        except UNREADABLE as error:
            raise Unfit(Why.DAMAGED) from error
        if total != entry.file_size:
            raise Unfit(Why.BOMB)

    def begin(self, name: str) -> bytes:
        """How a file begins."""
        try:
            with self._zip.open(self.files[name]) as file:
                return file.read(BEGIN)
        except UNREADABLE as error:
            raise Unfit(Why.DAMAGED) from error

    def prove(self, name: str) -> None:
        """Unpacks one file and keeps nothing."""
        for _ in self.pieces(name):
            pass

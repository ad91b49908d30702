"""The zip that Office and OpenDocument files are (PKWARE APPNOTE 6.3), judged before anything is unpacked.

Strict, so that there is one way to read it: nothing before, between or after the files, no file twice, no
encryption, no other packing than deflate, and what it unpacks to is bounded and really as large as it says.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable
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
OVERLAP = 512
ENCRYPTED = 0x1 | 0x40 | 0x2000
BAD_NAME = re.compile(r"(^/)|(^|/)\.\.(/|$)|\\|[\x00-\x1f\x7f]|^[A-Za-z]:")

Look = Callable[[str, bytes], None]
"""Is shown every piece of every file, with a bit of the piece before."""


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
            sign, _, flags, packing, _, _, _, _, _, name, extra = LOCAL.unpack(head)
            if sign != b"PK\x03\x04" or packing != entry.compress_type or flags & ENCRYPTED:
                raise Unfit(Why.DAMAGED)
            at = entry.header_offset + LOCAL.size + name + extra + entry.compress_size
        if not 0 <= self._start - at <= DESCRIPTOR:
            raise Unfit(Why.HIDDEN)

    def read(self, name: str, most: int = 1024 * 1024) -> bytes:
        """A small file whole."""
        found = self.files.get(name)
        if found is None:
            raise Unfit(Why.DAMAGED)
        if found.file_size > most:
            raise Unfit(Why.TOO_COMPLEX)
        try:
            with self._zip.open(found) as file:
                return file.read()
        except UNREADABLE as error:
            raise Unfit(Why.DAMAGED) from error

    def unpack(self, look: Look) -> None:
        """Unpacks every file, piece by piece, keeps nothing, and proves its size and checksum."""
        for entry in self._zip.infolist():
            try:
                with self._zip.open(entry) as file:
                    total, kept = 0, b""
                    while piece := file.read(PIECE):
                        total += len(piece)
                        look(entry.filename, kept + piece)
                        kept = piece[-OVERLAP:]
            except UNREADABLE as error:
                raise Unfit(Why.DAMAGED) from error
            if total != entry.file_size:
                raise Unfit(Why.BOMB)

    def copy(self, name: str, put: Callable[[bytes], object]) -> None:
        """Unpacks one file to elsewhere."""
        with self._zip.open(self.files[name]) as file:
            while piece := file.read(PIECE):
                put(piece)

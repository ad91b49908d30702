"""A PDF is a document, or a program with other files in it. Only the first kind is taken.

Nothing is drawn and no object is trusted to be where the file says it is: the whole file is searched for
names by which a reader would do something, also where they are written in escapes or in compressed objects.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from backend.uploads.unfit import Unfit, Why

TAIL = 2048
OBJECTS = 64 * 1024 * 1024
"""Bytes that compressed objects may hold together."""
PIECE = 256 * 1024
OVERLAP = 256
HEAD = 1024

ACTIVE = ("JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "SubmitForm", "ImportData",
          "Rendition", "GoToE", "Movie", "XFA")  # fmt: skip
"""Actions that run, send or fetch something, and files within the file (ISO 32000-2, 12.6.4 and 7.11.4)."""
NESTED = (b"ASCIIHexDecode", b"ASCII85Decode", b"LZWDecode", b"RunLengthDecode", b"Predictor", b"Crypt")
WEB_PAGE = re.compile(rb"<(!doctype\s+html|html|script|svg|iframe|body|\?php)", re.I)


def _name(word: str) -> bytes:
    """The name, with every letter also as an escape (7.3.5): `/J#61vaScript`."""
    return b"".join(b"(?:%s|#%02x|#%02X)" % (sign.encode(), ord(sign), ord(sign)) for sign in word)


DELIMITER = rb"(?=[\s\x00()<>\[\]{}/%]|$)"
FORBIDDEN = re.compile(b"/(?:" + b"|".join(_name(word) for word in ACTIVE) + b")" + DELIMITER)
LOCKED = re.compile(b"/" + _name("Encrypt") + DELIMITER)
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"stream\r?\n")  # begins with letters, by which it is found ten times as fast
NUMBER = re.compile(rb"/N[\s\x00]")
BEFORE = 64 * 1024


def judge_pdf(file: BinaryIO) -> None:
    """Raises Unfit."""
    _judge_ends(file)
    for text in _windows(file):
        if LOCKED.search(text):
            raise Unfit(Why.LOCKED)
        if FORBIDDEN.search(text):
            raise Unfit(Why.ACTIVE)
    _judge_objects(file)


def _judge_ends(file: BinaryIO) -> None:
    file.seek(0)
    head = file.read(HEAD)
    if WEB_PAGE.search(head) or b"PK\x03\x04" in head:
        raise Unfit(Why.HIDDEN)
    size = file.seek(0, 2)
    file.seek(max(0, size - 66_000))
    tail = file.read()
    if b"PK\x05\x06" in tail:  # where a zip would end
        raise Unfit(Why.HIDDEN)
    end = tail.rfind(b"%%EOF")
    if end < 0:
        raise Unfit(Why.DAMAGED)
    if tail[end + 5 :].strip(b"\x00\t\n\x0c\r "):
        raise Unfit(Why.HIDDEN)


def _windows(file: BinaryIO) -> Iterator[bytes]:
    """The whole file in pieces that overlap, so that no name falls between two."""
    file.seek(0)
    kept = b""
    while piece := file.read(PIECE):
        yield kept + piece
        kept = piece[-OVERLAP:]


def _judge_objects(file: BinaryIO) -> None:
    """Looks into the streams that hold objects (7.5.7); those are described with /N and /First."""
    room = OBJECTS
    for described, at in _streams(file):
        plain = ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), described)
        if b"/ObjStm" not in plain and not (b"/First" in plain and NUMBER.search(plain)):
            continue
        if any(b"/" + word in plain for word in NESTED) or plain.count(b"/FlateDecode") > 1:
            raise Unfit(Why.TOO_COMPLEX)
        if b"/Fl" in plain or b"/Filter" in plain:
            room -= _judge_packed(file, at, room)


def _streams(file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """What stands before each stream, 64 KiB at most, and where its bytes begin."""
    text, at, since = b"", 0, 0
    while True:
        file.seek(at + len(text))
        more = file.read(PIECE)
        if not more:
            return
        text += more
        for found in STREAM.finditer(text):
            end = at + found.end()
            if end <= since or text[max(0, found.start() - 3) : found.start()] == b"end":
                continue
            described = text[max(since - at, found.end() - BEFORE, 0) : found.end()]
            if b"obj" not in described:
                raise Unfit(Why.TOO_COMPLEX)
            yield described, end
            since = end
        text, at = text[-BEFORE:], at + max(0, len(text) - BEFORE)


def _judge_packed(file: BinaryIO, at: int, room: int) -> int:
    """How many bytes came out of one stream of objects."""
    unpack = zlib.decompressobj()
    file.seek(at)
    kept, total, data = b"", 0, b""
    try:
        while not unpack.eof:
            data = unpack.unconsumed_tail or file.read(16 * 1024)
            if not data:
                break
            out = unpack.decompress(data, PIECE)
            total += len(out)
            if total > room:
                raise Unfit(Why.BOMB)
            if FORBIDDEN.search(kept + out):
                raise Unfit(Why.ACTIVE)
            kept = out[-OVERLAP:]
    except zlib.error as error:
        raise Unfit(Why.TOO_COMPLEX) from error
    return total

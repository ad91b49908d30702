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

OBJECTS = 64 * 1024 * 1024
"""Bytes that compressed objects may hold together."""
PIECE = 256 * 1024
OVERLAP = 512
LONGEST = 32
"""Bytes of a name of which every letter is an escape."""
HEAD = 1024

ACTIVE = ("JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "SubmitForm", "ImportData",
          "Rendition", "GoToE", "GoToR", "Movie", "Sound", "XFA", "FileAttachment",
          "OnInstantiate")  # fmt: skip
"""Actions that run, send or fetch something, and files within the file (ISO 32000-2, 12.6.4 and 7.11.4)."""
NESTED = (b"ASCIIHexDecode", b"ASCII85Decode", b"LZWDecode", b"RunLengthDecode", b"Predictor", b"Crypt")
WEB_PAGE = re.compile(rb"<(!doctype\s+html|html|script|svg|iframe|body|\?php)", re.I)


def _name(word: str) -> bytes:
    """The name, with every letter also as an escape (7.3.5): `/J#61vaScript`."""
    return b"".join(b"(?:%s|#%02x|#%02X)" % (sign.encode(), ord(sign), ord(sign)) for sign in word)


DELIMITER = rb"(?=[\s\x00()<>\[\]{}/%]|$)"
BLANK = rb"(?:[\s\x00]|%[^\r\n]*+[\r\n])*+"
_FILES = b"/" + _name("EF") + BLANK + rb"(?:<<|\d+\s+\d+\s+R)"
"""Files within the file, whose streams need not say so (7.11.3); two letters alone come by chance."""
_STARTED = (
    b"/(?:" + _name("OpenAction") + b"|" + _name("AA") + b")" + BLANK
    + rb"<<(?:(?!>>)[^\x00]){0,200}?/S" + BLANK + b"/" + _name("URI") + DELIMITER
)  # fmt: skip
"""An address that opens with the document, not by a click."""
FORBIDDEN = re.compile(b"/(?:" + b"|".join(_name(word) for word in ACTIVE) + b")" + DELIMITER + b"|" + _FILES)
STARTED = re.compile(_STARTED)
LOCKED = re.compile(b"/" + _name("Encrypt") + DELIMITER)
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"stream(?:[ \t]*\r?\n|\r|(?=[\x08\x18(8HXhx][\x00-\x1f\x5e\x80-\xff]))")
"""As readers take it: with one sign for the end of the line, or none before packed bytes.
Begins with letters, by which it is found ten times as fast."""
OBJECT_STREAM = re.compile(b"/" + _name("ObjStm") + DELIMITER)
FLATE = re.compile(rb"/Fl(?:ateDecode)?" + DELIMITER)
ELSEWHERE = re.compile(rb"/(?:Filter|DecodeParms|DP)" + BLANK + rb"(?:\[[^\]]*?)?\d+\s+\d+\s+R")
"""How a stream is packed, told by another object."""
NUMBER = re.compile(rb"/N[\s\x00]")
BEFORE = 64 * 1024


def judge_pdf(file: BinaryIO) -> None:
    """Raises Unfit."""
    _judge_ends(file)
    for text in _windows(file):
        if LOCKED.search(text):
            raise Unfit(Why.LOCKED)
        if FORBIDDEN.search(text) or STARTED.search(text):
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
        kept = (kept + piece)[-OVERLAP:]


def _judge_objects(file: BinaryIO) -> None:
    """Looks into the streams that hold objects (7.5.7); those are described with /N and /First."""
    room = OBJECTS
    for described, at in _streams(file):
        plain = ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), described)
        if b"/ObjStm" not in plain and not (b"/First" in plain and NUMBER.search(plain)):
            continue
        nested = any(b"/" + word in plain for word in NESTED) or len(FLATE.findall(plain)) > 1
        if nested or ELSEWHERE.search(plain):
            raise Unfit(Why.TOO_COMPLEX)
        if b"/Fl" in plain or b"/Filter" in plain:
            room -= _judge_packed(file, at, room)


def _streams(file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """What stands before each stream, 64 KiB at most, and where its bytes begin."""
    text, at, since, passed = b"", 0, 0, False  # `passed`: said to hold objects, too far before its bytes
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
            first = max(since - at, 0)
            begin = max(first, found.end() - BEFORE)
            described = text[begin : found.end()]
            passed = passed or (begin > first and _holds_objects(text, first, begin))
            if passed or b"obj" not in described:
                raise Unfit(Why.TOO_COMPLEX)
            yield described, end
            since = end
        gone = max(0, len(text) - BEFORE)
        passed = passed or _holds_objects(text, max(since - at, 0), gone)
        text, at = text[gone:], at + gone


def _holds_objects(text: bytes, start: int, end: int) -> bool:
    """Whether a stream of objects is described between these places, or across the last."""
    return start < end and OBJECT_STREAM.search(text, start, end + LONGEST) is not None


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
            if FORBIDDEN.search(kept + out) or STARTED.search(kept + out):
                raise Unfit(Why.ACTIVE)
            kept = (kept + out)[-OVERLAP:]  # what comes out at once may be a few bytes, or none
    except zlib.error as error:
        raise Unfit(Why.TOO_COMPLEX) from error
    return total

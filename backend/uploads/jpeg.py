"""A JPEG without anything but its picture (ITU-T T.81, annex B).

The picture itself is copied as it is, nothing is drawn anew. What describes it goes: EXIF with the place
where it was taken, XMP, comments, thumbnails, further pictures after the first. Which way is up stays, in an
EXIF of our own, because without it a phone's photo lies on its side.
"""

from __future__ import annotations

import re
import struct
from typing import BinaryIO, Protocol

from backend.uploads.unfit import Unfit, Why

PIXELS = 120_000_000
"""The most that a phone makes is 108 million; unpacked that is 324 MB, and no reader breaks on it."""
PIECE = 256 * 1024
FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
TABLES = frozenset({0xC4, 0xCC, 0xDB, 0xDC, 0xDD})
NEXT = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]", re.S)
"""A marker within the picture's data: restarts and a stuffed 0xFF are part of it."""
ORIENTATION = 0x0112
EXIF = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08"
"""An EXIF up to its one list of tags."""


class Sink(Protocol):
    """Where the clean file goes."""

    def write(self, data: bytes, /) -> object: ...


def clean_jpeg(file: BinaryIO, out: Sink) -> None:
    """Copies the picture alone. Raises Unfit."""
    turned = _orientation_of(file)
    file.seek(2)
    out.write(b"\xff\xd8")
    code, body = _segment(file)
    if code == 0xE0 and body[:5] == b"JFIF\x00":
        out.write(b"\xff\xe0\x00\x10" + body[:12].ljust(12, b"\x00") + b"\x00\x00")  # without its thumbnail
        code, body = _segment(file)
    if turned != 1:
        _put(out, 0xE1, EXIF + struct.pack(">HHHIHHI", 1, ORIENTATION, 3, 1, turned, 0, 0))
    framed, scanned = False, False
    while code != 0xD9:
        if code == 0xDA:
            if not framed:
                raise Unfit(Why.DAMAGED)
            _put(out, code, body)
            _copy_scan(file, out)
            scanned = True
        elif code in FRAMES:
            _judge_frame(body, again=framed)
            framed = True
            _put(out, code, body)
        elif code in TABLES or (code == 0xEE and body[:5] == b"Adobe") or _is_profile(code, body):
            _put(out, code, body)
        elif not (0xE0 <= code <= 0xEF or code == 0xFE):
            raise Unfit(Why.DAMAGED)
        code, body = _segment(file)
    if not scanned:
        raise Unfit(Why.DAMAGED)
    out.write(b"\xff\xd9")


def _orientation_of(file: BinaryIO) -> int:
    """Which way is up, from the first EXIF before the picture."""
    file.seek(0)
    if file.read(2) != b"\xff\xd8":
        raise Unfit(Why.DAMAGED)
    code, body = _segment(file)
    while code not in (0xD9, 0xDA):
        if code == 0xE1 and body.startswith(b"Exif\x00\x00"):
            return orientation(body)
        code, body = _segment(file)
    return 1


def _segment(file: BinaryIO) -> tuple[int, bytes]:
    """The next marker and what belongs to it."""
    sign = file.read(1)
    if sign != b"\xff":
        raise Unfit(Why.DAMAGED)
    while sign == b"\xff":
        sign = file.read(1)
    if sign == b"\xd9":
        return 0xD9, b""
    length = int.from_bytes(file.read(2), "big") - 2
    body = file.read(length) if length >= 0 else b""
    if sign in (b"", b"\x00") or length < 0 or len(body) != length:
        raise Unfit(Why.DAMAGED)
    return sign[0], body


def _put(out: Sink, code: int, body: bytes) -> None:
    out.write(bytes((0xFF, code)) + (len(body) + 2).to_bytes(2, "big") + body)


def _judge_frame(body: bytes, *, again: bool) -> None:
    if again or len(body) < 6:
        raise Unfit(Why.DAMAGED)
    height, width = struct.unpack(">HH", body[1:5])
    if not width or not height or len(body) != 6 + 3 * body[5]:
        raise Unfit(Why.DAMAGED)
    if width * height > PIXELS:
        raise Unfit(Why.PIXELS)


def _is_profile(code: int, body: bytes) -> bool:
    return code == 0xE2 and body.startswith(b"ICC_PROFILE\x00")


def _copy_scan(file: BinaryIO, out: Sink) -> None:
    """Copies a scan's data, up to the marker after it."""
    kept = b""
    while piece := file.read(PIECE):
        data = kept + piece
        if found := NEXT.search(data):
            out.write(data[: found.start()])
            file.seek(found.start() - len(data), 1)
            return
        whole = data.rstrip(b"\xff")
        out.write(whole)
        kept = data[len(whole) :]
    raise Unfit(Why.DAMAGED)


def orientation(exif: bytes) -> int:
    """Which way is up, 1 to 8 (EXIF 2.32, tag 274); 1 when it is not said."""
    if not exif.startswith(b"Exif\x00\x00"):
        return 1
    tiff = exif[6:]
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(tiff[:4])
    if order is None or len(tiff) < 8:
        return 1
    try:
        (at,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, at)
        for number in range(min(count, 100)):
            tag, kind, length, value = struct.unpack_from(f"{order}HHIH", tiff, at + 2 + 12 * number)
            if (tag, kind, length) == (ORIENTATION, 3, 1):
                return value if 1 <= value <= 8 else 1
    except struct.error:
        pass
    return 1

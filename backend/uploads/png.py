"""A PNG without anything but its picture (W3C PNG, third edition).

Chunks of the picture are copied with their checksums proven; texts, EXIF, times, profiles and whatever comes
after the end stay behind. The picture's data must unpack to just as much as its size says.
"""

from __future__ import annotations

import struct
import zlib
from typing import BinaryIO

from backend.uploads.jpeg import PIXELS, Sink
from backend.uploads.unfit import Unfit, Why

SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEPT = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD",
                  b"pHYs", b"cICP"})  # fmt: skip
ONCE = frozenset({b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs", b"cICP"})
SMALL = 1024 * 3
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
PIECE = 64 * 1024
PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""Adam7: where each pass begins and its steps, across and down."""


def clean_png(file: BinaryIO, out: Sink) -> None:
    """Copies the picture alone. Raises Unfit."""
    file.seek(0)
    if file.read(8) != SIGNATURE:
        raise Unfit(Why.DAMAGED)
    out.write(SIGNATURE)
    seen: set[bytes] = set()
    unpack = zlib.decompressobj()
    expected, came = 0, 0
    while b"IEND" not in seen:
        length, kind = _head(file)
        if (not seen and kind != b"IHDR") or (kind in ONCE and kind in seen):
            raise Unfit(Why.DAMAGED)
        if kind == b"IDAT":
            came += _copy(file, length, out, unpack, expected - came)
        elif kind in KEPT:
            body = _body(file, kind, length)
            if kind == b"IHDR":
                expected = unpacked(body)
            out.write(length.to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big"))
        elif kind[0] & 0x20:
            file.seek(length + 4, 1)  # whoever reads it may leave it out
        else:
            raise Unfit(Why.DAMAGED)
        seen.add(kind)
    if came != expected or not unpack.eof:
        raise Unfit(Why.DAMAGED)


def _head(file: BinaryIO) -> tuple[int, bytes]:
    head = file.read(8)
    if len(head) != 8 or not head[4:].isalpha():
        raise Unfit(Why.DAMAGED)
    return int.from_bytes(head[:4], "big"), head[4:]


def _body(file: BinaryIO, kind: bytes, length: int) -> bytes:
    if length > SMALL:
        raise Unfit(Why.DAMAGED)
    body, sum = file.read(length), file.read(4)
    if zlib.crc32(kind + body).to_bytes(4, "big") != sum:
        raise Unfit(Why.DAMAGED)
    return body


def _copy(file: BinaryIO, length: int, out: Sink, unpack: zlib._Decompress, room: int) -> int:
    """Copies a part of the picture and gives how many bytes it unpacked to."""
    out.write(length.to_bytes(4, "big") + b"IDAT")
    sum, came = zlib.crc32(b"IDAT"), 0
    while length:
        piece = file.read(min(PIECE, length))
        if not piece:
            raise Unfit(Why.DAMAGED)
        length -= len(piece)
        sum = zlib.crc32(piece, sum)
        out.write(piece)
        came += _unpack(unpack, piece, room - came)
    if file.read(4) != sum.to_bytes(4, "big"):
        raise Unfit(Why.DAMAGED)
    out.write(sum.to_bytes(4, "big"))
    return came


def _unpack(unpack: zlib._Decompress, piece: bytes, room: int) -> int:
    came = 0
    try:
        while piece and not unpack.eof:
            came += len(unpack.decompress(piece, PIECE * 4))
            if came > room:
                raise Unfit(Why.BOMB)
            piece = unpack.unconsumed_tail
    except zlib.error as error:
        raise Unfit(Why.DAMAGED) from error
    if unpack.unused_data:
        raise Unfit(Why.HIDDEN)
    return came


def unpacked(header: bytes) -> int:
    """How many bytes the picture's data must unpack to. Raises Unfit."""
    if len(header) != 13:
        raise Unfit(Why.DAMAGED)
    width, height, depth, colour, packing, filtering, interlaced = struct.unpack(">IIBBBBB", header)
    known = colour in CHANNELS and depth in (1, 2, 4, 8, 16) and interlaced in (0, 1)
    if not width or not height or not known or packing or filtering:
        raise Unfit(Why.DAMAGED)
    if width * height > PIXELS:
        raise Unfit(Why.PIXELS)
    bits = int(CHANNELS[colour] * depth)
    if not interlaced:
        return int(height) * (1 + (int(width) * bits + 7) // 8)
    total = 0
    for left, top, across, down in PASSES:
        columns, rows = -(-(width - left) // across), -(-(height - top) // down)
        if columns > 0 and rows > 0:
            total += rows * (1 + (columns * bits + 7) // 8)
    return total

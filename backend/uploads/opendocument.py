"""OpenDocument files (ISO/IEC 26300), without macros and without a password."""

from __future__ import annotations

import re

from backend.uploads.archive import Archive
from backend.uploads.kinds import ODP, ODS, ODT
from backend.uploads.office import PROGRAMS, RUNS
from backend.uploads.unfit import Unfit, Why

MANIFEST = "META-INF/manifest.xml"
MACRO_FILES = re.compile(r"^(Basic|Scripts|Dialogs)/|(^|/)script-l[bc]\.xml$", re.I)
MACROS = re.compile(
    rb"<script:event-listener|<office:script[\s>]|<presentation:event-listener[^>]+script:", re.I
)
LOCKED = re.compile(rb"encryption-data", re.I)
FETCHED = re.compile(rb"<text:section-source[^>]+xlink:href|<office:dde-source|<text:dde-connection|"
                     rb"<draw:(plugin|applet|floating-frame)", re.I)  # fmt: skip


def judge_opendocument(archive: Archive) -> str:
    """Which kind of OpenDocument file it is. Raises Unfit."""
    kind = archive.read("mimetype", 200).decode("ascii", "replace")
    if MANIFEST not in archive.files:
        raise Unfit(Why.DAMAGED)
    if LOCKED.search(archive.read(MANIFEST)):
        raise Unfit(Why.LOCKED)
    if kind not in (ODT, ODS, ODP):
        raise Unfit(Why.UNKNOWN)
    if any(MACRO_FILES.search(name) for name in archive.files):
        raise Unfit(Why.MACROS)
    if any(PROGRAMS.search(name) for name in archive.files):
        raise Unfit(Why.HIDDEN)
    archive.unpack(_look)
    return kind


def _look(name: str, data: bytes) -> None:
    """Sees every piece of every part."""
    if data.startswith(RUNS):
        raise Unfit(Why.HIDDEN)
    if not name.lower().endswith((".xml", ".rdf")):
        return
    plain = data.replace(b"\x00", b"")
    if re.search(rb"<!ENTITY", plain, re.I):
        raise Unfit(Why.HIDDEN)
    if MACROS.search(plain):
        raise Unfit(Why.MACROS)
    if FETCHED.search(plain):
        raise Unfit(Why.REMOTE)

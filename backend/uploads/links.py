"""Addresses in a document: where they point, and whether a click on them may do no more than open a page."""

from __future__ import annotations

import re

from backend.uploads.unfit import Unfit, Why

BLANK = re.compile(r"[\x00-\x20\x7f\u200b-\u200f\u2060\ufeff]")
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
HARMLESS = frozenset({"http", "https", "ftp", "ftps", "mailto", "tel", "sms", "callto", "sip", "sips",
                      "skype", "msteams", "onenote", "file"})  # fmt: skip
LONGEST_PATH = 400
STEP = r"[/\\](?!\.{1,2}[/\\])(?:[^/\\:*?\"<>|#%\x00-\x1f\x7f]|%(?:2[0678-9BCD]|3\d|[89A-F][0-9A-F]))+"
ON_DISK = re.compile(rf"file:///[CD]:(?:{STEP})+\.(?:dot|doc)[xm]?", re.I)
"""A document on a disk of the reader's, and by no way off it: no server, no drive that may be one, no step
back, no sign that another reading would turn into one of these. It is there or it is not; who sends the file
has no say in what it holds."""
PROGRAMS = re.compile(r"(vnd\.sun\.star\.(script|uno|expand|job)|macro|service|slot|\.uno|script):", re.I)
"""How LibreOffice writes the address of a macro or of a command of its own."""


def is_elsewhere(address: str) -> bool:
    """Whether it points out of the file: a scheme, a drive or a server stands before it."""
    plain = BLANK.sub("", address)
    return bool(SCHEME.match(plain)) or plain.startswith(("//", "\\", "/\\"))


def is_on_disk(address: str) -> bool:
    """Whether it is a document on a disk of whoever opens the file, and certainly nowhere else."""
    return len(address) <= LONGEST_PATH and bool(ON_DISK.fullmatch(address))


def judge_link(address: str) -> None:
    """A link for a person to follow: a page, a file, an address for mail or a number. Raises Unfit."""
    plain = BLANK.sub("", address)
    if PROGRAMS.match(plain):
        raise Unfit(Why.MACROS)
    scheme = SCHEME.match(plain)
    if not scheme or len(scheme[1]) == 1:  # within the file or beside it; a drive
        return
    name = scheme[1].lower()
    if name in HARMLESS or ("." in name and not name.startswith(("vnd.", "."))):  # `voorbeeld.nl:8080`
        return
    raise Unfit(Why.ACTIVE)

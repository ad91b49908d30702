"""Addresses in a document: where they point, and whether a click on them may do no more than open a page."""

from __future__ import annotations

import re

from backend.uploads.unfit import Unfit, Why

BLANK = re.compile(r"[\x00-\x20\x7f\u200b-\u200f\u2060\ufeff]")
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
HARMLESS = frozenset({"http", "https", "ftp", "ftps", "mailto", "tel", "sms", "callto", "sip", "sips",
                      "skype", "msteams", "onenote", "file"})  # fmt: skip
PROGRAMS = re.compile(r"(vnd\.sun\.star\.(script|uno|expand|job)|macro|service|slot|\.uno|script):", re.I)
"""How LibreOffice writes the address of a macro or of a command of its own."""


def is_elsewhere(address: str) -> bool:
    """Whether it points out of the file: a scheme, a drive or a server stands before it."""
    plain = BLANK.sub("", address)
    return bool(SCHEME.match(plain)) or plain.startswith(("//", "\\", "/\\"))


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

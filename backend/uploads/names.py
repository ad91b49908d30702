"""What a file may be called."""

from __future__ import annotations

import re
import unicodedata

from backend.uploads.kinds import ENDINGS
from backend.uploads.unfit import Unfit, Why

LONGEST = 120
TURNS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the direction of reading, so that `exe.pdf` may be read where `fdp.exe` stands."""
NOT_IN_NAMES = re.compile(r'[<>:"|?*]')
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.I)
"""Names that Windows takes for devices."""


def judge_name(given: str) -> str:
    """The name without folders and without what no disk takes. Raises Unfit for a name that misleads."""
    name = unicodedata.normalize("NFC", given).replace("\\", "/").rsplit("/", 1)[-1]
    for sign in name:
        if sign in TURNS or unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp"):
            raise Unfit(Why.NAME)
    name = "".join(sign for sign in name if unicodedata.category(sign) not in ("Cf", "Cn", "Co"))
    name = NOT_IN_NAMES.sub("_", " ".join(name.split())).strip(" .")
    return f"_{name}" if RESERVED.fullmatch(name) else name


def named(name: str, content_type: str) -> str:
    """The name with an ending that says what the content is: `betaling.pdf.exe` that is a PDF becomes
    `betaling.pdf.exe.pdf`, which no computer runs."""
    endings = ENDINGS[content_type]
    stem, point, ending = name.rpartition(".")
    if not point or not stem or ending.lower() not in endings:
        stem, ending = name or "document", endings[0]
    return f"{stem[: LONGEST - len(ending) - 1].rstrip(' .')}.{ending.lower()}"

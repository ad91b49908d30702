"""Searching for a person by name, without capitals and accents."""

from __future__ import annotations

import re
import unicodedata

ACCENTS = "[\u0300-\u036f]"


def folded(text: str) -> str:
    """Without capitals and accents: `andre` for `André`. PostgreSQL's function of that name does the same."""
    return re.sub(ACCENTS, "", unicodedata.normalize("NFD", text.lower()))


def patterns(text: str) -> list[str]:
    """For `LIKE ALL` of a folded name: every word of the text stands somewhere in it."""
    escaped = re.sub(r"([\\%_])", r"\\\1", folded(text.replace("\x00", "")))
    return [f"%{word}%" for word in escaped.split()]

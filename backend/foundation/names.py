"""Searching for a person by name, without capitals and accents."""

from __future__ import annotations

import re
import unicodedata

ACCENTS = "[\u0300-\u036f]"


def folded(text: str) -> str:
    """Without capitals and accents: `andre` for `André`."""
    return re.sub(ACCENTS, "", unicodedata.normalize("NFD", text.lower()))


def folded_sql(expression: str) -> str:
    """The same of a column, in PostgreSQL. Most names have no accents, and looking for them is much work."""
    return (
        f"CASE WHEN octet_length({expression}) = char_length({expression}) THEN lower({expression})"
        f" ELSE regexp_replace(normalize(lower({expression}), NFD), '{ACCENTS}', '', 'g') END"
    )


def patterns(text: str) -> list[str]:
    """For `LIKE ALL` of a folded name: every word of the text stands somewhere in it."""
    escaped = re.sub(r"([\\%_])", r"\\\1", folded(text.replace("\x00", "")))
    return [f"%{word}%" for word in escaped.split()]

"""What came in from a field, without what nobody meant to type."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

UNSEEN = dict.fromkeys(
    [
        0x00,
        0xAD,
        0x61C,
        0x180E,
        0x200B,
        0x200E,
        0x200F,
        0xFEFF,
        *range(0x202A, 0x202F),
        *range(0x2060, 0x206A),
    ]
)
"""Signs without a shape that come along when somebody copies, and that nobody can type again: soft hyphens,
spaces without width, marks of direction, and what no database keeps. Joiners stay, as some scripts are
written with them."""
MOST_ACCENTS = 30
"""On one letter (Unicode Standard Annex 15, Stream-Safe Text Format)."""


def typed_text(raw: Sequence[Any] | None) -> str:
    """What the person typed, or nothing when a file or no field at all was sent."""
    text = raw[0] if raw else ""
    return text.translate(UNSEEN).strip() if isinstance(text, str) else ""


def visible(text: str, lines: bool) -> str:
    """In its composed form (NFC), without control characters; ends of lines stay when it may have `lines`."""
    text = text.replace("\r\n", "\n")
    if not text.isascii():
        text = unicodedata.normalize("NFC", "".join(_stream_safe(text)))
    kept = "\n\t" if lines else ""
    return "".join(sign for sign in text if sign in kept or unicodedata.category(sign) not in ("Cc", "Cs"))


def _stream_safe(text: str) -> Iterator[str]:
    """The text without the accents that pile up on one letter beyond what any language needs: putting a pile
    in order takes time by the square of its height, and one sign-in could stop the server for hours."""
    pile = 0
    for sign in text:
        pile = pile + 1 if unicodedata.combining(sign) else 0
        if pile <= MOST_ACCENTS:
            yield sign

"""What a document is called on screen."""

from __future__ import annotations

from functools import lru_cache

from babel.numbers import format_decimal

from backend.foundation.languages import N_, language
from backend.foundation.languages import gettext as _

TYPES = {
    "application/pdf": N_("PDF"),
    "image/jpeg": N_("foto"),
    "image/png": N_("afbeelding"),
    "image/heic": N_("foto"),
    "text/plain": N_("tekst"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": N_("Word-document"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": N_("Excel-bestand"),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": N_("PowerPoint-presentatie"),
    "application/vnd.oasis.opendocument.text": N_("OpenDocument-tekst"),
    "application/vnd.oasis.opendocument.spreadsheet": N_("OpenDocument-rekenblad"),
    "application/vnd.oasis.opendocument.presentation": N_("OpenDocument-presentatie"),
}
OTHER = N_("bestand")


def type_words(content_type: str) -> str:
    """`PDF`, `foto`; `bestand` for whatever has no plain word."""
    return _(TYPES.get(content_type, OTHER))


def size_words(size: int) -> str:
    """`240 kB`, or `1,2 MB` from a million bytes on."""
    return _size(size, language.get())


@lru_cache(maxsize=4096)
def _size(size: int, name: str) -> str:
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{format_decimal(size / 1_000_000, '0.#', locale=name)} MB"

"""Dutch is written in the source; other languages are gettext catalogs beside it, read once at the start."""

from __future__ import annotations

from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

LANGUAGES = ("nl", "en")
SOURCE = "nl"
CATALOGS = Path(__file__).resolve().parent.parent / "languages"

language: ContextVar[str] = ContextVar("language", default=SOURCE)


def N_(message: str) -> str:  # noqa: N802 - the usual gettext mark
    """Marks a Dutch sentence for the catalogs; it is translated where it is shown."""
    return message


@lru_cache
def catalog(name: str) -> dict[str, str | tuple[str, ...]]:
    """All translations of one language, over every room's file."""
    found: dict[str, str | tuple[str, ...]] = {}
    for file in sorted((CATALOGS / name).glob("*.po")):
        with file.open("rb") as source:
            for message in read_po(source, locale=name):
                if not message.id or not message.string or message.fuzzy:
                    continue
                if isinstance(message.id, tuple | list):
                    found[message.id[0]] = tuple(message.string)
                else:
                    found[message.id] = str(message.string)
    return found


def translate(message: str, name: str) -> str:
    """The sentence in that language; Dutch when there is none."""
    if name == SOURCE:
        return message
    found = catalog(name).get(message, message)
    return found if isinstance(found, str) else found[0]


def gettext(message: str, **params: Any) -> str:
    """The sentence in the reader's language, with `%(name)s` filled in."""
    text = translate(message, language.get())
    return str(text % params) if params else text


_ = gettext


def ngettext(one: str, many: str, number: int, **params: Any) -> str:
    """One or many, in the reader's language; `%(number)s` is filled in."""
    forms: Any = catalog(language.get()).get(one) if language.get() != SOURCE else None
    single, plural = forms if isinstance(forms, tuple) else (one, many)
    return str(single if number == 1 else plural) % {"number": number, **params}


@lru_cache(maxsize=256)
def choose(accepted: str) -> str:
    """The best of our languages for an Accept-Language header (RFC 9110, 12.5.4)."""
    wishes: list[tuple[float, str]] = []
    for part in accepted.split(",")[:20]:
        tag, _sep, weight = part.strip().partition(";q=")
        try:
            wishes.append((float(weight or 1), tag.strip().lower().split("-")[0]))
        except ValueError:
            continue
    for quality, tag in sorted(wishes, key=lambda wish: -wish[0]):
        if quality > 0 and tag in LANGUAGES:
            return tag
    return SOURCE

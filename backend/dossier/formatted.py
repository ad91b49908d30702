"""Plain text as a page shows it: paragraphs and lists, and nothing that was typed is ever markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup, escape

BULLET = re.compile(r"\s{0,3}[-*•–]\s+(.*)")
NUMBERED = re.compile(r"\s{0,3}\d{1,2}[.)]\s+(.*)")

LISTS = {"ul": Markup("<ul>{}</ul>"), "ol": Markup("<ol>{}</ol>")}


def formatted(text: str) -> Markup:
    """Blank lines part paragraphs; lines that begin with - or * or a number become lists."""
    return Markup("").join(block for part in re.split(r"\n\s*\n", text.strip()) for block in _blocks(part))


def _blocks(part: str) -> Iterator[Markup]:
    for kind, lines in groupby(part.split("\n"), key=_kind):
        if kind == "p":
            yield Markup("<p>{}</p>").format(Markup("<br>").join(escape(line.strip()) for line in lines))
        else:
            items = Markup("").join(Markup("<li>{}</li>").format(_item(line)) for line in lines)
            yield LISTS[kind].format(items)


def _kind(line: str) -> str:
    if BULLET.fullmatch(line):
        return "ul"
    return "ol" if NUMBERED.fullmatch(line) else "p"


def _item(line: str) -> str:
    found = BULLET.fullmatch(line) or NUMBERED.fullmatch(line)
    return found[1].strip() if found else line

"""Formulas of a sheet that ask something of another program, of the web or of another file."""

from __future__ import annotations

import re

from backend.uploads.unfit import Unfit, Why

WORDS = re.compile(r'"[^"]*"')
QUOTED = re.compile(r"'[^']*'")
ASKING = re.compile(
    r"(?<![\w.])(?:_xlfn\.|_xlws\.|_xludf\.)*"
    r"(?:webservice|image|dde|rtd|call|register|register\.id|exec|execute|initiate|poke|sql\.request|sql\.open)\s*\(",
    re.I,
)
ADDRESS = re.compile(r"://|\\\\")


def judge_formula(text: str) -> None:
    """Refuses DDE (`cmd|'/c calc'!A1`), functions that fetch, and sheets at an address. Raises Unfit.

    Words between double quotes only are shown, so a link (`HYPERLINK("https://…")`) is taken.
    """
    plain = WORDS.sub("", text)
    if ADDRESS.search(plain) or "|" in QUOTED.sub("", plain) or ASKING.search(plain):
        raise Unfit(Why.REMOTE)

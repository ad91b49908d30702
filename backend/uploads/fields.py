"""Fields of Word (ECMA-376, 17.16): codes that are computed when a document opens or is printed.

A code is put together from the pieces between its beginning and its separation, which may stand in any number
of runs; a field may stand within another.
"""

from __future__ import annotations

import re

from backend.uploads.markup import TEXT
from backend.uploads.unfit import Unfit, Why

FETCHING = frozenset({"DDE", "DDEAUTO", "INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT", "IMPORT", "LINK",
                      "DATABASE", "RD"})  # fmt: skip
"""They fetch from another program, file or address."""
CONTROLS = frozenset({"CONTROL", "HTMLCONTROL", "PRINT"})
WORD = re.compile(r'[\s"“”\u200b-\u200f\ufeff]*([^\s"“”\\{}]*)')
OPEN_MOST = 50


def judge_code(code: str) -> None:
    """Raises Unfit for a code whose first word fetches or runs something."""
    found = WORD.match(code)
    word = found[1].upper() if found else ""
    if word in FETCHING:
        raise Unfit(Why.REMOTE)
    if word in CONTROLS:
        raise Unfit(Why.MACROS)


class Fields:
    """The fields of one part that are open, the innermost last."""

    def __init__(self) -> None:
        self._open: list[str | None] = []
        """The code so far; None once only the result follows."""
        self._loose = ""

    @property
    def coding(self) -> bool:
        """Whether what comes now is part of a code."""
        return bool(self._open) and self._open[-1] is not None

    def mark(self, kind: str) -> None:
        """A field begins, its code is complete, or it ends."""
        if kind == "begin":
            self._begin()
        elif kind == "separate":
            self._complete()
        elif kind == "end":
            self._complete()
            if self._open:
                self._open.pop()

    def add(self, text: str) -> None:
        """A piece of the innermost code; without a field around it, it is judged as if there were one."""
        code = self._open[-1] if self._open else self._loose
        if code is None:
            judge_code(text)
            return
        code += text
        if len(code) > TEXT:
            raise Unfit(Why.TOO_COMPLEX)
        if self._open:
            self._open[-1] = code
        else:
            judge_code(text)
            judge_code(code)
            self._loose = code[:100]

    def finish(self) -> None:
        """Judges also what never ended."""
        for code in self._open:
            judge_code(code or "")

    def _begin(self) -> None:
        if len(self._open) == OPEN_MOST:
            raise Unfit(Why.TOO_COMPLEX)
        code = self._open[-1] if self._open else None
        if code is not None:
            word = WORD.match(code)
            if not code.strip().startswith("=") and (not word or word.end() == len(code)):
                raise Unfit(Why.REMOTE)  # the first word itself would come out of a field
        self._open.append("")

    def _complete(self) -> None:
        if self._open and self._open[-1] is not None:
            judge_code(self._open[-1])
            self._open[-1] = None

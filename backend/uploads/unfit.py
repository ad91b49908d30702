"""Why a file cannot be taken. Knows no words (see refusals.py): the process that judges needs none."""

from __future__ import annotations

from enum import StrEnum


class Why(StrEnum):
    """One reason for each thing that a person can do about it."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN = "unknown"
    NAME = "name"
    MACROS = "macros"
    WEB_PAGE = "web_page"
    DRAWING = "drawing"
    PROGRAM = "program"
    LOCKED = "locked"
    OLD_OFFICE = "old_office"
    ARCHIVE = "archive"
    BOMB = "bomb"
    PIXELS = "pixels"
    HIDDEN = "hidden"
    ACTIVE = "active"
    REMOTE = "remote"
    DAMAGED = "damaged"
    NOT_UTF8 = "not_utf8"
    TOO_COMPLEX = "too_complex"
    VIRUS = "virus"
    NO_SCANNER = "no_scanner"


class Unfit(Exception):
    """The file is refused."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why

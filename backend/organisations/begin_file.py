"""The words of the TOML file with which an installation begins, judged one by one: what is misspelt there
would otherwise be left out in silence, or mail somebody else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

Words = Mapping[str, Any]
HOLDER = frozenset({"name", "email", "phone"})
FILE = frozenset({"provider", "case_managers", "company_doctors", "employers"})
EMPLOYER = frozenset({"name", "time_zone", "country", "managers", "administrators", "employees"})
EMPLOYEE = frozenset({
    "first_name", "last_name", "email", "birth_date", "personnel_number", "job", "started_on", "manager",
    "case_manager",
})  # fmt: skip
ADDRESS = re.compile(r"[^\s@,;:<>()\"\\\[\]]+@[^\s@,;:<>()\"\\\[\]]+")
"""One mailbox and nothing that a mail's header would read as more of them."""


class Unreadable(Exception):
    """The file says something that cannot be; one line that says what."""


def known(words: Words, names: frozenset[str]) -> Words:
    """The same words. Raises Unreadable for one that nothing reads."""
    for word in words:
        if word not in names:
            raise Unreadable(f"{word!r} is no word of this file")
    return words


def several(words: Words, name: str) -> list[Words]:
    """The tables of that name; none when it is left out. Raises Unreadable for anything else."""
    found = words.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Unreadable(f"{name!r} must be a list of tables, as [[…]] or [{{…}}]")
    return found


def text(words: Words, name: str) -> str:
    """A text that says something. Raises Unreadable."""
    if name not in words:
        raise Unreadable(f"{name!r} is missing")
    found = words[name]
    if not isinstance(found, str) or not found.strip():
        raise Unreadable(f"{name!r} must be a text, not {found!r}")
    return found.strip()


def address(words: Words, name: str = "email") -> str:
    """One e-mail address. Raises Unreadable."""
    if words.get(name) == "":
        raise Unreadable(f"{name!r} must be one e-mail address; it is empty")
    found = text(words, name)
    if not ADDRESS.fullmatch(found):
        raise Unreadable(f"{name!r} must be one e-mail address, not {found!r}")
    return found


def day(words: Words, name: str) -> date | None:
    """A day without a time, or None when it is left out. Raises Unreadable."""
    found = words.get(name)
    if found is not None and type(found) is not date:
        raise Unreadable(f"{name!r} must be a day as 1990-12-31, without quotes, not {str(found)!r}")
    return found


def country(words: Words) -> str:
    """Two letters (ISO 3166): by any other name the law of the Netherlands would not be found."""
    found = text(words, "country").upper() if "country" in words else "NL"
    if not re.fullmatch("[A-Z]{2}", found):
        raise Unreadable(f"'country' must be two letters, as NL, not {found!r}")
    return found

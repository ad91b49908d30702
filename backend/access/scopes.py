"""The one place that says whose dossiers, and what in them, a person may see.

A scope is a condition for a WHERE clause. A statement puts its own arguments first and the scope's after
them, so that one statement both finds and judges: what is not yours is not there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from backend.access.person import Person


@dataclass(frozen=True, slots=True)
class Scope:
    """SQL over the aliases that its maker names, and the arguments for its placeholders."""

    sql: str
    args: tuple[Any, ...]


def dossiers(person: Person, after: int) -> Scope:
    """Which rows `d` of dossier the person may see; its placeholders begin at `after` + 1.

    An employee sees the dossiers of all their own jobs, running and closed.
    """
    return Scope(f"d.employment = ANY(${after + 1}::uuid[])", (_own_jobs(person),))


def entries(person: Person, after: int) -> Scope:
    """Which rows `e` of entry, in dossier `d`, the person may see; placeholders begin at `after` + 1.

    An employee sees every published entry of their own dossiers, the medical ones too: nothing is hidden from
    the one it is about.
    """
    return dossiers(person, after)


def _own_jobs(person: Person) -> list[Any]:
    return [job.id for job in person.employments]

"""How a demo dossier is told: so many days ago, at that time, by that person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import time
from decimal import Decimal

EMPLOYEE, MANAGER, CASE_MANAGER, DOCTOR, PRODUCT = "employee", "manager", "case_manager", "company_doctor", ""
"""Who did it. The story's own people are looked up by role; the product itself has none."""


@dataclass(frozen=True)
class Paper:
    """A document: its name, and what makes its content."""

    filename: str
    content_type: str
    content: Callable[[], bytes]


@dataclass(frozen=True)
class Task:
    """An action: who does it, by which day (days before today; negative lies ahead), and how it stands."""

    assignee: str
    due: int
    done: int | None = None
    cancelled: int | None = None


@dataclass(frozen=True)
class Line:
    """One entry. `day` counts back from today."""

    day: int
    at: str
    kind: str
    by: str = EMPLOYEE
    title: str = ""
    body: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    paper: Paper | None = None
    task: Task | None = None
    medical: bool = False

    @property
    def time(self) -> time:
        return time.fromisoformat(self.at)


@dataclass(frozen=True)
class Sickness:
    """One spell: days before today of its first sick day and its recovery date (None: still sick)."""

    first: int
    recovered: int | None = None
    hours: Decimal = Decimal(0)
    withdrawn: bool = False
    phone: str | None = None
    expected: str | None = None
    """How long the worker thinks it will take, in their own words."""


@dataclass(frozen=True)
class Story:
    """One dossier of one worker. `seen` is how many days ago the worker last looked, if ever."""

    name: str
    employer: str
    spells: tuple[Sickness, ...]
    lines: tuple[Line, ...]
    seen: int | None = 0
    proposal: tuple[int, Decimal, str] | None = None
    """A partial recovery: from how many days ago, hours a week, explanation."""
    looks: tuple[tuple[int, str, str, str], ...] = ()
    """Who looked: days ago, time, role, and what (`dossier`, `note` or `document`)."""


def begin(spell: Sickness, at: str, *, composite: bool = False) -> Line:
    """The sick report of a spell, on its first day. Days among the facts count back from today too."""
    facts = {"first_sick_day": spell.first, "worked_hours": str(spell.hours), "composite": composite}
    return Line(spell.first, at, "report", facts=facts)


def end(spell: Sickness, at: str, *, told: int | None = None) -> Line:
    """The recovery of a spell, reported on the recovery date or `told` days before today."""
    if spell.recovered is None:
        raise ValueError("not recovered yet")
    day = spell.recovered if told is None else told
    return Line(day, at, "recovery", facts={"recovered_on": spell.recovered})

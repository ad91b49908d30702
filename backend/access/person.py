"""Who is asking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Job:
    """One employment of the person who asks, as far as every page needs it."""

    id: UUID
    employer: UUID
    employer_name: str
    job: str
    time_zone: str
    left_on: date | None


@dataclass(frozen=True, slots=True)
class Position:
    """One role the person holds at an employer or the provider."""

    id: UUID
    role: str
    employer: UUID | None
    provider: UUID | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody fully signed in. Everything that belongs to people is loaded through one of these."""

    account_id: UUID
    session_id: UUID
    first_name: str
    last_name: str
    username: str
    language: str
    employments: tuple[Job, ...] = ()
    positions: tuple[Position, ...] = ()
    employment: Job | None = None
    """The job chosen at the top of the page; the only one when there is one."""

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"

"""Whose dossier it is, and in which role a person stands towards them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backend.access.person import Person, Position
from backend.access.roles import Role

COLUMNS = "m.id AS employment, m.account AS employee, m.manager, m.case_manager, o.provider"
"""What a statement selects for `Whose`, from rows `m` of employment and `o` of employer."""


@dataclass(frozen=True, slots=True)
class Whose:
    """The employment that something is about, and who stands around it."""

    employment: UUID
    employee: UUID | None
    """The employee's account, when there is one."""
    manager: UUID | None
    case_manager: UUID | None
    provider: UUID

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Whose:
        """From a row with COLUMNS."""
        return cls(row["employment"], row["employee"], row["manager"], row["case_manager"], row["provider"])

    def is_of(self, person: Person) -> bool:
        """Whether it is the person's own."""
        return any(job.id == self.employment for job in person.employments)

    def seen_by(self, person: Person) -> Role | None:
        """In which role the person has to do with it, the one that may know most when there are several;
        None for a stranger, whom no scope lets this far."""
        if self.is_of(person):
            return Role.EMPLOYEE
        found = {position.role for position in person.positions if self._is(position)}
        order = (Role.COMPANY_DOCTOR, Role.CASE_MANAGER, Role.MANAGER)
        return next((role for role in order if role in found), None)

    def _is(self, position: Position) -> bool:
        match position.role:
            case Role.COMPANY_DOCTOR:
                return position.provider == self.provider
            case Role.CASE_MANAGER:
                return position.id == self.case_manager
            case Role.MANAGER:
                return position.id == self.manager
        return False

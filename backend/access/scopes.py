"""The one place that says whose dossiers, and what in them, a person may see.

A scope is a condition for a WHERE clause. A statement puts its own arguments first and the scope's after
them, so that one statement both finds and judges: what is not yours is not there.

An employee sees all of their own dossiers. A manager or case manager sees those of the people whom they were
given, a company doctor those of every employer that the provider serves. What is medical only the doctor
sees, and a case manager to whom the doctor entrusts it (Autoriteit Persoonsgegevens, De zieke werknemer,
chapter 6).
Administrators and contacts see no dossier.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backend.access.person import Person
from backend.access.roles import Role

HELPERS = frozenset({Role.MANAGER, Role.CASE_MANAGER, Role.COMPANY_DOCTOR})
"""The roles in which somebody sees another's dossier."""


@dataclass(frozen=True, slots=True)
class Scope:
    """SQL over the aliases that its maker names, and the arguments for its placeholders."""

    sql: str
    args: tuple[Any, ...]


def dossiers(person: Person, after: int) -> Scope:
    """Which rows `d` of dossier the person may see; its placeholders begin at `after` + 1."""
    has = _Has(person, after)
    return Scope(has.dossiers(), has.args)


def own_dossiers(person: Person, after: int) -> Scope:
    """Which rows `d` of dossier are of the person's own jobs."""
    return Scope(f"d.employment = ANY(${after + 1}::uuid[])", ([job.id for job in person.employments],))


def entries(person: Person, after: int) -> Scope:
    """Which rows `e` of entry, in dossier `d`, the person may see; placeholders begin at `after` + 1.

    Nothing is hidden from the one it is about; what is medical is hidden from the employer's side.
    """
    has = _Has(person, after)
    sql = has.dossiers()
    if has.helped("x"):
        sql = f"({sql} AND (e.audience = 'shared' OR {_either(has.medical())}))"
    return Scope(sql, has.args)


def medical(person: Person, after: int, roles: Collection[Role] = HELPERS) -> Scope:
    """In which rows `d` of dossier the person sees the medical part as well. Beside another scope, never
    alone: it does not ask for what is shared. With the same roles as that one, it has the same arguments; in
    a statement that has no use for a manager's, the medical side's roles alone."""
    has = _Has(person, after, roles)
    return Scope(_either(has.medical()), has.args)


def trusted(person: Person, after: int, roles: Collection[Role] = HELPERS) -> Scope:
    """The same of rows `m` of employment, for a statement that has them at hand. As a case manager or doctor
    alone: of nobody's own."""
    has = _Has(person, after, roles, own=False)
    return Scope(_either(has.entrusted("m")), has.args)


def helped(person: Person, after: int, roles: Collection[Role] = HELPERS) -> Scope:
    """Which rows `m` of employment are of people whom the person helps in one of those roles. Who is their
    own manager is among them."""
    has = _Has(person, after, roles, own=False)
    return Scope(_either(has.helped("m")), has.args)


def desks(person: Person) -> list[UUID]:
    """Where the dossiers of the person's caseload lie (`desk` of desk_line): on that of each of their roles
    as case manager, and on the one that a provider's company doctors share, which comes first. It only says
    where to look: what is found there is still to be judged by `helped`."""
    doctors = [one.provider for one in person.positions if one.role == Role.COMPANY_DOCTOR and one.provider]
    return [*dict.fromkeys(doctors), *(one.id for one in person.positions if one.role == Role.CASE_MANAGER)]


def helps(person: Person, *roles: Role) -> bool:
    """Whether the person has such a role; without roles, any in which one sees another's dossier."""
    return any(position.role in (roles or HELPERS) for position in person.positions)


class _Has:
    """What this person has, as placeholders. What they have not is left out of the condition altogether, so
    that PostgreSQL knows how few rows there are."""

    def __init__(
        self, person: Person, after: int, roles: Collection[Role] = HELPERS, *, own: bool = True
    ) -> None:
        held = [one for one in person.positions if one.role in roles]
        self.args: tuple[Any, ...] = ()
        self.after = after
        self.own = self._place([job.id for job in person.employments] if own else [])
        self.manager = self._place([one.id for one in held if one.role == Role.MANAGER])
        self.case_manager = self._place([one.id for one in held if one.role == Role.CASE_MANAGER])
        self.provider = self._place(
            [one.provider for one in held if one.role == Role.COMPANY_DOCTOR and one.provider is not None]
        )

    def _place(self, ids: list[UUID]) -> str:
        if not ids:
            return ""
        self.args += (ids,)
        place = f"${self.after + len(self.args)}::uuid[]"
        # One by itself lets PostgreSQL read an index in its order.
        return f"({place})[1]" if len(ids) == 1 else f"ANY({place})"

    def helped(self, row: str) -> list[str]:
        """The conditions on a row of employment, one for each role."""
        found = []
        if self.manager:
            found.append(f"{row}.manager = {self.manager}")
        if self.case_manager:
            found.append(f"{row}.case_manager = {self.case_manager}")
        return found + self._served(row)

    def _served(self, row: str) -> list[str]:
        if not self.provider:
            return []
        return [f"{row}.employer IN (SELECT w.id FROM employer w WHERE w.provider = {self.provider})"]

    def dossiers(self) -> str:
        helped = self.helped("x")
        if not helped:
            return f"d.employment = {self.own}" if self.own else "false"
        within = [f"x.id = {self.own}", *helped] if self.own else helped
        return f"d.employment IN (SELECT x.id FROM employment x WHERE {_either(within)})"

    def medical(self) -> list[str]:
        """In which dossiers `d` the medical part is seen too."""
        found = [f"d.employment = {self.own}"] if self.own else []
        if entrusted := self.entrusted("x"):
            found.append(f"d.employment IN (SELECT x.id FROM employment x WHERE {_either(entrusted)})")
        return found

    def entrusted(self, row: str) -> list[str]:
        """The conditions on a row of employment whose medical part is seen too."""
        found = self._served(row)
        if self.case_manager:
            found.append(
                f"{row}.case_manager = {self.case_manager} AND EXISTS (SELECT FROM medical_delegation t"
                f" WHERE t.role_holder = {row}.case_manager AND t.employer = {row}.employer)"
            )
        return found


def _either(conditions: list[str]) -> str:
    return f"({' OR '.join(conditions)})" if conditions else "false"

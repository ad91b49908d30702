"""Somebody sits down to write in another's dossier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from backend.access import scopes
from backend.access.person import Person
from backend.access.roles import Role
from backend.access.scopes import HELPERS
from backend.access.whose import COLUMNS, Whose
from backend.foundation.clock import day_in
from backend.foundation.database import fetch, fetch_one
from backend.foundation.refusal import NotFound

DOSSIER = f"""
SELECT d.id, d.closed_on, o.id AS employer, o.name AS employer_name, o.time_zone, m.first_name,
       m.first_name || ' ' || m.last_name AS employee_name, ({{medical}}) AS medical, {COLUMNS}
FROM dossier d JOIN employment m ON m.id = d.employment JOIN employer o ON o.id = m.employer
WHERE d.id = $1 AND {{scope}}
"""
AROUND = """
SELECT r.id, r.name, r.role FROM role_holder r
WHERE (r.id = ANY($1::uuid[]) OR (r.role = 'company_doctor' AND r.provider = $2))
  AND (r.ended_on IS NULL OR r.ended_on > $3)
ORDER BY r.role DESC, r.name
"""


@dataclass(frozen=True, slots=True)
class Desk:
    """A dossier as the one who writes in it needs it."""

    dossier: UUID
    first_name: str
    employee_name: str
    employer_name: str
    time_zone: str
    today: date
    role: Role
    """In which the person writes."""
    medical: bool
    """Whether they belong to the medical side here."""
    whose: Whose

    def need(self, audience: str) -> None:
        """Raises NotFound when the person may not write for this audience."""
        if audience == "medical" and not self.medical:
            raise NotFound

    def need_doctor(self) -> None:
        """Raises NotFound for anybody but the company doctor."""
        if self.role != Role.COMPANY_DOCTOR:
            raise NotFound


@dataclass(frozen=True, slots=True)
class Around:
    """Somebody around the employee, to whom an action can be given."""

    id: UUID
    name: str
    role: Role


async def desk(person: Person, dossier_id: UUID, *, now: datetime) -> Desk:
    """Raises NotFound for a dossier out of the person's scope, and for their own: nobody writes in that."""
    scope, medical = scopes.dossiers(person, after=1), scopes.medical(person, after=1)
    row = await fetch_one(DOSSIER.format(scope=scope.sql, medical=medical.sql), dossier_id, *scope.args)
    role = None if row is None else Whose.of(row).seen_by(person)
    if row is None or role not in HELPERS:
        raise NotFound
    return Desk(
        row["id"], row["first_name"], row["employee_name"], row["employer_name"], row["time_zone"],
        day_in(row["time_zone"], now), role, row["medical"], Whose.of(row),
    )  # fmt: skip


async def around(person: Person, desk: Desk) -> list[Around]:
    """Who may be given an action, the employee aside: manager, case manager, doctors of the provider."""
    ids = [one for one in (desk.whose.manager, desk.whose.case_manager) if one is not None]
    rows = await fetch(AROUND, ids, desk.whose.provider, desk.today)
    return [Around(row["id"], row["name"], Role(row["role"])) for row in rows]

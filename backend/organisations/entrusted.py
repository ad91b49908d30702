"""To which case managers a company doctor entrusts the medical part, per employer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backend.access.person import Person
from backend.access.roles import Role
from backend.foundation.clock import HOME_ZONE, day_in
from backend.foundation.database import fetch

MOST = 500

PAIRS = """
SELECT r.id AS case_manager, r.name, w.id AS employer, w.name AS employer_name, w.time_zone, t.since
FROM role_holder r
JOIN employer w ON w.provider = r.provider
LEFT JOIN medical_delegation t ON t.role_holder = r.id AND t.employer = w.id
WHERE r.provider = ANY($1::uuid[]) AND r.role = 'case_manager' AND (r.ended_on IS NULL OR r.ended_on > $2)
  AND (t.id IS NOT NULL
       OR EXISTS (SELECT FROM employment m WHERE m.case_manager = r.id AND m.employer = w.id))
ORDER BY lower(w.name), w.id, lower(r.name), r.id LIMIT $3
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """A case manager at an employer where they guide people; `since` when they see the medical part."""

    case_manager: UUID
    name: str
    employer: UUID
    employer_name: str
    time_zone: str
    since: datetime | None


def served(person: Person) -> list[UUID]:
    """The providers for which the person is a company doctor."""
    return [one.provider for one in person.positions if one.role == Role.COMPANY_DOCTOR and one.provider]


async def pairs(person: Person, *, now: datetime) -> list[Pair]:
    """Every case manager of the doctor's provider, at each employer where they guide somebody."""
    rows = await fetch(PAIRS, served(person), day_in(HOME_ZONE, now), MOST)
    return [Pair(**row) for row in rows]

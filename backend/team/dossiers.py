"""The dossiers of one person of a team."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from backend.access import scopes
from backend.access.person import Person
from backend.foundation.database import fetch

DOSSIERS = """
SELECT d.id, d.opened_on, d.closed_on FROM dossier d WHERE d.employment = $1 AND {scope}
ORDER BY d.closed_on IS NULL DESC, d.opened_on DESC, d.id DESC LIMIT 20
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A dossier and its days."""

    id: UUID
    opened_on: date
    closed_on: date | None


async def dossiers_of(person: Person, employment: UUID) -> list[Line]:
    """As far as the person may see them: the running one first, then the latest."""
    scope = scopes.dossiers(person, after=1)
    rows = await fetch(DOSSIERS.format(scope=scope.sql), employment, *scope.args)
    return [Line(**row) for row in rows]

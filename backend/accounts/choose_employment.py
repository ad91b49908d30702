"""Choose which of one's jobs the pages are about, on this device."""

from __future__ import annotations

from uuid import UUID

from backend.access.person import Person
from backend.foundation.database import execute
from backend.foundation.refusal import NotFound


async def choose_employment(person: Person, employment: UUID) -> None:
    """Raises NotFound for somebody else's job."""
    if all(job.id != employment for job in person.employments):
        raise NotFound
    await execute("UPDATE session SET employment = $2 WHERE id = $1", person.session_id, employment)

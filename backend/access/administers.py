"""For which employers somebody sets how things go."""

from __future__ import annotations

from uuid import UUID

from backend.access.person import Person
from backend.access.roles import Role


def administered(person: Person) -> list[UUID]:
    """The employers of which the person is the administrator."""
    return [
        position.employer
        for position in person.positions
        if position.role == Role.ADMINISTRATOR and position.employer is not None
    ]

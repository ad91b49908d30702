"""Somebody opens what is in a dossier."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from backend.access.person import Person
from backend.access.roles import Role
from backend.access.whose import Whose
from backend.audit.looked import What, looked


async def look(
    person: Person,
    whose: Whose,
    what: What,
    subject: UUID,
    *,
    now: datetime,
    medical: bool = False,
    extent: int = 0,
) -> None:
    """Records it for the employee to read, unless it is their own: who, in what role, when, what, and how
    much of it (see `looked`)."""
    role = whose.seen_by(person)
    if role is None or role == Role.EMPLOYEE:
        return
    await looked(
        employment=whose.employment, employee=whose.employee, viewer=person.account_id,
        viewer_name=person.name, viewer_role=role, what=what, subject=subject, now=now, medical=medical,
        extent=extent,
    )  # fmt: skip

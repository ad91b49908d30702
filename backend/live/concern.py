"""Which lists a hint may concern: those of the people around the employee whose dossier it names. One
statement for all hints that come together, however many pages stand open and dossiers are in their lists.
"""

from __future__ import annotations

import asyncio
from uuid import UUID

import structlog

from backend.access.person import Person
from backend.access.roles import Role
from backend.foundation.database import fetch
from backend.live.hub import Hub

AROUND = """
SELECT m.id AS employment, m.manager, m.case_manager, o.provider
FROM dossier d JOIN employment m ON m.id = d.employment JOIN employer o ON o.id = m.employer
WHERE d.id = ANY($1::uuid[])
"""
TOGETHER = 0.05
"""Seconds that hints are waited for, once one came."""

log = structlog.get_logger("live")


def places_of(person: Person, *roles: Role) -> set[UUID]:
    """By what a dossier in their lists is found (`AROUND`): in these roles, or without any in all of them and
    in their own jobs."""
    held = [one for one in person.positions if not roles or one.role in roles]
    of_doctor = {one.provider for one in held if one.role == Role.COMPANY_DOCTOR and one.provider}
    own = set() if roles else {job.id for job in person.employments}
    return own | of_doctor | {one.id for one in held}


async def place_hints(hub: Hub) -> None:
    """Wakes the lists that hints may be about, until cancelled. While the database is away none is woken;
    each looks by itself now and then."""
    while True:
        ids = await hub.unplaced()
        await asyncio.sleep(TOGETHER)
        try:
            rows = await fetch(AROUND, list(ids))
        except Exception as error:
            log.warning("hints lost", kind=type(error).__name__)
            continue
        hub.around({id for row in rows for id in row.values() if id is not None})

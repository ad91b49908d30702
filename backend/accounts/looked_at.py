"""Wie heeft mijn dossier bekeken, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from backend.access.person import Person
from backend.access.roles import LABELS, Role
from backend.audit.queries import access_log
from backend.foundation.languages import N_
from backend.foundation.languages import gettext as _

A_PAGE = 25
WHAT = {
    "dossier": N_("Bekeek je dossier"),
    "note": N_("Las een notitie"),
    "document": N_("Opende een document"),
}


@dataclass(frozen=True, slots=True)
class LookedAt:
    """One line: who, in what role, did what and when; where, for who has several jobs."""

    id: int
    what: str
    name: str
    role: str
    at: datetime
    time_zone: str
    employer_name: str | None


async def looked_at(person: Person, before: str) -> tuple[list[LookedAt], int | None]:
    """A page of lines, newest first, and the id to ask older ones with (None: these were the last).
    `before` is such an id; anything else begins at the top."""
    jobs = {job.id: job for job in person.employments}
    cursor = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
    found = await access_log(list(jobs), cursor, A_PAGE + 1)
    lines = [
        LookedAt(
            id=look.id,
            what=_(WHAT.get(look.what, WHAT["dossier"])),
            name=look.viewer_name,
            role=_(LABELS[Role(look.viewer_role)]) if look.viewer_role in set(Role) else look.viewer_role,
            at=look.at,
            time_zone=jobs[look.employment].time_zone,
            employer_name=jobs[look.employment].employer_name if len(jobs) > 1 else None,
        )
        for look in found[:A_PAGE]
    ]
    return lines, lines[-1].id if len(found) > A_PAGE else None

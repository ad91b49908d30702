"""Who around an employee hears that something stands in the dossier: that there is something, never what.

The employee hears of everything, by `entry_posted`; a helper of what is theirs to do or to know, by
`entry_for_helper`. Nobody is told of their own deed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backend.access.person import Person
from backend.access.roles import HELD_NOW, Role
from backend.access.whose import Whose
from backend.foundation.database import fetch
from backend.outbox.add import Promise, add_many
from backend.outbox.kinds import Kind

NEAR = f"""
SELECT r.id, r.account, r.role, r.role = 'company_doctor' AND r.account IN (
    SELECT e.author FROM entry e WHERE e.dossier = $3 AND e.author_role = 'company_doctor') AS wrote
FROM role_holder r
WHERE (r.id = ANY($1::uuid[]) OR (r.role = 'company_doctor' AND r.provider = $2))
    AND {HELD_NOW}
ORDER BY r.id
"""


@dataclass(frozen=True, slots=True)
class Near:
    """Somebody around the employee, today."""

    id: UUID
    account: UUID | None
    role: str
    wrote: bool | None
    """Whether it is a doctor who wrote in this dossier before."""


async def near(whose: Whose, dossier: UUID) -> list[Near]:
    """Manager, case manager and the provider's doctors."""
    ids = [one for one in (whose.manager, whose.case_manager) if one is not None]
    return [Near(**row) for row in await fetch(NEAR, ids, whose.provider, dossier)]


def in_role(found: Iterable[Near], roles: Collection[str], given: UUID | None = None) -> list[Near]:
    """Who has one of those roles. Of several doctors the one it was given to, else those who wrote in the
    dossier before, else all of them."""
    chosen = [one for one in found if one.role in roles]
    doctors = [one for one in chosen if one.role == Role.COMPANY_DOCTOR]
    kept = [one for one in doctors if one.id == given] or [one for one in doctors if one.wrote] or doctors
    return [one for one in chosen if one.role != Role.COMPANY_DOCTOR or one in kept]


async def tell(
    person: Person,
    whose: Whose,
    entry: UUID,
    helpers: Iterable[Near] = (),
    *,
    now: datetime,
    kind: Kind = Kind.ACTIONS,
    employee: bool = True,
) -> None:
    """Promises it in the caller's transaction. A helper who is the employee as well hears of it once."""
    about = {"entry": str(entry)}
    found = []
    if employee and whose.employee is not None and whose.employee != person.account_id:
        found.append(Promise("entry_posted", about, reader=whose.employee, kind=Kind.DOSSIER))
    told = {person.account_id, whose.employee}
    for one in helpers:
        if one.account is None or one.account not in told:
            told.add(one.account)
            found.append(Promise("entry_for_helper", about | {"role_holder": str(one.id)}, kind=kind))
    await add_many(found, now=now)

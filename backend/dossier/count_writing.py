"""How much one person may write in a day: of all that is written, people are told."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from backend.access.person import Person
from backend.foundation.database import fetch_one
from backend.foundation.languages import N_
from backend.limits.rules import WRITINGS, WRITINGS_HERE, writing_keys
from backend.limits.too_often import take_or_refuse

HERE = N_("Je zette vandaag al heel veel in dit dossier. Dit staat er nog niet in. Verstuur het %(when)s.")
ANYWHERE = N_("Je zette vandaag al heel veel in dossiers. Dit staat er nog niet in. Verstuur het %(when)s.")

ANSWERED = "SELECT FROM answered_request WHERE key = $1 AND account = $2"


async def count_writing(person: Person, dossier: UUID, key: UUID, *, now: datetime) -> None:
    """Counts one thing that is about to be written in a dossier, before anything judges it and outside the
    transaction that writes it; not what stands there under this key already. Raises TooOften, a Refused,
    when there were too many."""
    if await fetch_one(ANSWERED, key, person.account_id) is not None:
        return
    here, anywhere = writing_keys(person.account_id, dossier)
    await take_or_refuse(here, *WRITINGS_HERE, now=now, message=HERE)
    await take_or_refuse(anywhere, *WRITINGS, now=now, message=ANYWHERE)

"""How much one person may write in a day: of all that is written, people are told."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from backend.access.person import Person
from backend.foundation.languages import N_
from backend.limits.rules import WRITINGS, WRITINGS_HERE, writing_keys
from backend.limits.too_often import take_within_or_refuse

HERE = N_("Je zette vandaag al heel veel in dit dossier. Dit staat er nog niet in. Verstuur het %(when)s.")
ANYWHERE = N_("Je zette vandaag al heel veel in dossiers. Dit staat er nog niet in. Verstuur het %(when)s.")


async def count_writing(person: Person, dossier: UUID, *, now: datetime) -> None:
    """Counts one thing that is written in a dossier, in the transaction that writes it: this guards a dossier
    against a flood, so what is refused for another reason uses up nothing. Raises TooOften, a Refused, when
    there were too many."""
    here, anywhere = writing_keys(person.account_id, dossier)
    await take_within_or_refuse(here, *WRITINGS_HERE, now=now, message=HERE)
    await take_within_or_refuse(anywhere, *WRITINGS, now=now, message=ANYWHERE)

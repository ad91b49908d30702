"""The company doctor advises."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from backend.access.person import Person
from backend.audit.events import Event
from backend.dossier.advice import Advice
from backend.dossier.desk import desk
from backend.dossier.posted import posted
from backend.dossier.publish import publish
from backend.idempotency.answered import once


async def post_advice(person: Person, dossier_id: UUID, advice: Advice, key: UUID, *, now: datetime) -> str:
    """Publishes it once per key, for all to read. Returns where it stands. Raises NotFound for who is not the
    company doctor of this dossier; AnotherBody."""

    async def do() -> str:
        place = await desk(person, dossier_id, now=now)
        place.need_doctor()
        entry = await publish(
            dossier_id, "advice", now=now, author=person, author_role=place.role, facts=advice.facts()
        )
        return await posted(person, place, Event.ADVICE_POSTED, entry, now=now, draft="advice")

    body = {"dossier": str(dossier_id), **advice.body()}
    return (await once(person.account_id, key, body, now, do))[0]

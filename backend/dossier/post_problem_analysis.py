"""The company doctor's examination when long absence threatens (Regeling procesgang, art. 2(2))."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from backend.access.person import Person
from backend.audit.events import Event
from backend.dossier.advice import Advice
from backend.dossier.desk import desk
from backend.dossier.in_turn import in_turn
from backend.dossier.posted import posted
from backend.dossier.publish import publish
from backend.foundation.database import fetch_one
from backend.foundation.languages import N_
from backend.foundation.refusal import Refused
from backend.idempotency.answered import once

WRITTEN = "SELECT FROM entry WHERE dossier = $1 AND kind = 'problem_analysis' AND audience = 'shared'"


async def post_problem_analysis(
    person: Person, dossier_id: UUID, advice: Advice, medical: str, key: UUID, *, now: datetime
) -> str:
    """Publishes it as two entries: the advice for all, the examination for the employee and the medical side.
    Once per dossier. Returns where the advice stands.

    Raises Refused when there is one already, NotFound for who is not the company doctor, AnotherBody.
    """

    async def do() -> str:
        place = await desk(person, dossier_id, now=now)
        place.need_doctor()
        await in_turn(dossier_id)
        if await fetch_one(WRITTEN, dossier_id) is not None:
            raise Refused(N_("Er is al een probleemanalyse. Schrijf wat er nu bij komt in een advies."))
        who = {"now": now, "author": person, "author_role": place.role}
        if medical:
            await publish(dossier_id, "problem_analysis", body=medical, audience="medical", **who)  # type: ignore[arg-type]
        entry = await publish(dossier_id, "problem_analysis", facts=advice.facts(), **who)  # type: ignore[arg-type]
        return await posted(
            person, place, Event.PROBLEM_ANALYSIS_POSTED, entry, now=now, draft="problem_analysis"
        )

    body = {"dossier": str(dossier_id), "medical": medical, **advice.body()}
    return (await once(person.account_id, key, body, now, do))[0]

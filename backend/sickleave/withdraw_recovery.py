"""The employee takes back that they recovered: it was said by mistake, or the day comes too soon. Nothing is
erased; whoever wants another day reports recovery anew."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import asyncpg

from backend.access.person import Person
from backend.audit.events import Event
from backend.audit.record import record_all
from backend.dossier.lifecycle import reopen_dossier
from backend.dossier.publish import publish
from backend.foundation.database import fetch_value
from backend.idempotency.answered import once
from backend.outbox.add import add_many
from backend.sickleave.often import judge_recovery_withdrawals
from backend.sickleave.queries import employment_of
from backend.sickleave.rules import cannot_withdraw_recovery, judge_recovery_withdrawal
from backend.sickleave.situation import LastSpell, Situation, situation_of
from backend.sickleave.telling import promises

WITHDRAW = """
UPDATE spell s SET recovered_on = NULL, recovery_reported_at = NULL, recovery_reported_by = NULL
WHERE s.id = $1 AND s.recovered_on = $2 AND s.withdrawn_at IS NULL AND NOT EXISTS (SELECT FROM spell o
    WHERE o.employment = s.employment AND o.recovered_on IS NULL AND o.withdrawn_at IS NULL)
RETURNING true
"""


async def withdraw_recovery(person: Person, spell_id: UUID, key: UUID, *, now: datetime) -> str:
    """Lets the spell and its dossier run on, and tells who was told. Returns the address of the spell's page.

    Raises Refused, NotFound when the spell is not the person's, AnotherBody.
    """
    location = f"/absence/{spell_id}"

    async def do() -> str:
        situation = await situation_of(person, await employment_of(person, spell_id), now=now)
        spell = judge_recovery_withdrawal(situation, spell_id)
        await judge_recovery_withdrawals(situation, now=now)
        await _withdraw(person, situation, spell, now)
        return location

    body = {"recovery_withdrawn": str(spell_id)}
    try:
        return (await once(person.account_id, key, body, now, do, expected=location))[0]
    except asyncpg.UniqueViolationError as error:
        if error.constraint_name != "spell_open":  # somebody reports them sick at this very moment
            raise
        raise cannot_withdraw_recovery() from error


async def _withdraw(person: Person, situation: Situation, spell: LastSpell, now: datetime) -> None:
    if not await fetch_value(WITHDRAW, spell.id, spell.recovered_on):
        raise cannot_withdraw_recovery()
    await reopen_dossier(spell.dossier)
    facts: dict[str, object] = {"what": "recovery_withdrawn", "recovered_on": spell.recovered_on}
    await publish(spell.dossier, "change", now=now, author=person, facts=facts)
    happened = {Event.RECOVERY_WITHDRAWN: spell.id}
    await record_all(happened, now=now, account=person.account_id, employment=situation.job.id)
    await add_many(promises(person, situation, "recovery_withdrawn", spell=spell.id), now=now)

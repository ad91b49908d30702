"""The employee, or the manager or case manager who reported for them, takes back a report made by mistake, on
the day it was made. Nothing is erased."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from backend.access.person import Person
from backend.audit.events import Event
from backend.audit.record import record_all
from backend.dossier.lifecycle import close_dossier
from backend.dossier.publish import publish
from backend.foundation.database import fetch_value
from backend.idempotency.answered import once
from backend.outbox.add import add_many
from backend.sickleave.often import judge_withdrawals
from backend.sickleave.queries import employment_of, reported_for
from backend.sickleave.rules import cannot_withdraw, judge_withdrawal
from backend.sickleave.situation import LastSpell, Situation, situation_for, situation_of
from backend.sickleave.telling import promises

WITHDRAW = """
UPDATE spell SET withdrawn_at = $2 WHERE id = $1 AND withdrawn_at IS NULL AND recovered_on IS NULL
RETURNING true
"""
EARLIER = "SELECT max(recovered_on) FROM spell WHERE dossier = $1 AND withdrawn_at IS NULL"


async def withdraw_report(
    person: Person, spell_id: UUID, key: UUID, *, now: datetime, for_another: bool = False
) -> str:
    """Marks the spell as taken back and says so in the dossier, which closes: on this day when the spell was
    its only one, otherwise on the day it was closed before. Returns the address of the page that says how
    things stand.

    Raises Refused, NotFound when the spell is not the person's (`for_another`: not one that they reported for
    somebody whom they still help), AnotherBody.
    """
    employment = await (reported_for if for_another else employment_of)(person, spell_id)
    location = f"/team/{employment}" if for_another else f"/absence/{spell_id}"

    async def do() -> str:
        situation = await (situation_for if for_another else situation_of)(person, employment, now=now)
        spell = judge_withdrawal(situation, spell_id)
        await judge_withdrawals(person, situation, now=now)
        await _withdraw(person, situation, spell, now)
        return location

    return (await once(person.account_id, key, {"withdrawn": str(spell_id)}, now, do, expected=location))[0]


async def _withdraw(person: Person, situation: Situation, spell: LastSpell, now: datetime) -> None:
    if not await fetch_value(WITHDRAW, spell.id, now):
        raise cannot_withdraw(situation)
    closed_on = await fetch_value(EARLIER, spell.dossier) or situation.today
    await close_dossier(spell.dossier, closed_on)
    await publish(spell.dossier, "withdrawal", now=now, author=person, author_role=situation.role)
    happened = {Event.SICK_REPORT_WITHDRAWN: spell.id, Event.DOSSIER_CLOSED: spell.dossier}
    await record_all(happened, now=now, account=person.account_id, employment=situation.job.id)
    await add_many(promises(person, situation, "withdrawal", spell=spell.id), now=now)

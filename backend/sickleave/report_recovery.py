"""The employee, or their manager or case manager for them, reports that they work fully again: the spell ends
and its dossier closes."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from backend.access.person import Person
from backend.audit.events import Event
from backend.audit.record import record_all
from backend.dossier.lifecycle import close_dossier
from backend.dossier.publish import publish
from backend.foundation.database import fetch_value
from backend.idempotency.answered import once
from backend.outbox.add import add_many
from backend.sickleave.often import judge_recoveries
from backend.sickleave.rules import judge_recovery, not_sick
from backend.sickleave.situation import LastSpell, Situation, situation_for, situation_of
from backend.sickleave.telling import promises

RECOVER = """
UPDATE spell SET recovered_on = $2, recovery_reported_at = $3, recovery_reported_by = $4
WHERE id = $1 AND recovered_on IS NULL AND withdrawn_at IS NULL
RETURNING true
"""


async def report_recovery(
    person: Person,
    employment: UUID,
    recovered_on: date,
    key: UUID,
    *,
    now: datetime,
    for_another: bool = False,
) -> str:
    """Ends the open spell of that job. `recovered_on` is the day the work was fully taken up again, one after
    the last sick day. Returns the address of the page that says how things stand.

    Raises Refused, NotFound when the job is not the person's (`for_another`: not of somebody they may report
    for), AnotherBody.
    """

    async def do() -> str:
        situation = await (situation_for if for_another else situation_of)(person, employment, now=now)
        spell = judge_recovery(situation, recovered_on)
        await judge_recoveries(situation, recovered_on)
        await _recover(person, situation, spell, recovered_on, now)
        return f"/team/{employment}" if for_another else f"/absence/{spell.id}"

    body = {"employment": str(employment), "recovered_on": str(recovered_on)}
    return (await once(person.account_id, key, body, now, do))[0]


async def _recover(
    person: Person, situation: Situation, spell: LastSpell, recovered_on: date, now: datetime
) -> None:
    if not await fetch_value(RECOVER, spell.id, recovered_on, now, person.account_id):
        raise not_sick(situation)
    await close_dossier(spell.dossier, recovered_on)
    await publish(
        spell.dossier, "recovery", now=now, author=person, author_role=situation.role,
        facts={"recovered_on": recovered_on},
    )  # fmt: skip
    happened = {Event.RECOVERY_REPORTED: spell.id, Event.DOSSIER_CLOSED: spell.dossier}
    await record_all(happened, now=now, account=person.account_id, employment=situation.job.id)
    await add_many(promises(person, situation, "recovery", spell=spell.id), now=now)

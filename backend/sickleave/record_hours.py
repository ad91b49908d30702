"""The manager or case manager writes down hours that were agreed by talking: other ones than the employee
proposed or than stood, or the first. Hours only, never a degree of incapacity (BWBR0037896)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from backend.access.person import Person
from backend.audit.events import Event
from backend.audit.record import record
from backend.dossier.publish import publish
from backend.foundation.database import execute, fetch
from backend.foundation.languages import N_
from backend.foundation.refusal import Refused
from backend.foundation.tokens import new_id
from backend.idempotency.answered import once
from backend.outbox.add import add
from backend.outbox.kinds import Kind
from backend.sickleave.often import judge_recordings
from backend.sickleave.propose_hours import Proposal
from backend.sickleave.rules import judge_hours
from backend.sickleave.situation import LastSpell, Situation, situation_for

INSERT = """
INSERT INTO partial_recovery (id, spell, starts_on, hours_a_week, explanation, proposed_at, proposed_by,
    confirmed_at, confirmed_by, recorded)
VALUES ($1, $2, $3, $4, $5, $6, $7, $6, $7, true)
"""
BEFORE = """
SELECT id, starts_on, hours_a_week, confirmed_at IS NOT NULL AS agreed FROM partial_recovery
WHERE spell = $1 ORDER BY proposed_at DESC, id DESC
"""


async def record_hours(
    person: Person, hours: Proposal, key: UUID, *, instead_of: UUID | None, now: datetime
) -> str:
    """Adds agreed hours to the open spell of somebody else; they come in place of what was proposed or agreed
    before, the timeline says from which to which, and the employee is told and may propose others. Returns
    the address of the page about the employee.

    `instead_of` is the latest that the person saw: what came in meanwhile is not passed over. Raises Refused,
    NotFound when the job is not of somebody whom the person manages or guides, AnotherBody.
    """

    async def do() -> str:
        situation = await situation_for(person, hours.employment, now=now)
        spell = judge_hours(situation, hours.starts_on, hours.hours_a_week)
        await judge_recordings(spell.id, situation.first_name, now=now)
        before = await fetch(BEFORE, spell.id)
        _judge_before(before, hours, instead_of, situation)
        await _store(person, situation, spell, hours, before, now)
        return f"/team/{hours.employment}"

    body = {**hours.body(), "instead_of": str(instead_of)}
    return (await once(person.account_id, key, body, now, do))[0]


def _judge_before(before: list[Any], hours: Proposal, instead_of: UUID | None, situation: Situation) -> None:
    last = before[0] if before else None
    if instead_of != (last and last["id"]):
        raise Refused(
            N_("Intussen is er iets veranderd aan de uren van %(name)s. Kijk eerst wat er nu staat."),
            name=situation.first_name,
        )
    same = last and (last["starts_on"], last["hours_a_week"]) == (hours.starts_on, hours.hours_a_week)
    if last and last["agreed"] and same:
        raise Refused(N_("Deze uren zijn al zo afgesproken. Je hoeft niets meer te doen."), "hours_a_week")


def _from(before: list[Any]) -> dict[str, object]:
    """What the hours come in place of: those that stood, and those that were proposed since."""
    found: dict[str, object] = {}
    if before and not before[0]["agreed"]:
        found["proposed"] = before[0]["hours_a_week"]
    agreed = next((one["hours_a_week"] for one in before if one["agreed"]), None)
    if agreed is not None:
        found["agreed"] = agreed
    return found


async def _store(
    person: Person,
    situation: Situation,
    spell: LastSpell,
    hours: Proposal,
    before: list[Any],
    now: datetime,
) -> None:
    hours_id = new_id()
    await execute(
        INSERT, hours_id, spell.id, hours.starts_on, hours.hours_a_week, hours.explanation or None, now,
        person.account_id,
    )  # fmt: skip
    facts = {"what": "hours_recorded", "starts_on": hours.starts_on, "hours_a_week": hours.hours_a_week}
    await publish(
        spell.dossier, "change", now=now, author=person, author_role=situation.role,
        facts=facts | _from(before), body=hours.explanation,
    )  # fmt: skip
    await record(
        Event.PARTIAL_RECOVERY_RECORDED, now=now, account=person.account_id, employment=situation.job.id,
        subject=hours_id,
    )  # fmt: skip
    about = {"spell": str(spell.id), "partial_recovery": str(hours_id)}
    await add("hours_recorded", about, now=now, reader=situation.account, kind=Kind.DOSSIER)

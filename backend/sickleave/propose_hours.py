"""The employee proposes hours to work again while still sick. A degree of incapacity is not theirs, nor the
manager's, to set: that is the company doctor's advice (BWBR0037896)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from backend.access.person import Person
from backend.audit.events import Event
from backend.audit.record import record
from backend.dossier.publish import publish
from backend.foundation.database import execute
from backend.foundation.tokens import new_id
from backend.idempotency.answered import once
from backend.outbox.add import add_many
from backend.sickleave.often import judge_proposals
from backend.sickleave.rules import judge_hours
from backend.sickleave.situation import LastSpell, Situation, situation_of
from backend.sickleave.telling import promises

INSERT = """
INSERT INTO partial_recovery (id, spell, starts_on, hours_a_week, explanation, proposed_at, proposed_by)
VALUES ($1, $2, $3, $4, $5, $6, $7)
"""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Hours a week from a day on, in quarters; the explanation says in words how."""

    employment: UUID
    starts_on: date
    hours_a_week: Decimal
    explanation: str

    def body(self) -> dict[str, str]:
        """The same proposal always gives the same body (room `idempotency`)."""
        return {
            "employment": str(self.employment), "starts_on": str(self.starts_on),
            "hours_a_week": str(self.hours_a_week), "explanation": self.explanation,
        }  # fmt: skip


async def propose_hours(person: Person, proposal: Proposal, key: UUID, *, now: datetime) -> str:
    """Adds a proposal to the open spell. Partial recovery is no interruption: spell and dossier run on.
    Returns the address of the page that says it was sent.

    Raises Refused, NotFound when the job is not the person's, AnotherBody.
    """

    async def do() -> str:
        situation = await situation_of(person, proposal.employment, now=now)
        spell = judge_hours(situation, proposal.starts_on, proposal.hours_a_week)
        await judge_proposals(spell.id, now=now)
        await _store(person, situation, spell, proposal, now)
        return f"/absence/{spell.id}/hours"

    return (await once(person.account_id, key, proposal.body(), now, do))[0]


async def _store(
    person: Person, situation: Situation, spell: LastSpell, proposal: Proposal, now: datetime
) -> None:
    proposal_id = new_id()
    await execute(
        INSERT, proposal_id, spell.id, proposal.starts_on, proposal.hours_a_week,
        proposal.explanation or None, now, person.account_id,
    )  # fmt: skip
    await publish(
        spell.dossier, "partial_recovery", now=now, author=person, body=proposal.explanation,
        facts={"starts_on": proposal.starts_on, "hours_a_week": proposal.hours_a_week},
    )  # fmt: skip
    await record(
        Event.PARTIAL_RECOVERY_PROPOSED, now=now, account=person.account_id,
        employment=situation.job.id, subject=proposal_id,
    )  # fmt: skip
    about = {"spell": spell.id, "partial_recovery": proposal_id}
    await add_many(promises(person, situation, "hours_proposal", **about), now=now)

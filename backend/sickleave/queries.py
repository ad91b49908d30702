"""What a person may read of their own spells. Every statement goes through the person's account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from backend.access.person import Person
from backend.foundation.database import fetch_one, fetch_value
from backend.foundation.refusal import NotFound
from backend.sickleave.answers import answered

MINE = "JOIN employment e ON e.id = p.employment AND e.account = $2 WHERE p.id = $1"

SPELL = f"""
SELECT p.id, p.employment, p.dossier, p.first_sick_day, p.worked_hours, p.reported_at, p.recovered_on,
       p.withdrawn_at, p.phone, p.nursing_address, p.expected_duration, p.work_handover, p.safety_net,
       p.work_accident, p.third_party_accident,
       CASE WHEN p.reported_by IS DISTINCT FROM e.account THEN b.first_name || ' ' || b.last_name END
           AS reported_by,
       CASE WHEN p.recovery_reported_by IS DISTINCT FROM e.account THEN c.first_name || ' ' || c.last_name END
           AS recovered_by,
       EXISTS (SELECT FROM spell o WHERE o.dossier = p.dossier AND o.id <> p.id AND o.withdrawn_at IS NULL
               AND o.first_sick_day <= p.first_sick_day AND o.recovered_on <= p.first_sick_day) AS composite
FROM spell p LEFT JOIN account b ON b.id = p.reported_by LEFT JOIN account c ON c.id = p.recovery_reported_by
{MINE}
"""

REPORTED_FOR = """
SELECT p.employment FROM spell p JOIN employment e ON e.id = p.employment AND e.account IS DISTINCT FROM $2
WHERE p.id = $1 AND p.reported_by = $2
"""

PROPOSAL = f"""
SELECT h.starts_on, h.hours_a_week, h.explanation, h.confirmed_at IS NOT NULL AS confirmed,
       h.refused_at IS NOT NULL AS refused, h.refusal, h.recorded,
       p.recovered_on IS NULL AND p.withdrawn_at IS NULL AS runs,
       coalesce(a.first_name || ' ' || a.last_name, '') AS answered_by
FROM spell p JOIN partial_recovery h ON h.spell = p.id
LEFT JOIN account a ON a.id = coalesce(h.confirmed_by, h.refused_by) {MINE}
ORDER BY h.proposed_at DESC, h.id DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class SpellPage:
    """One of the person's own spells, with what they answered."""

    id: UUID
    employment: UUID
    dossier: UUID
    first_sick_day: date
    worked_hours: Decimal
    reported_at: datetime
    recovered_on: date | None
    withdrawn_at: datetime | None
    composite: bool
    """Whether it adds up with a spell before it."""
    reported_by: str | None
    """Who reported it when that was somebody else."""
    recovered_by: str | None
    answers: dict[str, str | bool]
    """By question, only what was answered."""


@dataclass(frozen=True, slots=True)
class LatestProposal:
    """The hours that were proposed or agreed last, and what became of them."""

    starts_on: date
    hours_a_week: Decimal
    explanation: str | None
    confirmed: bool
    refused: bool
    refusal: str | None
    """A word from who wants to talk first."""
    recorded: bool
    """Agreed by talking, and written down by who answered."""
    runs: bool
    """Whether the spell does."""
    answered_by: str


async def employment_of(person: Person, spell_id: UUID) -> UUID:
    """The job that one of the person's own spells belongs to. Raises NotFound."""
    sql = f"SELECT p.employment FROM spell p {MINE}"
    found: UUID | None = await fetch_value(sql, spell_id, person.account_id)
    if found is None:
        raise NotFound
    return found


async def reported_for(person: Person, spell_id: UUID) -> UUID:
    """Whose spell it is, by their job, that the person reported for them. Raises NotFound for their own, and
    for what another reported."""
    found: UUID | None = await fetch_value(REPORTED_FOR, spell_id, person.account_id)
    if found is None:
        raise NotFound
    return found


async def spell_of(person: Person, spell_id: UUID) -> SpellPage:
    """One of the person's own spells, taken back or not. Raises NotFound."""
    row = await fetch_one(SPELL, spell_id, person.account_id)
    if row is None:
        raise NotFound
    return SpellPage(
        row["id"], row["employment"], row["dossier"], row["first_sick_day"], row["worked_hours"],
        row["reported_at"], row["recovered_on"], row["withdrawn_at"], row["composite"],
        row["reported_by"], row["recovered_by"], answered(row),
    )  # fmt: skip


async def latest_proposal(person: Person, spell_id: UUID) -> LatestProposal:
    """The hours last proposed in one of the person's own spells. Raises NotFound."""
    found = await earlier_proposal(person, spell_id)
    if found is None:
        raise NotFound
    return found


async def earlier_proposal(person: Person, spell_id: UUID) -> LatestProposal | None:
    """The same, or None while nothing was proposed."""
    row = await fetch_one(PROPOSAL, spell_id, person.account_id)
    return LatestProposal(**row) if row else None

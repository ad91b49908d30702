"""One person of a team: how things stand, what they said when they fell sick, what they propose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from backend.access import scopes
from backend.access.person import Person
from backend.foundation.clock import day_in
from backend.foundation.database import fetch, fetch_one
from backend.sickleave.answers import answered
from backend.sickleave.situation import REPORTERS, Situation

SPELL = """
SELECT p.phone, p.nursing_address, p.expected_duration, p.work_handover, p.safety_net, p.work_accident,
       p.third_party_accident, p.reported_by, p.recovery_reported_by, p.recovery_reported_at,
       coalesce(a.email, m.email) AS email, h.id AS proposal, h.starts_on, h.hours_a_week, h.explanation,
       h.confirmed_at, h.refused_at, h.refusal, h.recorded,
       (SELECT count(*) + count(c.confirmed_at) + count(c.refused_at) FROM partial_recovery c
        WHERE c.spell = p.id) AS extent,
       ARRAY(SELECT (d.id, d.opened_on, d.closed_on) FROM dossier d WHERE d.employment = m.id
             ORDER BY d.closed_on IS NULL DESC, d.opened_on DESC, d.id DESC LIMIT 20) AS dossiers
FROM employment m
LEFT JOIN account a ON a.id = m.account
LEFT JOIN spell p ON p.employment = m.id AND p.id = $2
LEFT JOIN LATERAL (
    SELECT id, starts_on, hours_a_week, explanation, confirmed_at, refused_at, refusal, recorded
    FROM partial_recovery WHERE spell = p.id ORDER BY proposed_at DESC, id DESC LIMIT 1
) h ON true
WHERE m.id = $1 AND {scope}
"""

PROPOSALS = """
SELECT h.id, h.starts_on, h.hours_a_week, h.explanation, m.id AS employment,
       m.first_name || ' ' || m.last_name AS name, s.dossier,
       ($2::timestamptz AT TIME ZONE o.time_zone)::date AS today
FROM employment m
JOIN employer o ON o.id = m.employer
JOIN spell s ON s.employment = m.id AND s.recovered_on IS NULL AND s.withdrawn_at IS NULL
JOIN LATERAL (
    SELECT id, starts_on, hours_a_week, explanation, confirmed_at, refused_at, proposed_at
    FROM partial_recovery WHERE spell = s.id ORDER BY proposed_at DESC, id DESC LIMIT 1
) h ON h.confirmed_at IS NULL AND h.refused_at IS NULL
WHERE m.account IS DISTINCT FROM $1 AND {scope}
    AND (m.left_on IS NULL OR m.left_on > ($2::timestamptz AT TIME ZONE o.time_zone)::date)
ORDER BY h.proposed_at, h.id LIMIT 50
"""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Hours that an employee proposes to work again, waiting for an answer or answered."""

    id: UUID
    starts_on: date
    hours_a_week: Decimal
    explanation: str | None
    employment: UUID
    name: str
    today: date
    confirmed: bool = False
    refused: bool = False
    refusal: str | None = None
    """The word that went with not agreeing."""
    recorded: bool = False
    """Agreed by talking, and written down."""


@dataclass(frozen=True, slots=True)
class Period:
    """A dossier and its days."""

    id: UUID
    opened_on: date
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class Member:
    """What the employer may know of the last absence, beside the situation itself."""

    email: str | None
    phone: str | None
    """Only while away, in international form."""
    answers: dict[str, str | bool]
    """What was answered at the report, while away."""
    by_me: bool
    """Whether the person who asks made the last report or recovery, today."""
    proposal: Proposal | None
    dossiers: list[Period]
    """The running one first, then the latest."""
    extent: int
    """How much was said of hours during the last absence (see `looked`)."""


async def member(person: Person, situation: Situation) -> Member:
    """Goes with the situation of somebody for whom the person may report."""
    scope = scopes.helped(person, after=2, roles=REPORTERS)
    last = situation.last
    spell_id = last.id if last else None
    row = await fetch_one(SPELL.format(scope=scope.sql), situation.job.id, spell_id, *scope.args)
    if row is None:
        return Member(None, None, {}, False, None, [], 0)
    answers = answered(row) if situation.away else {}
    proposal = None
    if situation.sick and row["proposal"] is not None:
        proposal = Proposal(
            row["proposal"], row["starts_on"], row["hours_a_week"], row["explanation"], situation.job.id,
            situation.name, situation.today, row["confirmed_at"] is not None, row["refused_at"] is not None,
            row["refusal"], row["recorded"],
        )  # fmt: skip
    phone = answers.get("phone")
    return Member(
        row["email"], str(phone) if phone else None, answers, _by_me(person, situation, row), proposal,
        [Period(*one) for one in row["dossiers"]], row["extent"],
    )  # fmt: skip


def may_withdraw(situation: Situation, found: Member) -> bool:
    """Whether the person who asks reported them sick today, and may still take that back."""
    return situation.may_withdraw and found.by_me


async def open_proposals(person: Person, *, now: datetime) -> list[Proposal]:
    """Hours that wait for a yes, the oldest first, of everybody whom the person manages."""
    scope = scopes.helped(person, after=2, roles=REPORTERS[:1])
    rows = await fetch(PROPOSALS.format(scope=scope.sql), person.account_id, now, *scope.args)
    return [
        Proposal(
            row["id"], row["starts_on"], row["hours_a_week"], row["explanation"], row["employment"],
            row["name"], row["today"],
        )
        for row in rows
    ]  # fmt: skip


def _by_me(person: Person, situation: Situation, row: Any) -> bool:
    last = situation.last
    if last is None:
        return False
    by, at = row["reported_by"], last.reported_at
    if last.recovered_on is not None:
        by, at = row["recovery_reported_by"], row["recovery_reported_at"]
    return by == person.account_id and day_in(situation.job.time_zone, at) == situation.today

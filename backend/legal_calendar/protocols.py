"""What an employer asks, for its administrator to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backend.access.administers import administered
from backend.access.person import Person
from backend.foundation.database import fetch
from backend.legal_calendar.terms import TERMS, Term, may_switch_off

PROTOCOLS = """
SELECT o.id, o.name, o.country, s.reminder_days_before AS days,
       ARRAY(SELECT t.term FROM switched_off_term t WHERE t.employer = o.id) AS switched_off,
       ARRAY(SELECT row(p.id, p.title, p.assignee_role, p.days_after, p.at_report) FROM protocol_step p
             WHERE p.employer = o.id AND p.ended_on IS NULL ORDER BY p.days_after, p.title) AS own
FROM employer o JOIN employer_settings s ON s.employer = o.id WHERE o.id = ANY($1) ORDER BY o.name
"""


@dataclass(frozen=True, slots=True)
class Protocol:
    """One employer's: terms of law, terms of practice with whether they hold, and its own steps."""

    employer: UUID
    name: str
    days: int
    law: list[Term]
    practice: list[tuple[Term, bool]]
    own: list[Any]
    """id, title, assignee_role, days_after, at_report."""


async def protocols(person: Person) -> list[Protocol]:
    """Of every employer that the person administers: one statement."""
    rows = await fetch(PROTOCOLS, administered(person))
    return [_protocol(row) for row in rows]


def _protocol(row: Any) -> Protocol:
    terms = TERMS if row["country"] == "NL" else ()
    return Protocol(
        row["id"], row["name"], row["days"],
        [term for term in terms if not may_switch_off(term.name)],
        [(term, term.name not in row["switched_off"]) for term in terms if may_switch_off(term.name)],
        row["own"],
    )  # fmt: skip

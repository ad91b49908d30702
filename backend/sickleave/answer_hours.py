"""What agreeing with the hours that an employee proposed, and not agreeing, have in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.access import scopes
from backend.access.person import Person
from backend.access.whose import COLUMNS, Whose
from backend.audit.events import Event
from backend.audit.record import record
from backend.dossier.publish import publish
from backend.foundation.database import execute, fetch_one, fetch_value
from backend.foundation.languages import N_
from backend.foundation.refusal import NotFound, Refused
from backend.idempotency.answered import once
from backend.outbox.add import add
from backend.outbox.kinds import Kind
from backend.sickleave.situation import REPORTERS

PROPOSAL = f"""
SELECT h.id, h.spell, h.starts_on, h.hours_a_week, h.explanation, h.confirmed_at, h.refused_at, s.dossier,
       m.first_name, m.last_name, ($3::timestamptz AT TIME ZONE o.time_zone)::date AS today, {COLUMNS},
       s.recovered_on IS NULL AND s.withdrawn_at IS NULL AND h.id = (
           SELECT id FROM partial_recovery WHERE spell = h.spell ORDER BY proposed_at DESC, id DESC LIMIT 1
       ) AS stands
FROM partial_recovery h JOIN spell s ON s.id = h.spell
JOIN employment m ON m.id = s.employment JOIN employer o ON o.id = m.employer
WHERE h.id = $1 AND m.account IS DISTINCT FROM $2 AND {{scope}}
"""
IN_TURN = "SELECT FROM spell WHERE id = (SELECT spell FROM partial_recovery WHERE id = $1) FOR NO KEY UPDATE"
"""Like whoever proposes hours or writes them down (often.py): what is answered is the latest."""
ANSWER = """
UPDATE partial_recovery SET {answer}_at = $2, {answer}_by = $3, refusal = $4
WHERE id = $1 AND confirmed_at IS NULL AND refused_at IS NULL RETURNING true
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the two: `name` as in the table, what the timeline calls it, its event and its notice."""

    name: str
    what: str
    event: Event
    notice: str


async def proposal_of(person: Person, proposal_id: UUID, *, now: datetime) -> Any:
    """The proposal, when it is of somebody whom the person manages or guides, and not their own. Raises
    NotFound."""
    scope = scopes.helped(person, after=3, roles=REPORTERS)
    row = await fetch_one(PROPOSAL.format(scope=scope.sql), proposal_id, person.account_id, now, *scope.args)
    if row is None:
        raise NotFound
    return row


def judge_answer(row: Any) -> None:
    """Whether the proposal still waits for an answer. Raises Refused."""
    if row["confirmed_at"] is not None:
        raise Refused(N_("Deze uren zijn al afgesproken. Je hoeft niets meer te doen."))
    if row["refused_at"] is not None:
        raise Refused(N_("Dit voorstel is al beantwoord. Je hoeft niets meer te doen."))
    if not row["stands"]:
        raise Refused(N_("Dit voorstel geldt niet meer. Kijk in het dossier hoe het nu staat."))


async def answer_hours(
    person: Person, proposal_id: UUID, key: UUID, answer: Answer, *, now: datetime, word: str = ""
) -> str:
    """Answers the latest proposal of an open spell, once per key; the timeline says so and the employee is
    told. Hours only, never a degree of incapacity: that is the company doctor's (BWBR0037896). Returns the
    address of the page about the employee.

    Raises NotFound when the proposal is one's own or not of somebody whom the person manages or guides,
    Refused when it waits for no answer any more, AnotherBody.
    """

    async def do() -> str:
        await execute(IN_TURN, proposal_id)
        row = await proposal_of(person, proposal_id, now=now)
        judge_answer(row)
        sql = ANSWER.format(answer=answer.name)
        if not await fetch_value(sql, proposal_id, now, person.account_id, word or None):
            raise Refused(N_("Dit voorstel is al beantwoord. Je hoeft niets meer te doen."))
        await _tell(person, row, answer, word, now)
        return f"/team/{row['employment']}"

    return (await once(person.account_id, key, {answer.name: str(proposal_id), "word": word}, now, do))[0]


async def _tell(person: Person, row: Any, answer: Answer, word: str, now: datetime) -> None:
    whose = Whose.of(row)
    facts = {"what": answer.what, "starts_on": row["starts_on"], "hours_a_week": row["hours_a_week"]}
    await publish(
        row["dossier"], "change", now=now, author=person, author_role=whose.seen_by(person) or "",
        facts=facts, body=word,
    )  # fmt: skip
    await record(
        answer.event, now=now, account=person.account_id, employment=whose.employment, subject=row["id"]
    )  # fmt: skip
    about = {"spell": str(row["spell"]), "partial_recovery": str(row["id"])}
    await add(answer.notice, about, now=now, reader=whose.employee, kind=Kind.DOSSIER)

"""The manager confirms the hours that an employee proposed to work again."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from backend.access import scopes
from backend.access.person import Person
from backend.access.whose import COLUMNS, Whose
from backend.audit.events import Event
from backend.audit.record import record
from backend.dossier.publish import publish
from backend.foundation.database import fetch_one, fetch_value
from backend.foundation.languages import N_
from backend.foundation.refusal import NotFound, Refused
from backend.idempotency.answered import once
from backend.outbox.add import add
from backend.sickleave.situation import REPORTERS

PROPOSAL = f"""
SELECT h.spell, h.starts_on, h.hours_a_week, h.confirmed_at, s.dossier, {COLUMNS},
       s.recovered_on IS NULL AND s.withdrawn_at IS NULL AND h.id = (
           SELECT id FROM partial_recovery WHERE spell = h.spell ORDER BY proposed_at DESC, id DESC LIMIT 1
       ) AS stands
FROM partial_recovery h JOIN spell s ON s.id = h.spell
JOIN employment m ON m.id = s.employment JOIN employer o ON o.id = m.employer
WHERE h.id = $1 AND m.account IS DISTINCT FROM $2 AND {{scope}}
"""
CONFIRM = """
UPDATE partial_recovery SET confirmed_at = $2, confirmed_by = $3 WHERE id = $1 AND confirmed_at IS NULL
RETURNING true
"""


async def may_confirm(person: Person, proposal_id: UUID) -> Any:
    """The proposal, when it is of somebody whom the person manages or guides, and not their own. Raises
    NotFound."""
    scope = scopes.helped(person, after=2, roles=REPORTERS)
    row = await fetch_one(PROPOSAL.format(scope=scope.sql), proposal_id, person.account_id, *scope.args)
    if row is None:
        raise NotFound
    return row


async def confirm_hours(person: Person, proposal_id: UUID, key: UUID, *, now: datetime) -> str:
    """Agrees with the latest proposal of an open spell. It sets hours, never a degree of incapacity: that is
    the company doctor's (BWBR0037896). Returns the address of the page about the employee.

    Raises NotFound when the proposal is one's own or not of somebody whom the person manages or guides,
    Refused when it stands no longer, AnotherBody.
    """

    async def do() -> str:
        row = await may_confirm(person, proposal_id)
        if row["confirmed_at"] is not None:
            raise Refused(N_("Deze uren zijn al afgesproken. Je hoeft niets meer te doen."))
        if not row["stands"]:
            raise Refused(N_("Dit voorstel geldt niet meer. Kijk in het dossier hoe het nu staat."))
        if not await fetch_value(CONFIRM, proposal_id, now, person.account_id):
            raise Refused(N_("Deze uren zijn al afgesproken. Je hoeft niets meer te doen."))
        whose = Whose.of(row)
        facts = {
            "what": "hours_confirmed", "starts_on": row["starts_on"], "hours_a_week": row["hours_a_week"]
        }  # fmt: skip
        await publish(
            row["dossier"], "change", now=now, author=person, author_role=whose.seen_by(person) or "",
            facts=facts,
        )  # fmt: skip
        await record(
            Event.PARTIAL_RECOVERY_CONFIRMED, now=now, account=person.account_id,
            employment=whose.employment, subject=proposal_id,
        )  # fmt: skip
        about = {"spell": str(row["spell"]), "partial_recovery": str(proposal_id)}
        await add("hours_agreed", about, now=now)
        return f"/team/{whose.employment}"

    return (await once(person.account_id, key, {"confirmed": str(proposal_id)}, now, do))[0]

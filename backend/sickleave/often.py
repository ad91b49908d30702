"""How often in a day somebody may say the same: each time, people are told (see terms.py)."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from backend.foundation.database import execute, fetch_value
from backend.foundation.languages import N_
from backend.foundation.refusal import Refused
from backend.sickleave.terms import PROPOSALS_A_DAY, RECORDINGS_A_DAY, WITHDRAWALS_A_DAY

DAY = timedelta(days=1)
PROPOSED = "SELECT count(*) FROM partial_recovery WHERE spell = $1 AND proposed_at > $2 AND recorded = $3"
WITHDRAWN = "SELECT count(*) FROM spell WHERE employment = $1 AND withdrawn_at > $2"


async def judge_proposals(spell_id: UUID, *, now: datetime) -> None:
    """Whether hours may be proposed once more. In the transaction of the proposal, which others of the same
    spell wait for. Raises Refused."""
    await _lock(spell_id)
    if await fetch_value(PROPOSED, spell_id, now - DAY, False) >= PROPOSALS_A_DAY:
        raise Refused(
            N_("Je hebt vandaag al %(most)d keer uren voorgesteld. Bel je leidinggevende en bespreek ze."),
            most=PROPOSALS_A_DAY,
        )


async def judge_recordings(spell_id: UUID, name: str, *, now: datetime) -> None:
    """Whether agreed hours may be written down once more, by whoever does, for the employee of that first
    name. In the transaction that does, as above. Raises Refused."""
    await _lock(spell_id)
    if await fetch_value(PROPOSED, spell_id, now - DAY, True) >= RECORDINGS_A_DAY:
        raise Refused(
            N_("Voor %(name)s zijn vandaag al %(most)d keer uren opgeschreven. Morgen kan het weer."),
            name=name,
            most=RECORDINGS_A_DAY,
        )


async def _lock(spell_id: UUID) -> None:
    await execute("SELECT FROM spell WHERE id = $1 FOR NO KEY UPDATE", spell_id)


async def judge_withdrawals(employment: UUID, *, now: datetime) -> None:
    """Whether a report may be taken back once more. Raises Refused."""
    if await fetch_value(WITHDRAWN, employment, now - DAY) >= WITHDRAWALS_A_DAY:
        raise Refused(
            N_("Je hebt vandaag al %(most)d keer een ziekmelding teruggenomen. Bel je leidinggevende."),
            most=WITHDRAWALS_A_DAY,
        )

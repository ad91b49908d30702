"""How often in a day somebody may say the same: each time, people are told (see terms.py)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from backend.access.person import Person
from backend.foundation.database import execute, fetch_value
from backend.foundation.languages import N_
from backend.foundation.refusal import Refused
from backend.sickleave.rules import latest_recovery
from backend.sickleave.situation import Situation
from backend.sickleave.terms import PROPOSALS_A_DAY, RECORDINGS_A_DAY, RECOVERIES_ON_A_DAY, WITHDRAWALS_A_DAY

DAY = timedelta(days=1)
PROPOSED = "SELECT count(*) FROM partial_recovery WHERE spell = $1 AND proposed_at > $2 AND recorded = $3"
RECOVERED = "SELECT count(*) FROM spell WHERE employment = $1 AND recovered_on = $2 AND withdrawn_at IS NULL"
WITHDRAWN = """
SELECT count(*) FROM dossier d JOIN entry e ON e.dossier = d.id WHERE d.employment = $1
AND e.kind = 'withdrawal' AND e.author = $2 AND e.published_at > $3
"""
RECOVERY_WITHDRAWN = """
SELECT count(*) FROM dossier d JOIN entry e ON e.dossier = d.id WHERE d.employment = $1 AND e.kind = 'change'
AND e.facts->>'what' = 'recovery_withdrawn' AND e.published_at > $2
"""


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


async def judge_withdrawals(person: Person, situation: Situation, *, now: datetime) -> None:
    """Whether this person may take a report back once more: what the employee takes back leaves who reports
    for them their own, and the other way round. Raises Refused."""
    if await fetch_value(WITHDRAWN, situation.job.id, person.account_id, now - DAY) >= WITHDRAWALS_A_DAY:
        own = N_("Je hebt vandaag al %(most)d keer een ziekmelding teruggenomen. Bel je leidinggevende.")
        other = N_("Je hebt voor %(name)s vandaag al %(most)d keer een ziekmelding teruggenomen.")
        raise Refused(own if situation.own else other, most=WITHDRAWALS_A_DAY, name=situation.first_name)


async def judge_recovery_withdrawals(situation: Situation, *, now: datetime) -> None:
    """Whether a recovery may be taken back once more. Raises Refused."""
    if await fetch_value(RECOVERY_WITHDRAWN, situation.job.id, now - DAY) >= WITHDRAWALS_A_DAY:
        raise Refused(
            N_("Je hebt vandaag al %(most)d keer een hersteldmelding teruggenomen. Bel je leidinggevende."),
            most=WITHDRAWALS_A_DAY,
        )


async def judge_recoveries(situation: Situation, recovered_on: date) -> None:
    """Whether recovery may be reported on that day once more, by whoever does. Reporting sick and recovered
    in turns mails people each time, and it is the recovery that is refused: a report of who is sick is not,
    however often (see terms.py), and with a recovery the next one would count as the first. Nobody is stuck:
    where the employer allows no later day, this one stays free. Raises Refused."""
    if recovered_on >= latest_recovery(situation):
        return
    if await fetch_value(RECOVERED, situation.job.id, recovered_on) < RECOVERIES_ON_A_DAY:
        return
    own = N_("Je bent voor deze dag al %(most)d keer hersteld gemeld. Kies een latere dag.")
    other = N_("%(name)s is voor deze dag al %(most)d keer hersteld gemeld. Kies een latere dag.")
    raise Refused(
        own if situation.own else other, "recovered_on", most=RECOVERIES_ON_A_DAY, name=situation.first_name
    )

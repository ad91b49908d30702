"""The employee reports sick, or their manager or case manager reports them: a spell begins, and its dossier
opens or runs on."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import asyncpg

from backend.access.person import Person
from backend.audit.events import Event
from backend.audit.record import record_all
from backend.dossier.lifecycle import open_dossier, reopen_dossier
from backend.dossier.publish import publish
from backend.foundation.database import execute, together
from backend.foundation.encryption import keyring
from backend.foundation.tokens import new_id
from backend.idempotency.answered import once
from backend.outbox.add import add_many
from backend.sickleave.answers import SickReport
from backend.sickleave.rules import joins, judge_report, reported_meanwhile
from backend.sickleave.situation import Situation, situation_for, situation_of
from backend.sickleave.telling import promises

INSERT = """
INSERT INTO spell (id, employment, dossier, first_sick_day, worked_hours, reported_at, reported_by, phone,
    nursing_address, expected_duration, work_handover, safety_net, work_accident, third_party_accident)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
"""


async def report_sick(
    person: Person, report: SickReport, key: UUID, *, now: datetime, for_another: bool = False
) -> str:
    """Stores the report once per key, with its dossier, its entry and the promise to tell people, or nothing
    at all. Returns the address of the page that says how things stand.

    Raises Refused when a rule says no (rules.py), NotFound when the job is not the person's (`for_another`:
    not of somebody they may report for), AnotherBody when the key was used for another report.
    """
    spell_id = new_id()
    location = f"/team/{report.employment}" if for_another else f"/absence/{spell_id}"
    situation: Situation | None = None

    async def do() -> str:
        nonlocal situation
        situation = await (situation_for if for_another else situation_of)(person, report.employment, now=now)
        judge_report(situation, report.first_sick_day, report.worked_hours)
        async with together():
            await _store(person, report.only(situation.asked), situation, spell_id, now)
        return location

    try:
        return (await once(person.account_id, key, report.body(), now, do, expected=location))[0]
    except asyncpg.UniqueViolationError as error:
        if error.constraint_name != "spell_open":
            raise
        raise reported_meanwhile(situation) from error


async def _store(
    person: Person, report: SickReport, situation: Situation, spell_id: UUID, now: datetime
) -> None:
    composite = joins(situation.last, report.first_sick_day)
    if composite and situation.last:
        dossier_id, dossier_event = situation.last.dossier, Event.DOSSIER_JOINED
        await reopen_dossier(dossier_id)
    else:
        dossier_id = await open_dossier(report.employment, report.first_sick_day, now=now)
        dossier_event = Event.DOSSIER_OPENED
    await execute(
        INSERT, spell_id, report.employment, dossier_id, report.first_sick_day, report.worked_hours, now,
        person.account_id, _sealed(report.phone, "spell.phone"),
        _sealed(report.nursing_address, "spell.nursing_address"), report.expected_duration,
        report.work_handover, report.safety_net, report.work_accident, report.third_party_accident,
    )  # fmt: skip
    facts = {
        "first_sick_day": report.first_sick_day,
        "worked_hours": report.worked_hours,
        "composite": composite,
    }
    await publish(
        dossier_id, "report", now=now, author=person, author_role=situation.role, facts=facts
    )  # fmt: skip
    happened = {Event.SICK_REPORT_MADE: spell_id, dossier_event: dossier_id}
    await record_all(happened, now=now, account=person.account_id, employment=report.employment)
    await add_many(promises(person, situation, "sick_report", spell=spell_id), now=now)


def _sealed(value: str | None, field: str) -> bytes | None:
    return None if value is None else keyring().encrypt(value, field)

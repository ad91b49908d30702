"""The company doctor entrusts the strictly needed medical part to a case manager, or no longer."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from backend.access.person import Person
from backend.audit.events import Event
from backend.audit.record import record
from backend.foundation.clock import HOME_ZONE, day_in
from backend.foundation.database import fetch_value, transaction
from backend.foundation.hint import changed
from backend.foundation.refusal import NotFound
from backend.foundation.tokens import new_id
from backend.organisations.entrusted import served
from backend.outbox.add import add
from backend.outbox.kinds import Kind

OURS = """
SELECT EXISTS (SELECT FROM role_holder r JOIN employer w ON w.provider = r.provider
    WHERE r.id = $1 AND w.id = $2 AND r.role = 'case_manager' AND r.provider = ANY($3::uuid[])
      AND ($4::date IS NULL OR r.ended_on IS NULL OR r.ended_on > $4))
"""
ENTRUST = """
INSERT INTO medical_delegation (id, role_holder, employer, since, by_account) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (role_holder, employer) DO NOTHING RETURNING true
"""
WITHDRAW = "DELETE FROM medical_delegation WHERE role_holder = $1 AND employer = $2 RETURNING true"


async def entrust(person: Person, case_manager: UUID, employer: UUID, *, now: datetime) -> None:
    """From now on the case manager sees the medical part of those they guide at that employer, under derived
    secrecy (Autoriteit Persoonsgegevens, De zieke werknemer, 6). Recorded, told to the case manager, and
    shown on the pages that they have open, when it changes something.

    Raises NotFound when the person is no company doctor of their provider, or the other no case manager of it
    any more.
    """
    await _ours(person, case_manager, employer, on=day_in(HOME_ZONE, now))
    async with transaction():
        values = (new_id(), case_manager, employer, now, person.account_id)
        if await fetch_value(ENTRUST, *values):
            await _record(Event.MEDICAL_ENTRUSTED, person, case_manager, employer, now)


async def withdraw_trust(person: Person, case_manager: UUID, employer: UUID, *, now: datetime) -> None:
    """From the next request on the case manager sees what the employer sees. Recorded, and told, when
    it changes something. Raises NotFound as `entrust` does, except for one whose work has ended."""
    await _ours(person, case_manager, employer)
    async with transaction():
        if await fetch_value(WITHDRAW, case_manager, employer):
            await _record(Event.MEDICAL_WITHDRAWN, person, case_manager, employer, now)


async def _ours(person: Person, case_manager: UUID, employer: UUID, on: date | None = None) -> None:
    if not await fetch_value(OURS, case_manager, employer, served(person), on):
        raise NotFound


async def _record(event: Event, person: Person, case_manager: UUID, employer: UUID, now: datetime) -> None:
    await record(event, now=now, account=person.account_id, subject=case_manager, employer=employer)
    about = {"role_holder": str(case_manager), "employer": str(employer)}
    await add("entrusted_changed", about, now=now, kind=Kind.PEOPLE)
    changed(case_manager)

"""Confirm again with the password, before something sensitive; good for ten minutes on this device."""

from __future__ import annotations

from datetime import datetime

from backend.access.person import Person
from backend.accounts.hash_password import verify_password
from backend.accounts.sessions import step_up
from backend.accounts.sign_in import TOO_OFTEN
from backend.audit.events import Event
from backend.audit.record import record
from backend.foundation.database import fetch_value, transaction
from backend.foundation.languages import N_
from backend.foundation.refusal import Refused
from backend.limits.rules import CONFIRMS, confirm_key
from backend.limits.take import give_back
from backend.limits.too_often import TooOften, take_or_refuse


async def confirm(person: Person, password: str, *, now: datetime) -> str:
    """The session's new secret, confirmed. Raises Refused; wrong passwords are counted before judging."""
    key = confirm_key(person.account_id)
    try:
        await take_or_refuse(key, *CONFIRMS, now=now, message=TOO_OFTEN)
    except TooOften:
        await record(Event.CONFIRM_FAILED, now=now, account=person.account_id, reason="limited")
        raise
    stored = await fetch_value("SELECT password_hash FROM account WHERE id = $1", person.account_id)
    if not await verify_password(stored, password):
        await record(Event.CONFIRM_FAILED, now=now, account=person.account_id)
        raise Refused(N_("Dit wachtwoord klopt niet. Probeer het nog een keer."), field="password")
    await give_back(key, now=now)
    async with transaction():
        await record(Event.CONFIRM_SUCCESS, now=now, account=person.account_id)
        return await step_up(person.session_id, "full", now=now, confirmed=True)

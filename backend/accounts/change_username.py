"""Choose another user name: the e-mail address, or anything else nobody has (families share addresses)."""

from __future__ import annotations

import re
from datetime import datetime

from asyncpg import UniqueViolationError

from backend.access.person import Person
from backend.accounts.make_account import TAKEN
from backend.audit.events import Event
from backend.audit.record import record
from backend.foundation.database import execute, fetch_value, transaction
from backend.foundation.languages import N_
from backend.foundation.refusal import Refused
from backend.limits.rules import USERNAME_CHANGES, username_key
from backend.limits.take import take
from backend.outbox.add import add

ANOTHERS = "SELECT true FROM account WHERE lower(username) = lower($1) AND id <> $2"
"""Also of who is giving it up at this moment: two who take each other's name would wait for each other."""


def judge_username(username: str) -> None:
    """Raises Refused for what could not be typed again reliably."""
    if len(username) < 3:
        raise Refused(N_("Gebruik minstens 3 tekens voor je gebruikersnaam."), field="username")
    if re.search(r"\s", username):
        raise Refused(N_("Gebruik geen spaties in je gebruikersnaam."), field="username")


async def change_username(person: Person, username: str, *, now: datetime) -> None:
    """Stores the name and mails the person. Raises Refused when it is taken or cannot be used."""
    judge_username(username)
    if username == person.username:
        return
    if not await take(username_key(person.account_id), *USERNAME_CHANGES, now=now):
        raise Refused(
            N_("Je hebt dit vandaag al vaak veranderd. Probeer het morgen opnieuw."), field="username"
        )
    if await fetch_value(ANOTHERS, username, person.account_id):
        raise Refused(TAKEN, field="username")
    try:
        async with transaction():
            await execute("UPDATE account SET username = $2 WHERE id = $1", person.account_id, username)
            await record(Event.USERNAME_CHANGED, now=now, account=person.account_id)
            await add("username_changed", {"account": str(person.account_id)}, now=now)
    except UniqueViolationError:
        raise Refused(TAKEN, field="username") from None

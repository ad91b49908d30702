"""What an invitation is at this moment, and how it ended; judged here for the page and every verb."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from backend.foundation.clock import day_in
from backend.foundation.database import execute, fetch_one
from backend.foundation.tokens import token_hash

MOST_TRIES = 5
"""Wrong answers that kill a link."""


class State(StrEnum):
    """Open, or how it ended."""

    OPEN = "open"
    USED = "used"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    EXPIRED = "expired"
    TOO_MANY_TRIES = "too_many_tries"


@dataclass(frozen=True, slots=True)
class Invitation:
    """One invitation with the job it is for, as its holder may know it."""

    id: UUID
    state: State
    renewed: bool
    """A newer one was sent after this one."""
    wrong_tries: int
    expires_at: datetime
    employment: UUID
    employer: UUID
    employer_name: str
    time_zone: str
    first_name: str
    last_name: str
    email: str
    birth_date: date | None
    account: UUID | None


class UnknownLink(Exception):
    """No such invitation was ever made."""


class EndedLink(Exception):
    """It was made, but it is no longer open."""

    def __init__(self, invitation: Invitation) -> None:
        super().__init__(invitation.state)
        self.invitation = invitation


LOAD = """
SELECT i.id, i.employment, i.expires_at, i.wrong_tries, i.used_at, i.withdrawn_at, i.replaced_at,
       e.employer, e.first_name, e.last_name, coalesce(e.email, '') AS email, e.birth_date, e.account,
       e.left_on, o.name AS employer_name, o.time_zone
FROM invitation i JOIN employment e ON e.id = i.employment JOIN employer o ON o.id = e.employer
WHERE
"""

LOCK = "SELECT FROM employment WHERE id = (SELECT i.employment FROM invitation i WHERE {}) FOR UPDATE"
"""The job's row is what everyone takes first, so that inviting and answering at once wait for one another."""


async def by_token(token: str, *, now: datetime, locked: bool = False) -> Invitation:
    """The invitation behind a link; `locked` keeps others waiting until the transaction ends. Raises
    UnknownLink."""
    return await _load("i.token_hash = $1", token_hash(token), now, locked)


async def by_id(id: UUID, *, now: datetime, locked: bool = False) -> Invitation:
    """The invitation that a session holds. Raises UnknownLink."""
    return await _load("i.id = $1", id, now, locked)


async def _load(condition: str, value: Any, now: datetime, locked: bool) -> Invitation:
    if locked:
        await execute(LOCK.format(condition), value)
    row = await fetch_one(LOAD + condition, value)
    if row is None:
        raise UnknownLink
    return Invitation(
        id=row["id"],
        state=_judge(row, now),
        renewed=row["replaced_at"] is not None,
        wrong_tries=row["wrong_tries"],
        expires_at=row["expires_at"],
        employment=row["employment"],
        employer=row["employer"],
        employer_name=row["employer_name"],
        time_zone=row["time_zone"],
        first_name=row["first_name"],
        last_name=row["last_name"],
        email=row["email"],
        birth_date=row["birth_date"],
        account=row["account"],
    )


def _judge(row: Any, now: datetime) -> State:
    """The first thing that ended it. Wrong tries count only while it is open, so they came first."""
    if row["wrong_tries"] >= MOST_TRIES:
        return State.TOO_MANY_TRIES
    ends = [
        (row["used_at"], State.USED),
        (row["withdrawn_at"], State.WITHDRAWN),
        (row["replaced_at"], State.REPLACED),
        (row["expires_at"] if row["expires_at"] <= now else None, State.EXPIRED),
    ]
    happened = [(moment, state) for moment, state in ends if moment is not None]
    if happened:
        return min(happened)[1]
    if row["account"] is not None:
        return State.USED
    if row["left_on"] is not None and row["left_on"] <= day_in(row["time_zone"], now):
        return State.WITHDRAWN
    return State.OPEN


def must_be_open(invitation: Invitation) -> None:
    """Raises EndedLink."""
    if invitation.state is not State.OPEN:
        raise EndedLink(invitation)

"""Who waits for access or was invited, for whoever runs the service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backend.foundation.clock import day_in
from backend.foundation.database import fetch
from backend.foundation.languages import N_
from backend.foundation.refusal import Refused
from backend.invitations.state import MOST_TRIES

OPEN = f"""i.used_at IS NULL AND i.withdrawn_at IS NULL AND i.replaced_at IS NULL AND i.expires_at > {{}}
AND i.wrong_tries < {MOST_TRIES}"""
"""Of an invitation that can still be used; as state.py judges it."""


async def waiting_for_access(email: str) -> list[UUID]:
    """The jobs of people without an account whose e-mail address this is."""
    rows = await fetch(
        "SELECT id FROM employment WHERE lower(email) = lower($1) AND account IS NULL ORDER BY id",
        email.strip(),
    )
    return [row["id"] for row in rows]


async def invited(email: str, *, now: datetime) -> list[UUID]:
    """The open invitations of people whose e-mail address this is."""
    rows = await fetch(
        "SELECT i.id FROM invitation i JOIN employment e ON e.id = i.employment"
        f" WHERE lower(e.email) = lower($1) AND e.account IS NULL AND {OPEN.format('$2')} ORDER BY i.id",
        email.strip(), now,
    )  # fmt: skip
    return [row["id"] for row in rows]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person at an employer, and whether there is a link on its way already."""

    employment: UUID
    name: str
    invited: bool


async def everybody_at(employer: str, *, now: datetime) -> list[Candidate]:
    """All people in service of the employer of this name, by name. Raises Refused unless there is one such
    employer."""
    found = await fetch("SELECT id, time_zone FROM employer WHERE lower(name) = lower($1)", employer.strip())
    if len(found) != 1:
        raise Refused(N_("Er is niet precies één werkgever met deze naam."))
    rows = await fetch(
        "SELECT e.id, e.first_name || ' ' || e.last_name AS name, EXISTS (SELECT FROM invitation i"
        f" WHERE i.employment = e.id AND {OPEN.format('$2')}) AS invited FROM employment e"
        " WHERE e.employer = $1 AND (e.left_on IS NULL OR e.left_on > $3)"
        " ORDER BY lower(e.last_name), lower(e.first_name), e.id",
        found[0]["id"], now, day_in(found[0]["time_zone"], now),
    )  # fmt: skip
    return [Candidate(row["id"], row["name"], row["invited"]) for row in rows]

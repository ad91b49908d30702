"""Invite somebody, or do it again: a new link by mail, and the old one dead."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from backend.audit.events import Event
from backend.audit.record import record
from backend.foundation.clock import day_in
from backend.foundation.database import execute, fetch, fetch_one, transaction
from backend.foundation.languages import N_
from backend.foundation.refusal import NotFound, Refused
from backend.foundation.tokens import new_id, new_token, token_hash
from backend.outbox.add import add

VALID = timedelta(days=4)
"""Seed 004."""


async def invite(
    employment_id: UUID, *, now: datetime, by: UUID | None = None, token: str | None = None
) -> UUID:
    """Makes the invitation, replaces the one that was open, and promises the mail; returns its id.

    `by` is the account that invites. Raises NotFound, or Refused for who has left, has access already, or
    whose e-mail address or birth date we do not know.
    """
    token = token or new_token()
    id, expires_at = new_id(), now + VALID
    async with transaction():
        _must_be_invitable(await _lock(employment_id), now)
        replaced = await fetch(
            "UPDATE invitation SET replaced_at = $2 WHERE employment = $1 AND used_at IS NULL"
            " AND withdrawn_at IS NULL AND replaced_at IS NULL RETURNING id",
            employment_id, now,
        )  # fmt: skip
        await execute(
            "INSERT INTO invitation (id, employment, token_hash, created_at, expires_at)"
            " VALUES ($1, $2, $3, $4, $5)",
            id, employment_id, token_hash(token), now, expires_at,
        )  # fmt: skip
        event = Event.INVITATION_RESENT if replaced else Event.INVITATION_MADE
        await record(event, now=now, account=by, employment=employment_id, subject=id)
        await add("invitation", {"invitation": str(id)}, now=now, secret=token, expires_at=expires_at)
    return id


async def _lock(employment_id: UUID) -> Any:
    row = await fetch_one(
        "SELECT e.account, e.email, e.birth_date, e.left_on, o.time_zone FROM employment e"
        " JOIN employer o ON o.id = e.employer WHERE e.id = $1 FOR UPDATE OF e",
        employment_id,
    )
    if row is None:
        raise NotFound
    return row


def _must_be_invitable(row: Any, now: datetime) -> None:
    if row["left_on"] is not None and row["left_on"] <= day_in(row["time_zone"], now):
        raise Refused(N_("Deze medewerker is uit dienst."))
    if row["account"] is not None:
        raise Refused(N_("Deze medewerker heeft al toegang."))
    if not row["email"]:
        raise Refused(N_("Van deze medewerker is geen e-mailadres bekend."))
    if row["birth_date"] is None:
        raise Refused(N_("Van deze medewerker is geen geboortedatum bekend."))

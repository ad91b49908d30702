"""What the holder of a proven invitation may know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from backend.accounts.sessions import Session
from backend.foundation.database import fetch_one
from backend.invitations.register import held_by
from backend.invitations.state import Invitation


@dataclass(frozen=True, slots=True)
class Start:
    """Where registering begins: the invitation, the user name to propose, and whether the e-mail address
    belongs to an account already (the holder's own, or that of somebody they share it with)."""

    invitation: Invitation
    username: str
    known: bool


async def start(session: Session, *, now: datetime) -> Start:
    """Only for who proved the invitation: with its link, from that very mailbox, and with the birth date.
    Raises UnknownLink."""
    invitation = await held_by(session, now=now)
    row = await fetch_one(
        "SELECT coalesce(bool_or(lower(username) = lower($1)), false) AS taken, count(*) > 0 AS known"
        " FROM account WHERE lower(username) = lower($1) OR lower(email) = lower($1)",
        invitation.email,
    )
    taken, known = (row["taken"], row["known"]) if row else (False, False)
    return Start(invitation, "" if taken else invitation.email, known)

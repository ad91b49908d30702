"""Join the invited job to the account that one has already."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from backend.access.person import Person
from backend.accounts.sessions import Session
from backend.audit.events import Event
from backend.foundation.database import execute, fetch_value, transaction
from backend.foundation.languages import N_
from backend.foundation.refusal import Refused
from backend.invitations.register import join
from backend.invitations.state import UnknownLink, by_id, must_be_open

SOMEBODY_ELSE = N_(
    "Dit account is van iemand met een andere geboortedatum. Log uit en maak een eigen account."
)


async def link(person: Person, session: Session, *, now: datetime) -> None:
    """The job joins the account, and the pages turn to it. Raises EndedLink, UnknownLink, or Refused when the
    account is somebody else's: a family member who shares the address."""
    if session.invitation is None:
        raise UnknownLink
    async with transaction():
        invitation = await by_id(session.invitation, now=now, locked=True)
        must_be_open(invitation)
        await must_be_same_person(person, invitation.id)
        await join(invitation, person.account_id, Event.INVITATION_LINKED, now=now)
        await execute("UPDATE session SET employment = $2 WHERE id = $1", session.id, invitation.employment)


async def put_aside(session: Session) -> None:
    """Not now, or not mine: the session lets go of the invitation, whose link still works."""
    await execute("UPDATE session SET invitation = NULL WHERE id = $1 AND level = 'full'", session.id)


async def must_be_same_person(person: Person, invitation: UUID) -> None:
    """Raises Refused when a job that the account has already names another birth date."""
    another = await fetch_value(
        "SELECT EXISTS (SELECT FROM employment mine, invitation i"
        " JOIN employment theirs ON theirs.id = i.employment"
        " WHERE i.id = $2 AND mine.account = $1 AND mine.birth_date IS NOT NULL"
        " AND mine.birth_date <> theirs.birth_date)",
        person.account_id, invitation,
    )  # fmt: skip
    if another:
        raise Refused(SOMEBODY_ELSE)

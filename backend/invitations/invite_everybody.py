"""Invite all people of an employer at once (who cannot be invited is skipped, and it is said why)."""

from __future__ import annotations

from datetime import datetime

from backend.foundation.languages import N_
from backend.foundation.refusal import Refused
from backend.invitations.invite import invite
from backend.invitations.waiting import everybody_at

INVITED_ALREADY = N_("Deze medewerker is al uitgenodigd.")


async def invite_everybody(employer: str, *, now: datetime) -> tuple[int, list[tuple[str, str]]]:
    """How many were invited, and of everybody else the name and why not. Each by itself: stopped half-way and
    begun again, it skips who has an open invitation. Raises Refused unless one employer has this name."""
    done, skipped = 0, []
    for person in await everybody_at(employer, now=now):
        try:
            if person.invited:
                raise Refused(INVITED_ALREADY)
            await invite(person.employment, now=now)
            done += 1
        except Refused as refused:
            skipped.append((person.name, refused.message))
    return done, skipped

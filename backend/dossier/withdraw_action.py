"""Who asked for an action takes it back: it was given to the wrong person, or it has a mistake."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from backend.access.person import Person
from backend.audit.events import Event
from backend.audit.record import record
from backend.dossier.action_change import CHANGE, CLOSED, tell_of
from backend.dossier.in_turn import in_turn
from backend.dossier.own_actions import OwnAction, asked_action
from backend.dossier.publish import publish
from backend.foundation.database import fetch_value
from backend.foundation.languages import N_
from backend.foundation.refusal import NotFound, Refused
from backend.idempotency.answered import once

WITHDRAWN = "cancelled_at = $2, withdrawn_by = $3, reason = $4"


async def withdraw_action(person: Person, entry_id: UUID, reason: str, key: UUID, *, now: datetime) -> str:
    """Closes an open action that the person asked for, or whose process they guard; it stays readable, and so
    does why. The employee hears of it, and so do who had it to do and who asked. Returns the dossier's
    address.

    Raises Refused, NotFound when it is not theirs to take back or the law asks it, AnotherBody.
    """
    found = await withdrawable(person, entry_id, now=now)
    if not reason:
        raise Refused(N_("Schrijf waarom je deze actie intrekt."), "reason")
    location = f"/dossiers/{found.dossier}"

    async def do() -> str:
        await in_turn(found.dossier)
        sql = CHANGE.format(changes=WITHDRAWN)
        if not await fetch_value(sql, entry_id, now, person.account_id, reason):
            raise Refused(CLOSED)
        said = await publish(
            found.dossier, "change", now=now, author=person, author_role=found.whose.seen_by(person) or "",
            body=reason, facts={"what": "action_withdrawn", "action": found.unworded},
            audience=found.audience,
        )  # fmt: skip
        await record(
            Event.ACTION_WITHDRAWN, now=now, account=person.account_id, employment=found.whose.employment,
            subject=entry_id,
        )  # fmt: skip
        await tell_of(person, found, said, now=now)
        return location

    given = {"entry": str(entry_id), "withdrawn": reason}
    return (await once(person.account_id, key, given, now, do, expected=location))[0]


async def withdrawable(person: Person, entry_id: UUID, *, now: datetime) -> OwnAction:
    """The action, open or not. Raises NotFound."""
    found = await asked_action(person, entry_id, now=now)
    if found.term is not None:
        raise NotFound
    return found

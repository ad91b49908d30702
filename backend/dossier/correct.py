"""The writer of a note, an advice, an action or what goes with a document corrects it; how it read stays
readable."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.access import scopes
from backend.access.person import Person
from backend.access.roles import Role
from backend.audit.events import Event
from backend.dossier.action_change import CLOSED
from backend.dossier.desk import Desk, desk
from backend.dossier.in_turn import in_turn
from backend.dossier.posted import posted
from backend.dossier.publish import publish
from backend.dossier.shown import read_at
from backend.foundation.database import execute, fetch_one
from backend.foundation.hint import changed
from backend.foundation.languages import N_
from backend.foundation.refusal import NotFound, Refused
from backend.foundation.tokens import new_id
from backend.idempotency.answered import once

CORRECTED = {
    "note": Event.NOTE_CORRECTED,
    "document": Event.DOCUMENT_CORRECTED,
    "advice": Event.ADVICE_CORRECTED,
    "action": Event.ACTION_CORRECTED,
}
"""The kinds that can be corrected. A problem analysis is written once; what comes later is an advice."""

OWN = """
SELECT e.title, e.body, e.facts, e.audience FROM entry e JOIN dossier d ON d.id = e.dossier
WHERE e.id = $1 AND e.dossier = $2 AND e.author = $3 AND e.kind = $4 AND {scope}
"""
OPEN = """
SELECT assignee_role, assignee FROM action
WHERE entry = $1 AND done_at IS NULL AND cancelled_at IS NULL
"""
KEEP = """
INSERT INTO correction (id, entry, title, body, facts, corrected_at, corrected_by)
VALUES ($1, $2, $3, $4, $5, $6, $7)
"""


@dataclass(frozen=True, slots=True)
class Reading:
    """How an entry reads; `facts` of an advice alone, for others they stay as they are."""

    title: str
    body: str
    facts: Mapping[str, object] | None = None


async def own_entry(person: Person, dossier: UUID, entry: UUID, kind: str) -> Any:
    """What its writer may correct: title, body, facts as JSON, audience. Raises NotFound for who did not
    write it, or sees this dossier no longer."""
    scope = scopes.entries(person, after=4)
    args = (entry, dossier, person.account_id, kind, *scope.args)
    row = await fetch_one(OWN.format(scope=scope.sql), *args)
    if row is None:
        raise NotFound
    return row


async def correct(
    person: Person, dossier_id: UUID, entry: UUID, kind: str, to: Reading, key: UUID, *, now: datetime
) -> str:
    """Keeps the earlier reading beside the new, and lets the employee know, and who has the action to do.
    That an advice was corrected, and a percentage in it, stands on the timeline besides, as new as it is.
    Returns where the entry is read.

    Raises NotFound when the person did not write it or writes in this dossier no longer, Refused when nothing
    changed or the action was closed, AnotherBody.
    """

    async def do() -> str:
        place = await desk(person, dossier_id, now=now)
        if kind == "advice":
            place.need_doctor()
        await in_turn(dossier_id)
        row = await own_entry(person, dossier_id, entry, kind)
        does = await _who_does(entry) if kind == "action" else None
        before = json.loads(row["facts"])
        facts = before if to.facts is None else dict(to.facts)
        if (row["title"], row["body"], before) == (to.title, to.body, facts):
            raise Refused(N_("Er is nog niets veranderd."), "can" if kind == "advice" else "body")
        await execute(
            KEEP, new_id(), entry, row["title"], row["body"], row["facts"], now, person.account_id
        )  # fmt: skip
        sql = "UPDATE entry SET title = $2, body = $3, facts = $4, corrected_at = $5 WHERE id = $1"
        await execute(sql, entry, to.title, to.body, json.dumps(facts), now)
        if kind == "advice":
            await _say(person, place, before, facts, now)
        await posted(person, place, CORRECTED[kind], entry, now=now, draft="correction", assignee=does)
        changed(dossier_id)
        return read_at(dossier_id, entry, kind)

    given = {"entry": str(entry), "title": to.title, "body": to.body}
    if to.facts is not None:
        given |= {name: str(value) for name, value in to.facts.items()}
    return (await once(person.account_id, key, given, now, do))[0]


async def _who_does(entry: UUID) -> tuple[Role, UUID | None]:
    """Whose the action is to do: the role, and which doctor. Raises Refused once it is closed."""
    row = await fetch_one(OPEN, entry)
    if row is None:
        raise Refused(CLOSED)
    return Role(row["assignee_role"]), row["assignee"]


async def _say(
    person: Person, place: Desk, before: Mapping[str, object], facts: Mapping[str, object], now: datetime
) -> None:
    said: dict[str, object] = {"what": "advice_corrected"}
    if before.get("percentage") != facts.get("percentage"):
        said |= {"percentage_before": before.get("percentage"), "percentage": facts.get("percentage")}
    await publish(place.dossier, "change", now=now, author=person, author_role=place.role, facts=said)

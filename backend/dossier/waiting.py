"""What waits for the employee themself, as one column of a statement that is asked anyhow."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from backend.dossier.wording import titled

SHOWN = 3
"""The first page has so many; the page of what is to do has them all."""

WAITING = f"""
(SELECT json_agg(json_build_array(w.entry, w.title, w.facts, w.due_on)) FROM (
    SELECT a.entry, t.title, t.facts, a.due_on
    FROM employment j JOIN dossier g ON g.employment = j.id
    JOIN entry t ON t.dossier = g.id AND t.kind = 'action' JOIN action a ON a.entry = t.id
    WHERE j.account = $2 AND a.assignee_role = 'employee' AND a.done_at IS NULL AND a.cancelled_at IS NULL
    ORDER BY a.due_on, a.entry LIMIT {SHOWN}) w) AS waiting
"""
"""Of the account $2, over all their jobs: the actions alone are read, by their own index."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something the employee will do, by a day."""

    id: UUID
    title: str
    due_on: date


def waiting(column: str | None, today: date) -> tuple[Waiting, ...]:
    """What the column held, worded for the reader; nothing most of the time."""
    found = []
    for id, title, facts, due_on in json.loads(column) if column else ():
        worded = titled("action", title, "", facts, today)[0]
        found.append(Waiting(UUID(id), worded, date.fromisoformat(due_on)))
    return tuple(found)

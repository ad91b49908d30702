"""What a person may read of dossiers. Every statement carries the person's scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from backend.access import scopes
from backend.access.person import Person
from backend.access.whose import COLUMNS, Whose
from backend.dossier.formatted import formatted
from backend.dossier.shown import WRITTEN, shown
from backend.foundation.clock import day_in
from backend.foundation.database import fetch, fetch_one, fetch_value
from backend.foundation.refusal import NotFound
from backend.live.queries import STATE

Cursor = tuple[datetime, UUID]
"""The moment and id of an entry. The id settles the order of two that share a moment."""

AFTER_ALL: Cursor = (datetime(9999, 1, 1, tzinfo=UTC), UUID(int=2**128 - 1))
PAGE = 20
"""Entries shown before one has to ask for more."""

UNREAD = """
SELECT count(*) FROM entry u JOIN dossier w ON w.id = u.dossier
LEFT JOIN dossier_seen n ON n.account = {account} AND n.dossier = w.id
WHERE w.employment = ANY({jobs}::uuid[]) AND w.closed_on IS NULL AND u.author IS DISTINCT FROM {account}
  AND (u.published_at > coalesce(n.seen_at, '-infinity') OR u.corrected_at > coalesce(n.seen_at, '-infinity'))
"""
"""How many entries in the running dossiers of their own jobs an account has not seen, as they read now."""

STANDING = """
       a.due_on, a.done_at, a.cancelled_at, a.withdrawn_by, a.term, a.assignee_role, r.name AS assignee_name,
       CASE a.assignee_role WHEN 'manager' THEN m.manager WHEN 'case_manager' THEN m.case_manager
           ELSE a.assignee END AS holder,
       CASE WHEN a.entry IS NOT NULL THEN m.case_manager END AS guide,
       a.entry IS NOT NULL AND d.employment = ANY({jobs}::uuid[]) AS own
"""
"""How an action stands and whose it is (shown_action.py); nothing of what is none."""

TIMELINE = """
SELECT e.id, e.kind, e.published_at, e.author, e.author_name, e.author_role, e.audience, e.title, e.facts,
       CASE WHEN e.kind IN ('note', 'problem_analysis') THEN left(e.body, 400) ELSE e.body END AS body,
       e.corrected_at, f.filename, f.content_type, f.size,
       {standing},
       s.seen_at, o.time_zone, CASE WHEN d.employment = ANY($6::uuid[]) THEN ({unread}) END AS unread,
       ({state}) AS state
FROM entry e
JOIN dossier d ON d.id = e.dossier
JOIN employment m ON m.id = d.employment
JOIN employer o ON o.id = m.employer
LEFT JOIN document f ON f.entry = e.id
LEFT JOIN action a ON a.entry = e.id
LEFT JOIN role_holder r ON r.id = a.assignee
LEFT JOIN dossier_seen s ON s.account = $5 AND s.dossier = e.dossier
WHERE e.dossier = $1 AND (e.published_at, e.id) < ($2, $3) AND {scope}
ORDER BY e.published_at DESC, e.id DESC
LIMIT $4
"""

DOSSIER = f"""
SELECT d.id, d.opened_on, d.closed_on, o.name AS employer_name, o.time_zone,
       m.first_name || ' ' || m.last_name AS employee_name, ({{medical}}) AS medical,
       n.holds_medical, n.extent, {COLUMNS}
FROM dossier d JOIN employment m ON m.id = d.employment JOIN employer o ON o.id = m.employer
CROSS JOIN LATERAL ({{there}}) n
WHERE {{scope}}
"""

THERE = """
SELECT coalesce(bool_or(e.audience = 'medical'), false) AS holds_medical,
       count(*) FILTER (WHERE e.author IS DISTINCT FROM $2) + coalesce(sum((
           SELECT count(*) FROM correction c WHERE c.entry = e.id AND c.corrected_by <> $2
       )), 0)::int AS extent
FROM entry e WHERE e.dossier = d.id AND {entries}
"""
"""What of a dossier the person may see, and how much of that is by others: every change by somebody else that
they see moves one of the two."""
NOTHING_COUNTED = "SELECT true AS holds_medical, 0 AS extent"
"""One's own dossiers, which nobody has to be told of."""

ENTRY = f"""
SELECT e.id, e.dossier, e.kind, e.published_at, e.author, e.author_name, e.author_role, e.audience, e.title,
       e.body, e.facts, e.corrected_at,
       (SELECT count(*) FROM correction c WHERE c.entry = e.id AND c.corrected_by <> $3) AS extent,
       f.filename, f.content_type, f.size, {STANDING.format(jobs="$5")}, s.seen_at, o.time_zone, {COLUMNS}
FROM entry e
JOIN dossier d ON d.id = e.dossier
JOIN employment m ON m.id = d.employment
JOIN employer o ON o.id = m.employer
LEFT JOIN document f ON f.entry = e.id
LEFT JOIN action a ON a.entry = e.id
LEFT JOIN role_holder r ON r.id = a.assignee
LEFT JOIN dossier_seen s ON s.account = $3 AND s.dossier = e.dossier
WHERE e.dossier = $1 AND e.id = $2 AND e.kind = ANY($4::varchar[]) AND {{scope}}
"""


@dataclass(frozen=True, slots=True)
class DossierLine:
    """A dossier without its contents."""

    id: UUID
    opened_on: date
    closed_on: date | None
    employer_name: str
    time_zone: str
    employee_name: str
    medical: bool
    """Whether the person sees the medical part too."""
    holds_medical: bool
    """Whether there is something medical that the person sees."""
    extent: int
    """How much of what the person sees is by others (see `looked`)."""
    whose: Whose


async def timeline(
    person: Person, dossier_id: UUID, *, now: datetime, before: Cursor | None = None, limit: int = PAGE
) -> list[dict[str, Any]]:
    """The entries of a dossier, newest first, worded for the person: one statement.

    Nothing when the dossier is not theirs to see. `before` is the last entry already shown. The first also
    says how much is `unread` in all of the person's own running dossiers, None when this one is another's;
    and, without `before`, the `state` of the dossier that an open page follows (room `live`).
    """
    scope = scopes.entries(person, after=6)
    moment, entry_id = before or AFTER_ALL
    theirs = scopes.dossiers(person, after=6).sql
    state = "NULL" if before else STATE.format(dossiers=theirs, entries=scope.sql)
    unread, standing = UNREAD.format(account="$5", jobs="$6"), STANDING.format(jobs="$6")
    sql = TIMELINE.format(scope=scope.sql, unread=unread, state=state, standing=standing)
    jobs = [job.id for job in person.employments]
    rows = await fetch(sql, dossier_id, moment, entry_id, limit, person.account_id, jobs, *scope.args)
    if not rows:
        return []
    today = day_in(rows[0]["time_zone"], now)
    found = [shown(row, dossier_id, person, today) for row in rows]
    found[0] |= {"unread": rows[0]["unread"], "state": rows[0]["state"]}
    return found


async def unread(person: Person) -> int:
    """How many entries in the running dossiers of their own jobs the person has not seen."""
    jobs = [job.id for job in person.employments]
    found: int = await fetch_value(UNREAD.format(account="$1", jobs="$2"), person.account_id, jobs)
    return found


async def note(person: Person, dossier_id: UUID, entry_id: UUID, *, now: datetime) -> dict[str, Any]:
    """A note, advice or analysis with its whole text, in the timeline's form, and `whose` it is. Raises
    NotFound."""
    return await _entry(person, dossier_id, entry_id, list(WRITTEN), now)


async def document(person: Person, dossier_id: UUID, entry_id: UUID, *, now: datetime) -> dict[str, Any]:
    """The same of a document: what goes along with the file. Raises NotFound."""
    return await _entry(person, dossier_id, entry_id, ["document"], now)


async def action(person: Person, dossier_id: UUID, entry_id: UUID, *, now: datetime) -> dict[str, Any]:
    """The same of an action: what is to be done, by whom and when, and whether it was. Raises NotFound."""
    return await _entry(person, dossier_id, entry_id, ["action"], now)


async def _entry(
    person: Person, dossier_id: UUID, entry_id: UUID, kinds: list[str], now: datetime
) -> dict[str, Any]:
    scope = scopes.entries(person, after=5)
    jobs = [job.id for job in person.employments]
    args = (dossier_id, entry_id, person.account_id, kinds, jobs, *scope.args)
    row = await fetch_one(ENTRY.format(scope=scope.sql), *args)
    if row is None:
        raise NotFound
    today = day_in(row["time_zone"], now)
    entry = shown(row, dossier_id, person, today)
    html = formatted(entry["text"])
    more = {"is_long": False, "author": row["author"], "html": html, "time_zone": row["time_zone"]}
    much = {"medical": row["audience"] == "medical", "extent": row["extent"]}
    return entry | more | {"whose": Whose.of(row), "much": much}


async def dossier(person: Person, dossier_id: UUID) -> DossierLine:
    """One dossier. Raises NotFound when it is not the person's to see."""
    scope, medical = scopes.dossiers(person, after=2), scopes.medical(person, after=2)
    there = THERE.format(entries=scopes.entries(person, after=2).sql)
    sql = DOSSIER.format(scope=scope.sql, medical=medical.sql, there=there) + " AND d.id = $1"
    row = await fetch_one(sql, dossier_id, person.account_id, *scope.args)
    if row is None:
        raise NotFound
    return _line(row)


async def dossiers(person: Person) -> list[DossierLine]:
    """Every dossier of the person's own jobs, running ones first, then the latest."""
    scope = scopes.own_dossiers(person, after=0)
    rows = await fetch(
        DOSSIER.format(scope=scope.sql, medical="true", there=NOTHING_COUNTED)
        + " ORDER BY d.closed_on IS NULL DESC, d.opened_on DESC, d.id DESC",
        *scope.args,
    )
    return [_line(row) for row in rows]


def _line(row: Any) -> DossierLine:
    return DossierLine(
        row["id"], row["opened_on"], row["closed_on"], row["employer_name"], row["time_zone"],
        row["employee_name"], row["medical"], row["holds_medical"], row["extent"], Whose.of(row),
    )  # fmt: skip

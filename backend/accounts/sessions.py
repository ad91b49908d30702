"""Sessions: opened with the password, stepped up with each proof, ended for good.

Only hashes of the secrets are kept. A step up puts a new secret in the same row, so that the old one is dead
at the next request (ASVS 7.2.4).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from backend.access.person import Job, Person, Position
from backend.access.roles import still_held
from backend.foundation.database import execute, fetch, fetch_one
from backend.foundation.encryption import keyring
from backend.foundation.hint import changed
from backend.foundation.tokens import new_id, new_token, token_hash

HALF_WAY = timedelta(minutes=30)
"""How long an invitation or a password alone is good for."""
IDLE = timedelta(hours=1)
LONGEST = timedelta(hours=12)
REMEMBERED = timedelta(days=30)
"""`Aangemeld blijven` on this device."""
CONFIRMED = timedelta(minutes=10)
"""How long a fresh confirmation with the password opens the sensitive pages."""
SEEN_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Session:
    """A device that is (half-way) signed in, as loaded for one request."""

    id: UUID
    level: str
    account: UUID | None
    language: str | None
    invitation: UUID | None
    remember: bool
    seen_at: datetime
    confirmed_at: datetime | None
    sealed: bytes | None
    person: Person | None

    @property
    def pending(self) -> dict[str, Any]:
        """The ceremony under way; empty when there is none."""
        if self.sealed is None:
            return {}
        found: dict[str, Any] = json.loads(keyring().decrypt(self.sealed, "session.pending"))
        return found

    def confirmed(self, now: datetime) -> bool:
        """Whether the password was given lately enough for a sensitive page."""
        return self.confirmed_at is not None and now - self.confirmed_at < CONFIRMED


async def open_session(
    level: str,
    *,
    now: datetime,
    agent: str,
    account: UUID | None = None,
    invitation: UUID | None = None,
    remember: bool = False,
) -> str:
    """Begins a session at `invited` or `password` and returns its secret, for the cookie."""
    token = new_token()
    await execute(
        "INSERT INTO session (id, token_hash, account, level, invitation, remember, agent, created_at,"
        " seen_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)",
        new_id(),
        token_hash(token),
        account,
        level,
        invitation,
        remember,
        agent[:120],
        now,
        now + HALF_WAY,
    )
    return token


async def step_up(
    session: UUID, level: str, *, now: datetime, account: UUID | None = None, confirmed: bool = False
) -> str:
    """Raises (or renews) the session under a new secret, which is returned; the old one is dead."""
    token = new_token()
    await execute(
        "UPDATE session SET token_hash = $2, level = $3::varchar, seen_at = $4::timestamptz, pending = NULL,"
        " account = coalesce($5, account),"
        " expires_at = CASE WHEN $3::varchar <> 'full' THEN $4::timestamptz + $6::interval"
        "   WHEN level = 'full' THEN expires_at"
        "   WHEN remember THEN $4::timestamptz + $7::interval ELSE $4::timestamptz + $8::interval END,"
        " confirmed_at = CASE WHEN $9 THEN $4::timestamptz ELSE confirmed_at END"
        " WHERE id = $1 AND ended_at IS NULL",
        session,
        token_hash(token),
        level,
        now,
        account,
        HALF_WAY,
        REMEMBERED,
        LONGEST,
        confirmed,
    )
    return token


LOAD = f"""
SELECT s.id, s.level, s.account, s.invitation, s.employment, s.remember, s.seen_at, s.confirmed_at, s.pending,
       a.first_name, a.last_name, a.username, a.language,
       CASE WHEN s.level = 'full' THEN (
           SELECT json_agg(json_build_array(e.id, e.employer, o.name, e.job, o.time_zone, e.left_on)
                           ORDER BY e.started_on DESC)
           FROM employment e JOIN employer o ON o.id = e.employer WHERE e.account = a.id) END AS jobs,
       CASE WHEN s.level = 'full' THEN (
           SELECT json_agg(json_build_array(r.id, r.role, r.employer, r.provider))
           FROM role_holder r WHERE r.account = a.id
             AND {still_held("$2::timestamptz")}) END AS positions
FROM session s LEFT JOIN account a ON a.id = s.account
WHERE s.token_hash = $1 AND s.ended_at IS NULL AND s.expires_at > $2 AND a.blocked_at IS NULL
  AND (s.remember OR s.seen_at > $3)
"""


async def load_session(token: str, *, now: datetime) -> Session | None:
    """The session behind a cookie, with its person when fully signed in: one statement."""
    row = await fetch_one(LOAD, token_hash(token), now, now - IDLE)
    if row is None:
        return None
    return Session(
        id=row["id"],
        level=row["level"],
        account=row["account"],
        language=row["language"],
        invitation=row["invitation"],
        remember=row["remember"],
        seen_at=row["seen_at"],
        confirmed_at=row["confirmed_at"],
        sealed=row["pending"],
        person=_person(row) if row["level"] == "full" else None,
    )


def _person(row: Any) -> Person:
    jobs = tuple(
        Job(UUID(id), UUID(employer), name, job, zone, left and date.fromisoformat(left))
        for id, employer, name, job, zone, left in json.loads(row["jobs"] or "[]")
    )
    positions = tuple(
        Position(UUID(id), role, employer and UUID(employer), provider and UUID(provider))
        for id, role, employer, provider in json.loads(row["positions"] or "[]")
    )
    chosen = next((job for job in jobs if job.id == row["employment"]), jobs[0] if jobs else None)
    return Person(
        row["account"],
        row["id"],
        row["first_name"],
        row["last_name"],
        row["username"],
        row["language"],
        jobs,
        positions,
        chosen,
    )


async def touch(session: UUID, *, now: datetime) -> None:
    """Notes that the device was seen; called at most once in SEEN_EVERY."""
    await execute("UPDATE session SET seen_at = $2 WHERE id = $1", session, now)


async def set_pending(session: UUID, pending: dict[str, Any] | None) -> None:
    """Keeps (or drops) the ceremony under way, encrypted."""
    sealed = None if pending is None else keyring().encrypt(json.dumps(pending), "session.pending")
    await execute("UPDATE session SET pending = $2 WHERE id = $1", session, sealed)


async def end_session(session: UUID, *, now: datetime) -> None:
    """Signs one device out, at once; its open pages hear of it."""
    await execute("UPDATE session SET ended_at = $2, pending = NULL WHERE id = $1", session, now)
    changed(session)


async def end_other_sessions(account: UUID, keep: UUID | None, *, now: datetime) -> int:
    """Signs every other device of the account out, as `end_session` does; returns how many there were."""
    rows = await fetch(
        "UPDATE session SET ended_at = $3, pending = NULL WHERE account = $1 AND id IS DISTINCT FROM $2"
        " AND ended_at IS NULL RETURNING id",
        account,
        keep,
        now,
    )
    for row in rows:
        changed(row["id"])
    return len(rows)

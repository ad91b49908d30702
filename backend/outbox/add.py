"""Promises that somebody will be told, written in the transaction of the change.

This is where a promise fans out: one message for each way that its reader chose. Who has no account, or chose
nothing, is mailed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from backend.foundation.database import execute
from backend.foundation.encryption import keyring
from backend.foundation.tokens import new_id
from backend.outbox.kinds import BY_MAIL_TOO, NOT_BY_ITSELF, Kind

Channel = Literal["mail", "sms", "push"]
SECRET_FIELD = "message.secret"  # noqa: S105 (the name of a column)


@dataclass(frozen=True, slots=True)
class Promise:
    """One thing to tell somebody: which notice words it, and identifiers of what it is about.

    `secret` is what the database otherwise keeps only hashed (a link's token, a code): kept encrypted and
    erased once sent. After `expires_at` the message is pointless and is dropped. With a `kind` it goes the
    ways that its reader chose for that: the account `reader`, or else the account or role holder that it is
    about; without, or to somebody without an account, by `channel` alone.
    """

    notice: str
    subject: Mapping[str, str]
    channel: Channel = "mail"
    secret: str | None = field(default=None, repr=False)
    expires_at: datetime | None = None
    reader: UUID | None = None
    kind: Kind | None = None


def _listed(kinds: frozenset[Kind]) -> str:
    return "(" + ", ".join(f"'{kind}'" for kind in sorted(kinds)) + ")"


PUSH_LIVES = timedelta(days=1)
"""A push that could not be handed over for so long comes too late to be of use."""

ADD = f"""
WITH promise AS (
    SELECT id, notice, channel, subject, secret, expires_at, kind,
        coalesce(reader, (subject->>'account')::uuid,
            (SELECT r.account FROM role_holder r WHERE r.id = (subject->>'role_holder')::uuid)) AS reader
    FROM jsonb_to_recordset($2) AS p(id uuid, notice text, channel text, subject jsonb, secret bytea,
        expires_at timestamptz, reader uuid, kind text)
), chosen AS (
    SELECT p.*, coalesce(c.push, p.kind NOT IN {_listed(NOT_BY_ITSELF)}) AS push,
        coalesce(c.sms, false) AS sms,
        p.kind IS NULL OR p.kind IN {_listed(BY_MAIL_TOO)} OR coalesce(c.mail, true) AS mail
    FROM promise p LEFT JOIN telling_choice c ON c.account = p.reader AND c.kind = p.kind
), elsewhere AS (
    SELECT c.id, 'push' AS channel, c.notice, c.subject || jsonb_build_object('device', d.id) AS subject,
        least($1::timestamptz + interval '{PUSH_LIVES.days} day', s.expires_at) AS expires_at
    FROM chosen c JOIN push_subscription d ON d.account = c.reader
    JOIN session s ON s.id = d.session AND s.expires_at > $1::timestamptz
    WHERE c.push AND c.kind IS NOT NULL
    UNION ALL
    SELECT c.id, 'sms', c.notice, c.subject || jsonb_build_object('factor', f.id), c.expires_at
    FROM chosen c CROSS JOIN LATERAL (SELECT id FROM factor WHERE account = c.reader AND kind = 'sms'
        ORDER BY coalesce(used_at, created_at) DESC, id LIMIT 1) f WHERE c.sms
)
INSERT INTO message (id, notice, channel, subject, secret, expires_at, created_at, due_at)
SELECT id, notice, channel, subject, secret, expires_at, $1, $1 FROM chosen c
WHERE mail OR (push OR sms) AND NOT EXISTS (SELECT FROM elsewhere e WHERE e.id = c.id)
UNION ALL
SELECT gen_random_uuid(), notice, channel, subject, NULL, expires_at, $1, $1 FROM elsewhere
"""
"""Who chose a push or an SMS and has nowhere left to get it is mailed after all. A device gets pushes as long
as its session lasts, and none that would come later than that.

The promises come as one JSON document: arrays would tell PostgreSQL how many they are, and it would plan anew
each time for that, which costs more than the rest.
"""


async def add(
    notice: str,
    subject: Mapping[str, str],
    *,
    now: datetime,
    channel: Channel = "mail",
    secret: str | None = None,
    expires_at: datetime | None = None,
    reader: UUID | None = None,
    kind: Kind | None = None,
) -> UUID:
    """Promises one thing; its id becomes the mail's Message-ID."""
    promise = Promise(notice, subject, channel, secret, expires_at, reader, kind)
    return (await add_many([promise], now=now))[0]


async def add_many(promises: Sequence[Promise], *, now: datetime) -> list[UUID]:
    """Promises several things, each the ways its reader chose, in one statement."""
    ids = [new_id() for _ in promises]
    if not promises:
        return ids
    await execute(ADD, now, json.dumps([_row(*each) for each in zip(ids, promises, strict=True)]))
    return ids


def _row(id: UUID, promise: Promise) -> dict[str, object]:
    expires_at, reader, secret = promise.expires_at, promise.reader, promise.secret
    return {
        "id": str(id),
        "notice": promise.notice,
        "channel": promise.channel,
        "subject": dict(promise.subject),
        "secret": None if secret is None else "\\x" + keyring().encrypt(secret, SECRET_FIELD).hex(),
        "expires_at": expires_at and expires_at.isoformat(),
        "reader": reader and str(reader),
        "kind": promise.kind,
    }

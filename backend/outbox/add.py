"""Promises that somebody will be told, written in the transaction of the change."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

from backend.foundation.database import execute
from backend.foundation.encryption import keyring
from backend.foundation.tokens import new_id

Channel = Literal["mail", "sms", "push"]
SECRET_FIELD = "message.secret"  # noqa: S105 (the name of a column)


@dataclass(frozen=True, slots=True)
class Promise:
    """One message to come: which notice words it, and identifiers of what it is about.

    `secret` is what the database otherwise keeps only hashed (a link's token, a code): kept encrypted and
    erased once sent. After `expires_at` the message is pointless and is dropped.
    """

    notice: str
    subject: Mapping[str, str]
    channel: Channel = "mail"
    secret: str | None = field(default=None, repr=False)
    expires_at: datetime | None = None


async def add(
    notice: str,
    subject: Mapping[str, str],
    *,
    now: datetime,
    channel: Channel = "mail",
    secret: str | None = None,
    expires_at: datetime | None = None,
) -> UUID:
    """Promises one message; its id becomes the mail's Message-ID."""
    promise = Promise(notice, subject, channel, secret, expires_at)
    return (await add_many([promise], now=now))[0]


async def add_many(promises: Sequence[Promise], *, now: datetime) -> list[UUID]:
    """Promises several messages in one statement."""
    ids = [new_id() for _ in promises]
    if not promises:
        return ids
    await execute(
        "INSERT INTO message (id, notice, channel, subject, secret, expires_at, created_at, due_at)"
        " SELECT *, $7::timestamptz, $7::timestamptz FROM unnest("
        "$1::uuid[], $2::varchar[], $3::varchar[], $4::jsonb[], $5::bytea[], $6::timestamptz[])",
        ids,
        [promise.notice for promise in promises],
        [promise.channel for promise in promises],
        [json.dumps(dict(promise.subject)) for promise in promises],
        [_sealed(promise.secret) for promise in promises],
        [promise.expires_at for promise in promises],
        now,
    )
    return ids


def _sealed(secret: str | None) -> bytes | None:
    return None if secret is None else keyring().encrypt(secret, SECRET_FIELD)

"""The one way to record what happened."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.audit.events import Event
from backend.foundation.database import execute
from backend.foundation.tokens import new_id


async def record(
    event: Event,
    *,
    now: datetime,
    account: UUID | None = None,
    employment: UUID | None = None,
    subject: UUID | None = None,
    **details: Any,
) -> None:
    """Writes one event, in the transaction of the change when there is one.

    `account` did it, `employment` is whom it is about, `subject` the thing itself. `details` hold identifiers
    and kinds only: never names, contents, codes or addresses.
    """
    await execute(
        "INSERT INTO audit_event (id, at, event, account, employment, subject, details)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)",
        new_id(),
        now,
        str(event),
        account,
        employment,
        subject,
        json.dumps(details, default=str),
    )


async def record_all(events: Mapping[Event, UUID], *, now: datetime, account: UUID, employment: UUID) -> None:
    """Writes what one act brought about, event by subject, in one statement."""
    await execute(
        "INSERT INTO audit_event (id, at, event, account, employment, subject, details)"
        " SELECT id, $4, event, $5, $6, subject, '{}'"
        " FROM unnest($1::uuid[], $2::varchar[], $3::uuid[]) AS happened (id, event, subject)",
        [new_id() for _ in events],
        [str(event) for event in events],
        list(events.values()),
        now,
        account,
        employment,
    )

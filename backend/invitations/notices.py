"""The mail with the invitation's link."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from backend.foundation.clock import day_in
from backend.foundation.database import fetch_one
from backend.foundation.languages import N_
from backend.outbox.letters import Mail
from backend.outbox.registry import notice


@notice("invitation")
async def invitation(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`subject`: invitation; `secret` is the link's token. Nobody is told when it ended in the meantime."""
    row = await fetch_one(
        "SELECT e.email, e.first_name, w.name AS employer, w.time_zone, i.expires_at, a.language"
        " FROM invitation i JOIN employment e ON e.id = i.employment JOIN employer w ON w.id = e.employer"
        " LEFT JOIN account a ON a.id = e.account WHERE i.id = $1 AND e.email <> ''"
        " AND i.used_at IS NULL AND i.withdrawn_at IS NULL AND i.replaced_at IS NULL",
        UUID(subject["invitation"]),
    )
    if row is None:
        return None
    expires_at: datetime = row["expires_at"]
    context = {
        "first_name": row["first_name"],
        "employer": row["employer"],
        "token": secret,
        "last_day": day_in(row["time_zone"], expires_at),
    }
    subject_line = N_("Je uitnodiging voor Beterschap")
    return Mail(row["email"], subject_line, "invitation", context, row["language"] or "nl")

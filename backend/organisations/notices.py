"""What role holders are told: that there is an account for them, and that what a case manager may read
changed. Not what: the mail shows on a locked phone."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from backend.access.roles import HELD_NOW
from backend.accounts.notices import link_mail
from backend.foundation.database import fetch_one
from backend.foundation.languages import N_
from backend.outbox.letters import NEWS, Mail
from backend.outbox.registry import notice

CASE_MANAGER = f"""
SELECT r.email, r.language, coalesce(a.first_name, r.name) AS name, w.name AS employer
FROM role_holder r LEFT JOIN account a ON a.id = r.account CROSS JOIN employer w
WHERE r.id = $1 AND w.id = $2 AND r.email <> '' AND {HELD_NOW}
"""


@notice("welcome")
async def welcome(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`secret` is the token of a link to choose the first password."""
    return await link_mail(secret, N_("Je account voor Beterschap"), "welcome")


@notice("entrusted_changed")
async def entrusted_changed(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`subject`: role_holder, employer."""
    row = await fetch_one(CASE_MANAGER, UUID(subject["role_holder"]), UUID(subject["employer"]))
    if row is None:
        return None
    return Mail(row["email"], NEWS, "entrusted_changed", dict(row), row["language"])

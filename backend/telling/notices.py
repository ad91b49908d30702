"""How what would be mailed is told by push or SMS: that there is something, and never what."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from backend.foundation.database import execute, fetch_one
from backend.foundation.languages import N_
from backend.outbox.letters import Mail, Push, Sms
from backend.outbox.registry import way
from backend.second_factor.sealed import open_factor
from backend.telling.subscription import Subscription

NEWS = N_("Er staat iets nieuws voor je klaar. Open Beterschap om het te lezen.")

DEVICE = """
SELECT d.endpoint_hash, d.secret, a.language, a.email
FROM push_subscription d JOIN account a ON a.id = d.account
WHERE d.id = $1 AND a.blocked_at IS NULL
"""
PHONE = """
SELECT f.secret, a.language FROM factor f JOIN account a ON a.id = f.account
WHERE f.id = $1 AND a.blocked_at IS NULL
"""


@way("push")
async def push(subject: Mapping[str, str], mail: Mail) -> Push | None:
    """`subject`: device. Nobody once it was turned off, signed out, or taken over by somebody else."""
    row = await fetch_one(DEVICE, UUID(subject["device"]))
    if row is None:
        return None
    to = Subscription.opened(row["secret"])

    async def forget() -> None:
        await execute("DELETE FROM push_subscription WHERE endpoint_hash = $1", row["endpoint_hash"])

    return Push(to.endpoint, to.p256dh, to.auth, row["email"], mail.opens, row["language"], forget)


@way("sms")
async def sms(subject: Mapping[str, str], mail: Mail) -> Sms | None:
    """`subject`: factor, the proven number. Nobody once it was taken away."""
    row = await fetch_one(PHONE, UUID(subject["factor"]))
    return Sms(open_factor(row["secret"]), NEWS, {}, row["language"]) if row else None

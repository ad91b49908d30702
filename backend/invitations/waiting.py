"""Who waits for access, for whoever runs the service."""

from __future__ import annotations

from uuid import UUID

from backend.foundation.database import fetch


async def waiting_for_access(email: str) -> list[UUID]:
    """The jobs of people without an account whose e-mail address this is."""
    rows = await fetch(
        "SELECT id FROM employment WHERE lower(email) = lower($1) AND account IS NULL ORDER BY id",
        email.strip(),
    )
    return [row["id"] for row in rows]

"""Files in the store that no row points to: left by a process that died between storing and committing."""

from __future__ import annotations

from datetime import datetime, timedelta

from backend.foundation.database import fetch
from backend.gateways.files import files

GRACE = timedelta(hours=2)
"""An upload commits its rows within seconds of storing its files."""
AT_ONCE = 500

KNOWN = "SELECT stored_as FROM document WHERE stored_as = ANY($1::varchar[])"


async def sweep_orphans(*, now: datetime) -> int:
    """How many were thrown away. What is younger than GRACE may still be on its way."""
    swept = 0
    async for names in files().older_than(now - GRACE, AT_ONCE):
        known = {row["stored_as"] for row in await fetch(KNOWN, names)}
        for name in set(names) - known:
            await files().delete(name)
            swept += 1
    return swept + await files().forget_halves(now - GRACE)

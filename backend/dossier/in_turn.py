"""Whoever changes something of a dossier takes the dossier first, and reads after that what there is to
change: two at once go one after the other, and neither waits for the other in a circle."""

from __future__ import annotations

from uuid import UUID

from backend.foundation.database import execute

TAKE = "SELECT FROM dossier WHERE id = $1 FOR NO KEY UPDATE"
TAKE_OF = "SELECT FROM dossier WHERE id = (SELECT dossier FROM entry WHERE id = $1) FOR NO KEY UPDATE"


async def in_turn(dossier: UUID) -> None:
    """Waits for whoever writes there, and lets others wait until the caller's transaction ends. Says nothing
    of whether the person may."""
    await execute(TAKE, dossier)


async def in_turn_of(entry: UUID) -> None:
    """The same for the dossier that an entry stands in."""
    await execute(TAKE_OF, entry)

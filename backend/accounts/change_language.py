"""Read in another language, on every device."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from backend.audit.events import Event
from backend.audit.record import record
from backend.foundation.database import fetch, transaction
from backend.foundation.languages import LANGUAGES, N_
from backend.foundation.refusal import Refused


async def change_language(account: UUID, language: str, *, now: datetime) -> None:
    """Keeps the choice with the account; pages and mails follow. Raises Refused for one we do not have."""
    if language not in LANGUAGES:
        raise Refused(N_("Kies een van de talen die hier staan."), field="language")
    async with transaction():
        changed = await fetch(
            "UPDATE account SET language = $2 WHERE id = $1 AND language <> $2 RETURNING id",
            account,
            language,
        )
        if changed:
            await record(Event.LANGUAGE_CHANGED, now=now, account=account, language=language)

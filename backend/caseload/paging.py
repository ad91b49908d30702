"""How a long list goes on: after the last one shown, so that nothing is skipped when others come or go."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date
from uuid import UUID

from backend.foundation.refusal import NotFound

NEVER = date(9999, 1, 1)
"""Where a dossier without a next action stands in the order of dates."""

Key = date | int | str
Place = tuple[Key, UUID]
"""What the list is ordered by, and the dossier that settles the order of equals."""


def written(place: Place) -> str:
    """As it stands in an address."""
    key, dossier = place
    text = key.isoformat() if isinstance(key, date) else str(key)
    return urlsafe_b64encode(dossier.bytes + text.encode()).decode().rstrip("=")


def read(text: str, kind: type[Key]) -> Place:
    """What an address holds. Raises NotFound when it holds no place in such an order."""
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        dossier, key = UUID(bytes=raw[:16]), raw[16:].decode()
        if kind is date:
            return date.fromisoformat(key), dossier
        if kind is str and "\x00" not in key:
            return key, dossier
        if not -100_000 < int(key) < 100_000:
            raise ValueError(key)
        return int(key), dossier
    except ValueError as error:
        raise NotFound from error

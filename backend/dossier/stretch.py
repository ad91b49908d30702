"""One stretch of a timeline: what stands on a page, and where it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from backend.access.person import Person
from backend.dossier.queries import PAGE, Cursor, timeline
from backend.foundation.refusal import NotFound

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Entries as the timeline component takes them, newest first."""

    entries: list[dict[str, Any]]
    more_url: str | None
    """Where the older ones are, if any."""
    new: int
    """How many of these the person had not seen yet."""
    unread: int | None
    """How many there are in all of the person's own running dossiers; None when this one is another's."""
    since: str
    """How the dossier stands as it is shown here, down to the medical part: what an open page follows."""
    until: str
    """The moment of what was written or corrected last, as microseconds: having seen this page is having seen
    up to there."""


async def stretch(
    person: Person, dossier_id: UUID, *, now: datetime, before: Cursor | None = None, limit: int = PAGE
) -> Stretch:
    """The first entries of a dossier, or those before a cursor: one statement, scoped."""
    found = await timeline(person, dossier_id, now=now, before=before, limit=limit + 1)
    entries = found[:limit]
    more_url = None
    if len(found) > limit:
        last = entries[-1]
        more_url = f"/dossiers/{dossier_id}/entries?before={written((last['published_at'], last['id']))}"
    return Stretch(
        entries=entries,
        more_url=more_url,
        new=sum(entry["is_new"] for entry in entries),
        unread=entries[0]["unread"] if entries else None,
        since=(entries[0]["state"] or "0") if entries else "0",
        until=str(_microseconds(max(entry["changed_at"] for entry in entries))) if entries else "",
    )


def written(cursor: Cursor) -> str:
    """A cursor as it stands in an address: microseconds since 1970, a point, the entry."""
    moment, entry_id = cursor
    return f"{_microseconds(moment)}.{entry_id.hex}"


def read(text: str) -> Cursor:
    """The cursor that an address holds. Raises NotFound when it holds none."""
    moment, _point, entry_id = text.partition(".")
    try:
        return moment_of(moment), UUID(hex=entry_id)
    except ValueError as error:
        raise NotFound from error


def moment_of(text: str) -> datetime:
    """The moment of so many microseconds since 1970. Raises ValueError."""
    if not text.isascii() or not text.isdecimal() or len(text) > 16:
        raise ValueError(text)
    return EPOCH + int(text) * MICROSECOND


def _microseconds(moment: datetime) -> int:
    return (moment - EPOCH) // MICROSECOND

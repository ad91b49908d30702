"""From a file that came in to one that is kept: judged, cleaned, scanned, and stored encrypted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from backend.gateways import virus_scan
from backend.gateways.files import Stored, files
from backend.uploads.judge import judge
from backend.uploads.names import judge_name, named
from backend.uploads.receive import Incoming
from backend.uploads.scratch import Scratch
from backend.uploads.unfit import Unfit, Why

PIECE = 256 * 1024


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in the store, that no row points to yet."""

    filename: str
    content_type: str
    stored: Stored = field(repr=False)
    digest: str
    """SHA-256 of what was sent."""


async def keep(file: Incoming) -> Kept:
    """Raises Unfit; then nothing of the file is left. Who does not commit a row for it calls `drop`."""
    if file.too_large:
        raise Unfit(Why.TOO_LARGE)
    name = judge_name(file.name)
    with Scratch() as clean:
        verdict = await judge(file.scratch, clean)
        await _scan(file.scratch)
        stored = await files().store(_pieces(verdict.content))
    return Kept(named(name, verdict.kind), verdict.kind, stored, file.digest)


async def drop(kept: Kept) -> None:
    """Takes a file out of the store again."""
    await files().delete(kept.stored.stored_as)


async def _scan(scratch: Scratch) -> None:
    """What was sent, not what we made of it. Without an answer nothing is let in."""
    try:
        found = await virus_scan.scan(_pieces(scratch))
    except virus_scan.ScannerAway as error:
        raise Unfit(Why.NO_SCANNER) from error
    if found:
        raise Unfit(Why.VIRUS)


async def _pieces(scratch: Scratch) -> AsyncIterator[bytes]:
    with scratch.open() as file:
        while piece := file.read(PIECE):
            yield piece

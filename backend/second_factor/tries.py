"""Every try is counted before it is judged, and outside the transaction that a refusal rolls back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from uuid import UUID

from backend.audit.events import Event
from backend.audit.record import record
from backend.foundation.database import transaction
from backend.foundation.refusal import Refused
from backend.limits.rules import CODES, code_key
from backend.limits.take import Limit, give_back, take, wait_of
from backend.second_factor.kinds import Kind
from backend.second_factor.refusals import TooManyTries


@asynccontextmanager
async def judged(
    account: UUID, method: str, *, now: datetime, key: str | None = None, limits: Sequence[Limit] = CODES
) -> AsyncIterator[None]:
    """Counts one try, then judges it in one transaction: inside, raise Refused when it is wrong.

    Only what was wrong uses up the limit. Raises TooManyTries without judging.
    """
    key = key or code_key(account)
    if not await take(key, *limits, now=now):
        await record(Event.FACTOR_LIMITED, now=now, account=account, method=method)
        raise TooManyTries(await wait_of(key, *limits, now=now))
    try:
        async with transaction():
            yield
    except Refused as no:
        event = getattr(no, "event", None)
        if event is not None:
            await record(event, now=now, account=account, method=method)
        raise
    await give_back(key, now=now)


async def used(account: UUID, kind: Kind, factor: UUID, *, now: datetime) -> None:
    """Records a proof, in its transaction."""
    await record(Event.FACTOR_USED, now=now, account=account, subject=factor, method=str(kind))

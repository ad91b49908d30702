"""Taking a factor away: never the last, and the person is told."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from backend.accounts.sessions import Session, end_other_sessions
from backend.audit.events import Event
from backend.audit.record import record
from backend.foundation.database import execute, transaction
from backend.foundation.refusal import NotFound
from backend.outbox.add import add
from backend.second_factor.add_factor import lock_account
from backend.second_factor.queries import Standing, standing_of
from backend.second_factor.refusals import LastFactor


def is_last(standing: Standing, factor: UUID) -> bool:
    """Whether nothing would be left, or nothing that the employer allows."""
    left = [own for own in standing.factors if own.id != factor]
    return not left or (not standing.must_add and not any(own.kind in standing.allowed for own in left))


async def remove_factor(
    session: Session, factor: UUID, *, sign_out_others: bool, sms: bool, now: datetime
) -> None:
    """Removes one of the account's own factors, and signs its other devices out when asked to (ASVS 7.4.3).

    Raises NotFound or LastFactor.
    """
    async with transaction():
        account = await lock_account(session)
        standing = await standing_of(session, sms=sms)
        own = next((own for own in standing.factors if own.id == factor), None)
        if own is None:
            raise NotFound
        if is_last(standing, factor):
            raise LastFactor
        await execute("DELETE FROM sms_code WHERE factor = $1", factor)
        await execute("DELETE FROM factor WHERE id = $1 AND account = $2", factor, account)
        if sign_out_others:
            await end_other_sessions(account, session.id, now=now)
        await record(Event.FACTOR_REMOVED, now=now, account=account, subject=factor, kind=str(own.kind))
        await add("factor_removed", {"account": str(account), "kind": str(own.kind)}, now=now)

"""What follows once a person has proven a factor: in, or first something that is still missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from backend.accounts.sessions import Session, set_pending, step_up
from backend.audit.events import Event
from backend.audit.record import record
from backend.foundation.database import fetch_one
from backend.foundation.tokens import new_recovery_code
from backend.second_factor.queries import Standing


@dataclass(frozen=True, slots=True)
class NextStep:
    """Where to go, and the session's new secret when it has one."""

    path: str
    token: str | None = field(default=None, repr=False)
    username: str | None = None
    """Whose device this now is; only once fully signed in."""


async def after_proof(
    session: Session, standing: Standing, *, now: datetime, then: str = "/", by: str = "factor"
) -> NextStep:
    """Call inside the transaction of the proof, at level `password`. The session gets a new secret each time.

    The dashboard (or `then`) opens only for who has a factor that the employer allows, and a recovery code
    that was put away. `by` is `factor` or `recovery_code`.
    """
    if standing.must_add:
        return await _still(session, "/second-factor", {"proven": by, "then": then}, now=now)
    if not standing.has_recovery_code:
        waiting = {"proven": by, "then": then, "recovery_code": new_recovery_code()}
        return await _still(session, "/second-factor/recovery-code", waiting, now=now)
    return await enter(session, now=now, then=then)


async def enter(session: Session, *, now: datetime, then: str = "/") -> NextStep:
    """Signs the session in fully; on to the invitation in hand, when one still waits to be linked."""
    token = await step_up(session.id, "full", now=now)
    row = await fetch_one(
        "SELECT a.username, i.id IS NOT NULL AS invited FROM account a"
        " LEFT JOIN invitation i ON i.id = $2 AND i.used_at IS NULL WHERE a.id = $1",
        session.account, session.invitation,
    )  # fmt: skip
    if row is None:
        raise ValueError("a session without an account cannot sign in")
    await record(Event.SESSION_STARTED, now=now, account=session.account, subject=session.id)
    return NextStep("/register/link" if row["invited"] else then, token, row["username"])


async def _still(session: Session, path: str, pending: dict[str, Any], *, now: datetime) -> NextStep:
    token = await step_up(session.id, "password", now=now)
    await set_pending(session.id, pending)
    return NextStep(path, token)

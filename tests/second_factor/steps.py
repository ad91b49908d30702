"""What the tests of this room do before they begin: a session, a factor, a recovery code."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

import pyotp

from backend.accounts.sessions import Session, load_session
from backend.audit.events import Event
from backend.foundation.database import execute, fetch, fetch_one
from backend.foundation.encryption import keyring
from backend.foundation.tokens import new_id
from backend.outbox.add import SECRET_FIELD
from backend.second_factor.recovery_code import code_hash
from backend.second_factor.sealed import seal_factor
from tests.cast import NOW, Member, session_of

RECOVERY_CODE = "ABCDE-FGHJK-MNPQR-STVWX"
PHONE = "+31612345678"


async def session(
    member: Member, *, level: str = "password", confirmed: bool = False, now: datetime = NOW
) -> Session:
    """A session of that person, as a request would have it."""
    found = await load_session(await session_of(member, now=now, level=level, confirmed=confirmed), now=now)
    assert found
    return found


async def again(token: str | None, *, now: datetime = NOW) -> Session:
    """The session behind a secret."""
    found = await load_session(token or "", now=now)
    assert found
    return found


async def reload(old: Session) -> Session:
    """The same session with what is pending now."""
    row = await fetch_one("SELECT pending FROM session WHERE id = $1", old.id)
    assert row
    return replace(old, sealed=row["pending"])


async def give(
    member: Member, kind: str, secret: str | None = None, *, used_at: datetime = NOW, name: str = ""
) -> UUID:
    """Adds a factor, without asking anybody."""
    id = new_id()
    await execute(
        "INSERT INTO factor (id, account, kind, name, secret, created_at, used_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $6)",
        id, member.account, kind, name, seal_factor(secret) if secret else None, used_at,
    )  # fmt: skip
    return id


async def give_app(member: Member) -> str:
    """An authenticator app; answers its secret."""
    secret = pyotp.random_base32()
    await give(member, "authenticator", secret)
    return secret


async def give_recovery_code(member: Member, code: str = RECOVERY_CODE) -> None:
    """A recovery code that was put away."""
    await execute(
        "INSERT INTO recovery_code (id, account, code_hash, created_at) VALUES ($1, $2, $3, $4)",
        new_id(), member.account, code_hash(code), NOW,
    )  # fmt: skip


async def sent_codes() -> list[str]:
    """Every code that waits to be sent by SMS, oldest first."""
    rows = await fetch("SELECT secret FROM message WHERE notice = 'sms_code' ORDER BY created_at, id")
    return [keyring().decrypt(row["secret"], SECRET_FIELD) for row in rows]


async def promised() -> list[str]:
    """The notices that were promised."""
    return [row["notice"] for row in await fetch("SELECT notice FROM message ORDER BY created_at, id")]


async def happened(event: Event) -> int:
    """How often."""
    rows = await fetch("SELECT id FROM audit_event WHERE event = $1", str(event))
    return len(rows)


def wrong(right: str) -> str:
    """Another code of the same length."""
    return "".join(str((int(digit) + 1) % 10) for digit in right)

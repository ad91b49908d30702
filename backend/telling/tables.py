"""The browsers that get pushes, and how each person chose to be told."""

from __future__ import annotations

from typing import Any

from piccolo.columns import UUID, Boolean, Bytea, ForeignKey, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from backend.accounts.tables import Account, Session
from backend.foundation.tokens import new_id


class PushSubscription(Table):
    """One browser that gets pushes. It goes with its session: at sign-out here or from elsewhere, with a new
    password, and when the account is blocked (two triggers, because sessions end in many places). Once its
    session has expired it gets nothing more (backend.outbox.add)."""

    id = UUID(primary_key=True, default=new_id)
    account: Any = ForeignKey(Account, null=False)
    session: Any = ForeignKey(Session, null=False, unique=True, on_delete=OnDelete.cascade)
    endpoint_hash = Bytea(unique=True)
    """SHA-256, so that one browser is one row, whoever signs in there."""
    secret = Bytea()
    """Encrypted JSON: endpoint, p256dh and auth, as the browser made them."""
    created_at = Timestamptz()


class TellingChoice(Table):
    """How a person wants to be told of one kind of news; what they left alone has no row."""

    id = UUID(primary_key=True, default=new_id)
    account: Any = ForeignKey(Account, null=False)
    kind = Varchar(length=16)
    """One of backend.outbox.kinds.Kind."""
    mail = Boolean(default=True)
    push = Boolean(default=True)
    sms = Boolean(default=False)

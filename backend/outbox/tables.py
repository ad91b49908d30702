"""What must still be sent."""

from __future__ import annotations

from piccolo.columns import JSONB, UUID, Bytea, SmallInt, Text, Timestamptz, Varchar
from piccolo.table import Table

from backend.foundation.tokens import new_id


class Message(Table):
    """One promise to tell one person one thing, written in the transaction of the change.

    Its id is the Message-ID of the mail, so that a repeat after a crash is recognised as one."""

    id = UUID(primary_key=True, default=new_id)
    notice = Varchar(length=60)
    """Which notice renders it, such as `sick_report_confirmed`."""
    channel = Varchar(length=8)
    """`mail`, `sms` or `push`."""
    subject = JSONB()
    """Identifiers of what it is about; never words about a person."""
    secret = Bytea(null=True, default=None)
    """Encrypted: what the database otherwise keeps only hashed (a link's token, a code). Erased once sent."""
    created_at = Timestamptz()
    due_at = Timestamptz()
    expires_at = Timestamptz(null=True, default=None)
    """After this moment it is pointless (a code) and is dropped."""
    attempts = SmallInt(default=0)
    leased_until = Timestamptz(null=True, default=None)
    done_at = Timestamptz(null=True, default=None)
    dead_at = Timestamptz(null=True, default=None)
    last_error = Text(null=True, default=None)
    """The kind of failure, without addresses or contents."""

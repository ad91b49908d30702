"""What happened, and who looked at what. Kept at least five years (NEN 7513)."""

from __future__ import annotations

from piccolo.columns import JSONB, UUID, BigSerial, Boolean, Integer, Timestamptz, Varchar
from piccolo.table import Table

from backend.foundation.tokens import new_id


class AuditEvent(Table):
    """Something that happened, from the closed list in events.py. Identifiers only, no contents."""

    id = UUID(primary_key=True, default=new_id)
    at = Timestamptz()
    event = Varchar(length=60)
    account = UUID(null=True, default=None)
    """Who did it."""
    employment = UUID(null=True, default=None)
    """Whom it is about."""
    subject = UUID(null=True, default=None)
    """The dossier, spell, factor or invitation."""
    details = JSONB(default="{}")


class AccessLogLine(Table):
    """Somebody looked at something of somebody else; the employee reads this list."""

    id = BigSerial(primary_key=True)
    at = Timestamptz()
    employment = UUID()
    viewer = UUID()
    viewer_name = Varchar(length=200)
    viewer_role = Varchar(length=32)
    what = Varchar(length=32)
    """One of `What` (looked.py)."""
    subject = UUID()
    medical = Boolean(null=True, default=None)
    """Whether something medical was there to be seen; None where it was not kept yet."""
    extent = Integer(null=True, default=None)
    """How much others had put there for this viewer to see; only to tell one look from the next."""

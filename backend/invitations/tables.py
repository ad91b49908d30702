"""The link that lets a person in."""

from __future__ import annotations

from typing import Any

from piccolo.columns import UUID, Bytea, ForeignKey, LazyTableReference, SmallInt, Timestamptz
from piccolo.table import Table

from backend.foundation.tokens import new_id


class Invitation(Table):
    """Valid four days. Ends by use, withdrawal, replacement, time or five wrong tries; the first
    that happened is what its page tells."""

    id = UUID(primary_key=True, default=new_id)
    employment: Any = ForeignKey(
        LazyTableReference("Employment", module_path="backend.organisations.tables"), null=False
    )
    token_hash = Bytea(unique=True)
    created_at = Timestamptz()
    expires_at = Timestamptz()
    wrong_tries = SmallInt(default=0)
    used_at = Timestamptz(null=True, default=None)
    withdrawn_at = Timestamptz(null=True, default=None)
    replaced_at = Timestamptz(null=True, default=None)

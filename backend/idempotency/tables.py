"""Forms that were answered already."""

from __future__ import annotations

from piccolo.columns import UUID, Bytea, ForeignKey, Timestamptz, Varchar
from piccolo.table import Table

from backend.accounts.tables import Account


class AnsweredRequest(Table):
    """A form's key and where its answer led, written with the change itself; kept for seven days."""

    key = UUID(primary_key=True)
    account = ForeignKey(Account, null=False)
    body_hash = Bytea()
    location = Varchar(length=200)
    answered_at = Timestamptz()

"""Accounts, the sessions of their devices, and links to set a new password."""

from __future__ import annotations

from typing import Any

from piccolo.columns import (
    UUID,
    Boolean,
    Bytea,
    ForeignKey,
    LazyTableReference,
    SmallInt,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from backend.foundation.tokens import new_id


class Account(Table):
    """One person who can sign in, whatever number of jobs and roles. The user name is unique without
    regard to case (index account_username)."""

    id = UUID(primary_key=True, default=new_id)
    username = Varchar(length=254)
    email = Varchar(length=254)
    """Where mail to this person goes; families may share one."""
    first_name = Varchar(length=100)
    last_name = Varchar(length=100)
    password_hash = Varchar(length=200)
    """argon2id in its own notation."""
    language = Varchar(length=2, default="nl")
    created_at = Timestamptz()
    password_changed_at = Timestamptz(null=True, default=None)
    blocked_at = Timestamptz(null=True, default=None)


class Session(Table):
    """One device that is (half-way) signed in. Only the hash of its secret is kept, and each step up
    makes a new secret (ASVS 7.2.4)."""

    id = UUID(primary_key=True, default=new_id)
    token_hash = Bytea(unique=True)
    account = ForeignKey(Account, null=True, default=None)
    """None while level is `invited`."""
    level = Varchar(length=16)
    """`invited` (an invitation was proven), `password` (second factor still to come), or `full`."""
    invitation: Any = ForeignKey(
        LazyTableReference("Invitation", module_path="backend.invitations.tables"), null=True, default=None
    )
    """The invitation in hand, to register with or to link after signing in."""
    employment: Any = ForeignKey(
        LazyTableReference("Employment", module_path="backend.organisations.tables"), null=True, default=None
    )
    """The job chosen at the top of the page, when there are several."""
    remember = Boolean(default=False)
    agent = Varchar(length=120)
    """A readable name of browser and system, such as "Chrome op Android"."""
    created_at = Timestamptz()
    seen_at = Timestamptz()
    expires_at = Timestamptz()
    confirmed_at = Timestamptz(null=True, default=None)
    """When the person last confirmed with the password, for sensitive pages."""
    ended_at = Timestamptz(null=True, default=None)
    pending = Bytea(null=True, default=None)
    """Encrypted JSON of a ceremony under way: a WebAuthn challenge, a phone number being proven, a
    recovery code not yet put away."""


class PasswordReset(Table):
    """A mailed link to choose a password. The second factor is still asked; who has none yet gives the birth
    date, where it is known."""

    id = UUID(primary_key=True, default=new_id)
    account = ForeignKey(Account, null=False)
    token_hash = Bytea(unique=True)
    created_at = Timestamptz()
    expires_at = Timestamptz()
    wrong_tries = SmallInt(default=0)
    """Birth dates that did not match; five kill the link."""
    used_at = Timestamptz(null=True, default=None)

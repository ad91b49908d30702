"""The dossier of one chain of absence, and everything on its timeline."""

from __future__ import annotations

from piccolo.columns import JSONB, UUID, BigInt, Bytea, Date, ForeignKey, Text, Timestamptz, Varchar
from piccolo.table import Table

from backend.accounts.tables import Account
from backend.foundation.tokens import new_id
from backend.organisations.tables import Employment, RoleHolder


class Dossier(Table):
    """The file of one chain of absence: spells less than 28 days apart (BW 7:629(10))."""

    id = UUID(primary_key=True, default=new_id)
    employment = ForeignKey(Employment, null=False)
    opened_on = Date(null=False)
    """The first sick day of its first spell."""
    opened_at = Timestamptz()
    closed_on = Date(null=True, default=None)
    """The last recovery date, or the day its only report was taken back; None while it runs."""


class Entry(Table):
    """One line on the timeline. Once published it is never erased; the employee sees every one.

    `kind`: report, recovery, partial_recovery, withdrawal, note, document, action, change, advice,
    problem_analysis."""

    id = UUID(primary_key=True, default=new_id)
    dossier = ForeignKey(Dossier, null=False)
    kind = Varchar(length=20)
    published_at = Timestamptz()
    author = ForeignKey(Account, null=True, default=None)
    author_name = Varchar(length=200)
    author_role = Varchar(length=32)
    audience = Varchar(length=12, default="shared")
    """`shared`: employer side too; `medical`: the employee and the medical side only."""
    title = Varchar(length=200)
    """What a person wrote; empty where facts speak (see facts)."""
    body = Text(default="")
    facts = JSONB(default="{}")
    """What happened, for kinds that the reader's language words itself (dates, hours)."""
    corrected_at = Timestamptz(null=True, default=None)
    """When its writer last corrected it; how it read before is in Correction."""


class Document(Table):
    """A file on the timeline. Its content is encrypted in the file store under its own key."""

    entry = ForeignKey(Entry, primary_key=True, null=False)
    filename = Varchar(length=200)
    content_type = Varchar(length=100)
    size = BigInt()
    """Bytes of the readable content."""
    stored_as = Varchar(length=200)
    """Path in the file store."""
    key = Bytea()
    """The file's own key, encrypted with ours."""


class Action(Table):
    """Something one person will do by a day (actie), such as the manager calling."""

    entry = ForeignKey(Entry, primary_key=True, null=False)
    assignee = ForeignKey(RoleHolder, null=True, default=None)
    assignee_role = Varchar(length=32)
    due_on = Date(null=False)
    done_at = Timestamptz(null=True, default=None)
    done_by = ForeignKey(Account, null=True, default=None)
    cancelled_at = Timestamptz(null=True, default=None)
    """Not needed after all, or taken back; never together with `done_at`."""
    cancelled_by = ForeignKey(Account, null=True, default=None)
    """Who said that it is not needed; nobody when the law asks it no more."""
    withdrawn_by = ForeignKey(Account, null=True, default=None)
    """Who took it back: who asked for it, or the case manager."""
    term = Varchar(length=40, null=True, default=None)
    """Which term of the legal calendar it is, if any."""
    reason = Text(null=True, default=None)
    """Why it was put off or is not needed (Regeling procesgang, art. 5, for a term)."""
    word = Text(null=True, default=None)
    """What was said when it was done."""
    postponed_from = Date(null=True, default=None)
    """The day it was first due, once it was put off."""


class Draft(Table):
    """What somebody is still writing in a dossier; nobody else sees it."""

    id = UUID(primary_key=True, default=new_id)
    dossier = ForeignKey(Dossier, null=False)
    author = ForeignKey(Account, null=False)
    kind = Varchar(length=20)
    title = Varchar(length=200)
    body = Text(default="")
    audience = Varchar(length=12, default="shared")
    fields = JSONB(default="{}")
    """What only this kind of entry asks: the kind of note, the parts of an advice."""
    updated_at = Timestamptz()


class Correction(Table):
    """How an entry read before it was corrected: a published text changes, but is never gone."""

    id = UUID(primary_key=True, default=new_id)
    entry = ForeignKey(Entry, null=False)
    title = Varchar(length=200)
    """The earlier title and text."""
    body = Text(default="")
    facts = JSONB(default="{}")
    """The earlier ones, of which an advice consists."""
    corrected_at = Timestamptz()
    corrected_by = ForeignKey(Account, null=False)


class DossierSeen(Table):
    """Up to when a person has seen a dossier's timeline, so that what is newer can be marked."""

    id = UUID(primary_key=True, default=new_id)
    account = ForeignKey(Account, null=False)
    dossier = ForeignKey(Dossier, null=False)
    seen_at = Timestamptz()

"""What the legal calendar remembers.

A report of flu must not put twelve legal duties on the timeline of somebody with a fever. So the steps to
come are planned here, out of sight; only when one opens does it become an action on the timeline, and from
then on the action says how it went. Most absences end before the first one opens.
"""

from __future__ import annotations

from typing import Any

from piccolo.columns import (
    UUID,
    BigSerial,
    Boolean,
    Date,
    ForeignKey,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from backend.accounts.tables import Account
from backend.dossier.tables import Dossier
from backend.foundation.tokens import new_id
from backend.organisations.tables import Employer, RoleHolder
from backend.sickleave.tables import Spell


class ProtocolStep(Table):
    """A step that an employer adds to the calendar itself (verzuimprotocol)."""

    id = UUID(primary_key=True, default=new_id)
    employer = ForeignKey(Employer, null=False)
    title = Varchar(length=120)
    """In the employer's own words."""
    assignee_role = Varchar(length=32)
    days_after = SmallInt(default=0)
    """Days after the first sick day, or after the report when that came later."""
    at_report: Any = SmallInt(null=True, default=None)
    """Only at this report in twelve months, such as the third; None: at every one."""
    since = Date(null=False)
    """For reports from this day on."""
    ended_on = Date(null=True, default=None)


class SwitchedOffTerm(Table):
    """A term of practice that an employer does without; a check keeps law out of it."""

    id = UUID(primary_key=True, default=new_id)
    employer = ForeignKey(Employer, null=False)
    term = Varchar(length=40)
    since = Timestamptz()
    by_account = ForeignKey(Account, null=False)


class Calendar(Table):
    """Says for which spells a dossier's steps were laid out, so that the worker sees what changed since."""

    dossier = ForeignKey(Dossier, primary_key=True, null=False)
    laid_out_for = Text()
    """The edition of the terms and the days of the spells; nothing: to be laid out anew."""
    is_open = Boolean()
    laid_out_at = Timestamptz()


class CalendarStep(Table):
    """One step of a dossier's calendar. Once it is on the timeline, its action knows its date and state."""

    id = UUID(primary_key=True, default=new_id)
    dossier = ForeignKey(Dossier, null=False)
    term = Varchar(length=40)
    """A name from terms.py, or `protocol`."""
    turn = SmallInt(default=0)
    spell: Any = ForeignKey(Spell, null=True, default=None)
    protocol_step: Any = ForeignKey(ProtocolStep, null=True, default=None)
    opens_on = Date(null=False)
    """From this day on it stands on the timeline."""
    due_on = Date(null=False)
    done_at = Timestamptz(null=True, default=None)
    """Done without ever standing on the timeline."""
    closed_at = Timestamptz(null=True, default=None)
    """Closed by a recovery; a relapse plans it again as a new step."""
    action: Any = UUID(null=True, default=None)
    """The entry of its action."""


class CalendarReminder(Table):
    """A reminder that was promised: one `before` and one on the `day`, for each date a step ever had."""

    id = BigSerial(primary_key=True)
    step = ForeignKey(CalendarStep, null=False)
    kind = Varchar(length=8)
    due_on = Date(null=False)
    reminded_at = Timestamptz()


class CalendarDigest(Table):
    """A weekly digest that was promised to a case manager."""

    id = BigSerial(primary_key=True)
    role_holder = ForeignKey(RoleHolder, null=False)
    monday = Date(null=False)
    promised_at = Timestamptz()

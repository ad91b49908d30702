"""Periods of absence and what was asked about them."""

from __future__ import annotations

from piccolo.columns import UUID, Boolean, Bytea, Date, ForeignKey, Numeric, Text, Timestamptz, Varchar
from piccolo.table import Table

from backend.accounts.tables import Account
from backend.dossier.tables import Dossier
from backend.foundation.tokens import new_id
from backend.organisations.tables import Employment


class Spell(Table):
    """One uninterrupted absence (periode ziek). At most one is open per employment (index spell_open).

    The answers are the only ones an employer may record at a sick report (BWBR0037896); None is not asked
    or not answered."""

    id = UUID(primary_key=True, default=new_id)
    employment = ForeignKey(Employment, null=False)
    dossier = ForeignKey(Dossier, null=False)
    first_sick_day = Date(null=False)
    worked_hours = Numeric(digits=(4, 2))
    """Hours worked on the first sick day, in quarters."""
    reported_at = Timestamptz()
    reported_by = ForeignKey(Account, null=False)
    recovered_on = Date(null=True, default=None)
    """The recovery date: the first day of full work, one after the last sick day."""
    recovery_reported_at = Timestamptz(null=True, default=None)
    recovery_reported_by = ForeignKey(Account, null=True, default=None)
    withdrawn_at = Timestamptz(null=True, default=None)
    """Taken back by the employee as a mistake, on the day of the report."""
    phone = Bytea(null=True, default=None)
    nursing_address = Bytea(null=True, default=None)
    expected_duration = Varchar(length=200, null=True, default=None)
    work_handover = Text(null=True, default=None)
    safety_net = Varchar(length=12, null=True, default=None)
    """`yes`, `no` or `rather_not`: whether one applies, never which."""
    work_accident = Boolean(null=True, default=None)
    third_party_accident = Boolean(null=True, default=None)


class PartialRecovery(Table):
    """Hours to work again from a day on, proposed by the employee or, once talked over, recorded by who
    manages or guides them; never a percentage (BWBR0037896). Of a spell, the latest counts."""

    id = UUID(primary_key=True, default=new_id)
    spell = ForeignKey(Spell, null=False)
    starts_on = Date(null=False)
    hours_a_week = Numeric(digits=(4, 2))
    explanation = Text(null=True, default=None)
    proposed_at = Timestamptz()
    proposed_by = ForeignKey(Account, null=False)
    confirmed_at = Timestamptz(null=True, default=None)
    confirmed_by = ForeignKey(Account, null=True, default=None)
    refused_at = Timestamptz(null=True, default=None)
    """The manager wants to talk first; it closes the proposal, and the employee may make another."""
    refused_by = ForeignKey(Account, null=True, default=None)
    refusal = Text(null=True, default=None)
    """A word for the employee."""
    recorded = Boolean(default=False)
    """Agreed by talking and written down, rather than proposed here; confirmed from the start."""

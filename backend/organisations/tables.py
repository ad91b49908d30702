"""The provider (arbodienst), the employers it serves, their branches, their people and who helps them."""

from __future__ import annotations

from typing import Any

from piccolo.columns import (
    UUID,
    Array,
    Boolean,
    Bytea,
    Date,
    ForeignKey,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from backend.accounts.tables import Account
from backend.foundation.clock import HOME_ZONE
from backend.foundation.tokens import new_id


class Provider(Table):
    """The arbodienst: serves employers, employs case managers and company doctors."""

    id = UUID(primary_key=True, default=new_id)
    name = Varchar(length=200)


class Employer(Table):
    """An organisation with people in its service. Days are days in its time zone."""

    id = UUID(primary_key=True, default=new_id)
    provider = ForeignKey(Provider, null=False)
    name = Varchar(length=200)
    time_zone = Varchar(length=64, default=HOME_ZONE)
    country = Varchar(length=2, default="NL")
    """Whose law holds (ISO 3166): only a Dutch employer has the Poortwachter calendar."""


class EmployerSettings(Table):
    """What an employer switches on, one row each. The questions are the only ones the privacy authority
    allows at a sick report (Autoriteit Persoonsgegevens, De zieke werknemer, chapter 4)."""

    employer = ForeignKey(Employer, primary_key=True, null=False)
    allowed_factors = Array(base_column=Varchar(), default=["sms", "authenticator", "security_key"])
    days_back = SmallInt(default=7)
    """How many days back a first sick day may lie."""
    days_ahead = SmallInt(default=7)
    """How many days ahead full recovery may be reported."""
    ask_phone = Boolean(default=True)
    ask_nursing_address = Boolean(default=True)
    ask_expected_duration = Boolean(default=True)
    ask_work_handover = Boolean(default=True)
    ask_safety_net = Boolean(default=True)
    ask_work_accident = Boolean(default=True)
    ask_third_party_accident = Boolean(default=True)
    show_manager = Boolean(default=True)
    show_case_manager = Boolean(default=True)
    show_dossier = Boolean(default=True)
    allow_partial_recovery = Boolean(default=True)
    reminder_days_before = SmallInt(default=3)
    """How many days before the last day of a step in the calendar somebody is reminded of it."""


class Branch(Table):
    """A vestiging of an employer."""

    id = UUID(primary_key=True, default=new_id)
    employer = ForeignKey(Employer, null=False)
    name = Varchar(length=200)


class RoleHolder(Table):
    """Somebody in a role: at an employer (manager, administrator) or the provider (case manager, doctor)."""

    id = UUID(primary_key=True, default=new_id)
    account: Any = ForeignKey(Account, null=True, default=None)
    provider = ForeignKey(Provider, null=True, default=None)
    employer = ForeignKey(Employer, null=True, default=None)
    branch = ForeignKey(Branch, null=True, default=None)
    role = Varchar(length=32)
    """One of backend.access.roles.Role."""
    name = Varchar(length=200)
    email = Varchar(length=254)
    phone = Bytea(null=True, default=None)
    """Encrypted, in international form (E.164)."""
    language = Varchar(length=2, default="nl")
    ended_on = Date(null=True, default=None)


class Employment(Table):
    """One person's job with one employer. A person with two jobs has two, under one account."""

    id = UUID(primary_key=True, default=new_id)
    account: Any = ForeignKey(Account, null=True, default=None)
    employer = ForeignKey(Employer, null=False)
    branch = ForeignKey(Branch, null=True, default=None)
    first_name = Varchar(length=100)
    last_name = Varchar(length=100)
    birth_date = Date(null=True, default=None)
    email = Varchar(length=254, null=True, default=None)
    """Where the invitation goes; compared without regard to case."""
    personnel_number = Varchar(length=40)
    job = Varchar(length=120)
    started_on = Date(null=True, default=None)
    left_on = Date(null=True, default=None)
    """First day no longer in service (uit dienst), or None."""
    manager = ForeignKey(RoleHolder, null=True, default=None)
    case_manager = ForeignKey(RoleHolder, null=True, default=None)
    name_key = Text(default="")
    """Last and first name as they are sought and ordered by (foundation/names.py). PostgreSQL keeps it."""
    absent_until = Date(null=True, default=None)
    """The recovery date of the last absence, 9999-01-01 while it is open. PostgreSQL keeps it."""


class MedicalDelegation(Table):
    """A case manager to whom the company doctor entrusts the strictly needed medical part at one employer,
    under derived secrecy (Autoriteit Persoonsgegevens, De zieke werknemer, chapter 6)."""

    id = UUID(primary_key=True, default=new_id)
    role_holder = ForeignKey(RoleHolder, null=False)
    employer = ForeignKey(Employer, null=False)
    since = Timestamptz()
    by_account = ForeignKey(Account, null=False)
    """Who set it."""

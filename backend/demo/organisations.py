"""Writes the provider, the two employers, and who works there."""

from __future__ import annotations

from datetime import date, timedelta

from backend.demo.people import (
    BAKERY,
    BRANCHES,
    CARE,
    CASE_MANAGERS,
    HOLDERS,
    PROVIDER,
    WORKERS,
    Holder,
    Worker,
    account_id,
    email_of,
    named_id,
)
from backend.foundation.encryption import keyring
from backend.organisations.tables import Branch, Employer, EmployerSettings, Employment, Provider, RoleHolder

SETTINGS = {
    BAKERY: EmployerSettings(employer=named_id("employer", BAKERY)),
    # A stricter house: no SMS, fewer questions, less time to report back.
    CARE: EmployerSettings(
        employer=named_id("employer", CARE), allowed_factors=["authenticator", "security_key"], days_back=3,
        days_ahead=3, ask_safety_net=False, ask_third_party_accident=False, ask_work_handover=False,
    ),
}  # fmt: skip
ZONES = {BAKERY: "Europe/Amsterdam", CARE: "Europe/Brussels"}
COUNTRIES = {BAKERY: "NL", CARE: "BE"}


async def write_organisations(today: date) -> None:
    """Everybody's place, with the accounts already there."""
    provider = named_id("provider", PROVIDER)
    await Provider.insert(Provider(id=provider, name=PROVIDER))
    for name, branches in BRANCHES.items():
        employer = named_id("employer", name)
        await Employer.insert(
            Employer(
                id=employer, provider=provider, name=name, time_zone=ZONES[name], country=COUNTRIES[name]
            )
        )
        await EmployerSettings.insert(SETTINGS[name])
        await Branch.insert(
            *(Branch(id=named_id("branch", branch), employer=employer, name=branch) for branch in branches)
        )
    await RoleHolder.insert(*(_holder(holder) for holder in HOLDERS))
    await Employment.insert(*(_employment(worker, number, today) for number, worker in enumerate(WORKERS, 1)))


def _holder(holder: Holder) -> RoleHolder:
    return RoleHolder(
        id=holder.id,
        account=account_id(holder.name),
        provider=None if holder.employer else named_id("provider", PROVIDER),
        employer=named_id("employer", holder.employer) if holder.employer else None,
        branch=named_id("branch", holder.branch) if holder.branch else None,
        role=holder.role,
        name=holder.name,
        email=email_of(holder.name),
        phone=keyring().encrypt(holder.phone, "role_holder.phone"),
    )


def _employment(worker: Worker, number: int, today: date) -> Employment:
    first, last = worker.name.split(" ", 1)
    holders = {holder.name: holder.id for holder in HOLDERS}
    return Employment(
        id=worker.id,
        account=account_id(worker.name) if worker.registered else None,
        employer=named_id("employer", worker.employer),
        branch=named_id("branch", worker.branch),
        first_name=first,
        last_name=last,
        birth_date=worker.birth_date,
        email=email_of(worker.name) if worker.has_email else None,
        personnel_number=f"{1000 + number}",
        job=worker.job,
        started_on=worker.started_on,
        left_on=today - timedelta(days=worker.left_days_ago) if worker.left_days_ago else None,
        manager=holders[worker.manager],
        case_manager=holders[CASE_MANAGERS[worker.employer]],
    )

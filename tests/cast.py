"""The named people of every test: two employers under one provider, so that crossing over is always tried."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from argon2 import PasswordHasher

from backend.access.person import Person
from backend.accounts.sessions import load_session, open_session, step_up
from backend.accounts.tables import Account
from backend.foundation.encryption import keyring
from backend.foundation.tokens import new_id
from backend.organisations.tables import Branch, Employer, EmployerSettings, Employment, Provider, RoleHolder

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
"""A Monday morning, ten o'clock in Amsterdam. Tests state their moments from here."""
PASSWORD = "een heel lang wachtwoord"


@dataclass(frozen=True)
class Member:
    """One person of the cast; `account` is None for who is only invited."""

    name: str
    email: str
    birth_date: date
    account: UUID | None
    employment: UUID | None
    employer: UUID | None


@dataclass(frozen=True)
class Cast:
    """Anna (manager Bram, case manager Carla) and Daan work at the bakery; Eva at the other employer; Fien
    works at both; Gijs is only invited, at the bakery; Bram is employee and manager at once."""

    provider: UUID
    bakery: UUID
    school: UUID
    anna: Member
    bram: Member
    daan: Member
    eva: Member
    fien: Member
    gijs: Member
    fien_at_school: UUID
    bram_as_manager: UUID
    carla: UUID
    wim: UUID
    """Manager at the school."""

    def members(self) -> dict[str, Member]:
        """Everyone who has an employment, by name."""
        return {name: getattr(self, name) for name in ("anna", "bram", "daan", "eva", "fien", "gijs")}


async def make_cast() -> Cast:
    """Writes the cast into an empty, migrated database."""
    password_hash = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1).hash(PASSWORD)
    provider, bakery, school = new_id(), new_id(), new_id()
    await Provider.insert(Provider(id=provider, name="ArboRust"))
    await Employer.insert(
        Employer(id=bakery, provider=provider, name="Bakkerij De Korenaar"),
        Employer(id=school, provider=provider, name="Basisschool De Linde"),
    )
    await EmployerSettings.insert(EmployerSettings(employer=bakery), EmployerSettings(employer=school))
    branch = new_id()
    await Branch.insert(Branch(id=branch, employer=bakery, name="Zwolle"))

    async def account(first: str, last: str) -> UUID:
        id = new_id()
        email = f"{first.lower()}@voorbeeld.example"
        await Account.insert(
            Account(
                id=id,
                username=email,
                email=email,
                first_name=first,
                last_name=last,
                password_hash=password_hash,
                created_at=NOW,
            )
        )
        return id

    bram_account = await account("Bram", "Bos")
    bram_as_manager, carla, wim = new_id(), new_id(), new_id()
    await RoleHolder.insert(
        RoleHolder(
            id=bram_as_manager,
            account=bram_account,
            employer=bakery,
            role="manager",
            name="Bram Bos",
            email="bram@voorbeeld.example",
            phone=keyring().encrypt("+31612345678", "role_holder.phone"),
        ),
        RoleHolder(
            id=carla,
            provider=provider,
            role="case_manager",
            name="Carla Claes",
            email="carla@arborust.example",
            phone=keyring().encrypt("+31381234567", "role_holder.phone"),
        ),
        RoleHolder(
            id=wim,
            employer=school,
            role="manager",
            name="Wim Wit",
            email="wim@linde.example",
            phone=keyring().encrypt("+31101234567", "role_holder.phone"),
        ),
    )

    async def employee(first: str, last: str, employer: UUID, account: UUID | None) -> Member:
        id = new_id()
        email = f"{first.lower()}@voorbeeld.example"
        birth_date = date(1990, 2, 1)
        await Employment.insert(
            Employment(
                id=id,
                account=account,
                employer=employer,
                branch=branch if employer == bakery else None,
                first_name=first,
                last_name=last,
                birth_date=birth_date,
                email=email,
                personnel_number=first[:3].upper(),
                job="bakker" if employer == bakery else "juf",
                started_on=date(2020, 1, 1),
                manager=bram_as_manager if employer == bakery else wim,
                case_manager=carla,
            )
        )
        return Member(f"{first} {last}", email, birth_date, account, id, employer)

    fien = await account("Fien", "Flier")
    fien_at_school = await employee("Fien", "Flier", school, fien)
    assert fien_at_school.employment
    return Cast(
        provider=provider,
        bakery=bakery,
        school=school,
        anna=await employee("Anna", "Aalbers", bakery, await account("Anna", "Aalbers")),
        bram=await employee("Bram", "Bos", bakery, bram_account),
        daan=await employee("Daan", "Dekker", bakery, await account("Daan", "Dekker")),
        eva=await employee("Eva", "Evers", school, await account("Eva", "Evers")),
        fien=await employee("Fien", "Flier", bakery, fien),
        gijs=await employee("Gijs", "Gort", bakery, None),
        fien_at_school=fien_at_school.employment,
        bram_as_manager=bram_as_manager,
        carla=carla,
        wim=wim,
    )


async def session_of(member: Member, *, now: datetime, level: str = "full", confirmed: bool = False) -> str:
    """The cookie's secret of a new session at that level."""
    assert member.account
    token = await open_session("password", now=now, agent="Chrome, Android", account=member.account)
    if level == "password":
        return token
    session = await load_session(token, now=now)
    assert session
    return await step_up(session.id, level, now=now, confirmed=confirmed)


async def person_of(member: Member, *, now: datetime = NOW) -> Person:
    """The person as pages would have them, fully signed in."""
    session = await load_session(await session_of(member, now=now), now=now)
    assert session and session.person
    return session.person

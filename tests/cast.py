"""The named people of every test: two employers under one provider and a third under another, so that
crossing over is always tried."""

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
    works at both; Gijs is only invited, at the bakery; Bram is employee and manager at once.

    Ilse works at the bakery's other branch, under Hanna. Dirk is the doctor of both employers, Ada the
    bakery's administrator. Kees works at the garage, which another provider serves: manager Karin, case
    manager Lars, doctor Lena. Whoever has a role only has no employment."""

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
    garage: UUID
    ilse: Member
    kees: Member
    hanna_as_manager: UUID
    dirk_as_doctor: UUID
    helpers: dict[str, Member]
    """Who has a role only, by first name: carla, wim, hanna, dirk, ada, karin, lars, lena."""

    def members(self) -> dict[str, Member]:
        """Everyone who has an employment, by name."""
        names = ("anna", "bram", "daan", "eva", "fien", "gijs", "ilse", "kees")
        return {name: getattr(self, name) for name in names}

    def everyone(self) -> dict[str, Member]:
        """All who can sign in, by name."""
        found = self.members() | self.helpers
        return {name: member for name, member in found.items() if member.account}


async def make_cast() -> Cast:
    """Writes the cast into an empty, migrated database."""
    password_hash = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1).hash(PASSWORD)
    provider, other_provider = new_id(), new_id()
    bakery, school, garage = new_id(), new_id(), new_id()
    await Provider.insert(
        Provider(id=provider, name="ArboRust"), Provider(id=other_provider, name="ArboAnders")
    )
    await Employer.insert(
        Employer(id=bakery, provider=provider, name="Bakkerij De Korenaar"),
        Employer(id=school, provider=provider, name="Basisschool De Linde"),
        Employer(id=garage, provider=other_provider, name="Garage De Bout"),
    )
    await EmployerSettings.insert(*(EmployerSettings(employer=one) for one in (bakery, school, garage)))
    branch, other_branch = new_id(), new_id()
    await Branch.insert(
        Branch(id=branch, employer=bakery, name="Zwolle"),
        Branch(id=other_branch, employer=bakery, name="Deventer"),
    )

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
    helpers: dict[str, Member] = {}

    async def helper(name: str, role: str, phone: str, **place: UUID) -> UUID:
        first, last = name.split(" ")
        id, made = new_id(), await account(first, last)
        site = "arborust" if "provider" in place else "linde" if first == "Wim" else "voorbeeld"
        email = f"{first.lower()}@{site}.example"
        helpers[first.lower()] = Member(name, email, date(1980, 1, 1), made, None, None)
        sealed = keyring().encrypt(phone, "role_holder.phone")
        await RoleHolder.insert(
            RoleHolder(id=id, account=made, role=role, name=name, email=email, phone=sealed, **place)
        )
        return id

    carla = await helper("Carla Claes", "case_manager", "+31381234567", provider=provider)
    wim = await helper("Wim Wit", "manager", "+31101234567", employer=school)
    hanna = await helper("Hanna Hulst", "manager", "+31570123456", employer=bakery, branch=other_branch)
    dirk = await helper("Dirk Dirks", "company_doctor", "+31382345678", provider=provider)
    await helper("Ada Adams", "administrator", "+31383456789", employer=bakery)
    karin = await helper("Karin Kok", "manager", "+31201234567", employer=garage)
    lars = await helper("Lars Lam", "case_manager", "+31202345678", provider=other_provider)
    await helper("Lena Loos", "company_doctor", "+31203456789", provider=other_provider)
    bram_as_manager = new_id()
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
    )

    managers = {bakery: bram_as_manager, school: wim, garage: karin}

    async def employee(first: str, last: str, employer: UUID, account: UUID | None, **other: UUID) -> Member:
        id = new_id()
        email = f"{first.lower()}@voorbeeld.example"
        birth_date = date(1990, 2, 1)
        place = {
            "branch": branch if employer == bakery else None,
            "manager": managers[employer],
            "case_manager": lars if employer == garage else carla,
        } | other
        await Employment.insert(
            Employment(
                id=id,
                account=account,
                employer=employer,
                first_name=first,
                last_name=last,
                birth_date=birth_date,
                email=email,
                personnel_number=first[:3].upper(),
                job={bakery: "bakker", school: "juf", garage: "monteur"}[employer],
                started_on=date(2020, 1, 1),
                **place,
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
        garage=garage,
        ilse=await employee(
            "Ilse", "IJzer", bakery, await account("Ilse", "IJzer"), manager=hanna, branch=other_branch
        ),
        kees=await employee("Kees", "Klein", garage, await account("Kees", "Klein")),
        hanna_as_manager=hanna,
        dirk_as_doctor=dirk,
        helpers=helpers,
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

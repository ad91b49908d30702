"""A provider with its employers and people, out of one TOML file: how an installation begins, until
administrators have screens for it. What is there already is left as it is, so that a file may grow."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import asyncpg
from piccolo.columns.combination import WhereRaw
from piccolo.table import Table

from backend.access.roles import Role
from backend.foundation.clock import HOME_ZONE
from backend.foundation.database import execute, transaction
from backend.foundation.encryption import keyring
from backend.foundation.phones import read_phone
from backend.organisations.begin_file import (
    EMPLOYEE,
    EMPLOYER,
    FILE,
    HOLDER,
    Unreadable,
    Words,
    address,
    country,
    day,
    known,
    several,
    text,
)
from backend.organisations.tables import Employer, EmployerSettings, Employment, Provider, RoleHolder

AT_PROVIDER = {"case_managers": Role.CASE_MANAGER, "company_doctors": Role.COMPANY_DOCTOR}
AT_EMPLOYER = {"managers": Role.MANAGER, "administrators": Role.ADMINISTRATOR}
Helpers = Mapping[tuple[Role, str], UUID]
"""By role and by e-mail address in small letters: one person may be manager and administrator."""


async def set_up(written: str) -> Counter[str]:
    """Writes all of it or nothing; returns how many of each table were new. Raises Unreadable."""
    made: Counter[str] = Counter()
    try:
        async with transaction():
            await execute("LOCK TABLE provider IN SHARE ROW EXCLUSIVE MODE")  # one file at a time
            await _provider(known(tomllib.loads(written.removeprefix("\ufeff")), FILE), made)
    except (ValueError, asyncpg.DataError) as error:
        raise Unreadable(str(error)) from error
    return made


async def _provider(file: Words, made: Counter[str]) -> None:
    name = text(file, "provider")
    provider = await _once(Provider.name == name, Provider(name=name), made)
    helpers = await _holders(file, AT_PROVIDER, made, provider=provider)
    for one in several(file, "employers"):
        await _employer(known(one, EMPLOYER), provider, helpers, made)


async def _employer(one: Words, provider: UUID, helpers: Helpers, made: Counter[str]) -> None:
    name, zone = text(one, "name"), text({"time_zone": HOME_ZONE, **one}, "time_zone")
    row = Employer(provider=provider, name=name, time_zone=zone, country=country(one))
    employer = await _once((Employer.name == name) & (Employer.provider == provider), row, made)
    if not await EmployerSettings.exists().where(EmployerSettings.employer == employer):
        await EmployerSettings.insert(EmployerSettings(employer=employer))
    theirs = await _holders(one, AT_EMPLOYER, made, employer=employer)
    for person in several(one, "employees"):
        await _employee(known(person, EMPLOYEE), employer, {**helpers, **theirs}, made)


async def _holders(words: Words, roles: Mapping[str, Role], made: Counter[str], **place: Any) -> Helpers:
    found = {}
    ((column, id),) = place.items()
    for plural, role in roles.items():
        for one in several(words, plural):
            name, email = text(known(one, HOLDER), "name"), address(one)
            phone = (
                keyring().encrypt(read_phone(text(one, "phone")), "role_holder.phone")
                if "phone" in one
                else None
            )
            row = RoleHolder(role=role, name=name, email=email, phone=phone, **place)
            same = _like("email", email) & (RoleHolder.role == role)
            there = getattr(RoleHolder, column) == id
            found[role, email.lower()] = await _once(same & there, row, made)
    return found


async def _employee(one: Words, employer: UUID, helpers: Helpers, made: Counter[str]) -> None:
    first_name, email, birth_date = text(one, "first_name"), address(one), day(one, "birth_date")
    if birth_date is None:
        raise Unreadable("'birth_date' is missing")
    row = Employment(
        employer=employer, first_name=first_name, last_name=text(one, "last_name"), email=email,
        birth_date=birth_date, personnel_number=str(one.get("personnel_number", "")),
        job=one.get("job", ""), started_on=day(one, "started_on"),
        manager=_helper(one, "manager", Role.MANAGER, helpers),
        case_manager=_helper(one, "case_manager", Role.CASE_MANAGER, helpers),
    )  # fmt: skip
    same = _like("email", email) & _like("first_name", first_name)
    await _once(same & (Employment.employer == employer), row, made)


def _helper(one: Words, name: str, role: Role, helpers: Helpers) -> UUID | None:
    if name not in one:
        return None
    email = text(one, name)
    if (role, email.lower()) not in helpers:
        raise Unreadable(f"{name!r} names {email!r}, who is no {role.replace('_', ' ')} in this file")
    return helpers[role, email.lower()]


def _like(column: str, value: str) -> Any:
    """The same word, whatever its capitals."""
    return WhereRaw(f"lower({column}) = lower({{}})", value)


async def _once(where: Any, row: Table, made: Counter[str]) -> UUID:
    """The id of what is there, or of the new row."""
    table = type(row)
    there = await table.select("id").where(where).first()
    if there:
        return UUID(str(there["id"]))
    await table.insert(row)
    made[table._meta.tablename] += 1
    return UUID(str(row.id))  # type: ignore[attr-defined]

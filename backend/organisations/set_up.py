"""A provider with its employers and people, out of one TOML file: how an installation begins, until
administrators have screens for it. What is there already is left as it is, so that a file may grow."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import asyncpg
from piccolo.table import Table

from backend.access.roles import Role
from backend.foundation.clock import HOME_ZONE
from backend.foundation.database import transaction
from backend.foundation.encryption import keyring
from backend.foundation.phones import read_phone
from backend.organisations.tables import Employer, EmployerSettings, Employment, Provider, RoleHolder

AT_PROVIDER = {"case_managers": Role.CASE_MANAGER, "company_doctors": Role.COMPANY_DOCTOR}
AT_EMPLOYER = {"managers": Role.MANAGER, "administrators": Role.ADMINISTRATOR}
Words = Mapping[str, Any]


class Unreadable(Exception):
    """The file says something that cannot be; one line that says what."""


async def set_up(text: str) -> Counter[str]:
    """Writes all of it or nothing; returns how many of each table were new. Raises Unreadable."""
    made: Counter[str] = Counter()
    try:
        async with transaction():
            await _provider(tomllib.loads(text), made)
    except KeyError as error:
        raise Unreadable(f"{error.args[0]!r} is missing, or names nobody in this file") from error
    except (ValueError, TypeError, AttributeError, asyncpg.DataError) as error:
        raise Unreadable(str(error)) from error
    return made


async def _provider(file: Words, made: Counter[str]) -> None:
    name = file["provider"]
    provider = await _once(Provider.name == name, Provider(name=name), made)
    known = await _holders(file, AT_PROVIDER, made, provider=provider)
    for one in file.get("employers", []):
        where = (Employer.name == one["name"]) & (Employer.provider == provider)
        zone, country = one.get("time_zone", HOME_ZONE), one.get("country", "NL")
        row = Employer(provider=provider, name=one["name"], time_zone=zone, country=country)
        employer = await _once(where, row, made)
        if not await EmployerSettings.exists().where(EmployerSettings.employer == employer):
            await EmployerSettings.insert(EmployerSettings(employer=employer))
        helpers = known | await _holders(one, AT_EMPLOYER, made, employer=employer)
        for person in one.get("employees", []):
            await _employee(person, employer, helpers, made)


async def _holders(
    words: Words, roles: Mapping[str, Role], made: Counter[str], **place: Any
) -> dict[str, UUID]:
    """Their ids by e-mail address."""
    found = {}
    ((column, id),) = place.items()
    for plural, role in roles.items():
        for one in words.get(plural, []):
            phone = (
                keyring().encrypt(read_phone(one["phone"]), "role_holder.phone") if "phone" in one else None
            )
            row = RoleHolder(role=role, name=one["name"], email=one["email"], phone=phone, **place)
            same = (RoleHolder.email == one["email"]) & (RoleHolder.role == role)
            there = getattr(RoleHolder, column) == id
            found[one["email"]] = await _once(same & there, row, made)
    return found


async def _employee(one: Words, employer: UUID, helpers: Mapping[str, UUID], made: Counter[str]) -> None:
    manager = helpers[one["manager"]] if "manager" in one else None
    case_manager = helpers[one["case_manager"]] if "case_manager" in one else None
    row = Employment(
        employer=employer, first_name=one["first_name"], last_name=one["last_name"], email=one["email"],
        birth_date=one["birth_date"], personnel_number=one.get("personnel_number", ""),
        job=one.get("job", ""), started_on=one.get("started_on"), manager=manager, case_manager=case_manager,
    )  # fmt: skip
    same = (Employment.email == one["email"]) & (Employment.first_name == one["first_name"])
    await _once(same & (Employment.employer == employer), row, made)


async def _once(where: Any, row: Table, made: Counter[str]) -> UUID:
    """The id of what is there, or of the new row."""
    table = type(row)
    there = await table.select("id").where(where).first()
    if there:
        return UUID(str(there["id"]))
    await table.insert(row)
    made[table._meta.tablename] += 1
    return UUID(str(row.id))  # type: ignore[attr-defined]

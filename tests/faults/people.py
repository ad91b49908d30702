"""Enough employees to be ill at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from backend.accounts.tables import Account
from backend.foundation import clock
from backend.foundation.tokens import new_id
from backend.organisations.tables import EmployerSettings, Employment
from tests.cast import Cast, Member, session_of

FAR_BACK = 3650
"""Days: so that each of somebody's spells has days of its own, by which it is known again."""


@dataclass(frozen=True)
class Employee:
    """Somebody of the bakery, signed in on a phone; `secret` is in the phone's cookie."""

    account: UUID
    employment: UUID
    email: str
    secret: str


async def hire(cast: Cast, count: int) -> list[Member]:
    """People of the bakery who may report far back."""
    await EmployerSettings.update({EmployerSettings.days_back: FAR_BACK}).where(
        EmployerSettings.employer == cast.bakery
    )
    people = [
        Member(f"Piet {n}", f"piet{n}@voorbeeld.example", date(1990, 2, 1), new_id(), new_id(), cast.bakery)
        for n in range(count)
    ]
    await Account.insert(
        *(
            Account(
                id=one.account, username=one.email, email=one.email, first_name="Piet",
                last_name=one.name[5:], password_hash="", created_at=clock.now(),
            )
            for one in people
        )
    )  # fmt: skip
    await Employment.insert(
        *(
            Employment(
                id=one.employment, account=one.account, employer=cast.bakery, first_name="Piet",
                last_name=one.name[5:], birth_date=one.birth_date, email=one.email, personnel_number=one.name,
                job="bakker", started_on=date(2010, 1, 1), manager=cast.bram_as_manager,
                case_manager=cast.carla,
            )
            for one in people
        )
    )  # fmt: skip
    return people


async def sign_in(people: list[Member]) -> list[Employee]:
    """Each on one device, fully."""
    found = []
    for one in people:
        assert one.account and one.employment
        secret = await session_of(one, now=clock.now())
        found.append(Employee(one.account, one.employment, one.email, secret))
    return found

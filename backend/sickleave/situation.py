"""How somebody's job stands: their employer's settings, who helps them, and their latest spell.

One statement, because the dashboard, every form and every verb begin with it. It is asked by the employee, or
by a manager or case manager who reports for them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from backend.access import scopes
from backend.access.person import Job, Person
from backend.access.roles import Role
from backend.access.whose import Whose
from backend.dossier.waiting import WAITING, Waiting, waiting
from backend.foundation.clock import day_in
from backend.foundation.database import fetch_one
from backend.foundation.encryption import keyring
from backend.foundation.refusal import NotFound
from backend.sickleave.answers import QUESTIONS

PHONE_FIELD = "role_holder.phone"
REPORTERS = (Role.MANAGER, Role.CASE_MANAGER)
"""Who may report for somebody else: people phone in sick."""


@dataclass(frozen=True, slots=True)
class LastSpell:
    """The latest spell that was not taken back; open while `recovered_on` is None."""

    id: UUID
    dossier: UUID
    first_sick_day: date
    reported_at: datetime
    recovered_on: date | None
    recovery_reported_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Helper:
    """The manager or case manager of an employee."""

    id: UUID
    role: Role
    name: str
    email: str
    sealed_phone: bytes | None
    account: UUID | None

    @property
    def phone(self) -> str | None:
        """In international form (E.164)."""
        return keyring().decrypt(self.sealed_phone, PHONE_FIELD) if self.sealed_phone else None


@dataclass(frozen=True, slots=True)
class Situation:
    """What rules and pages need to know of one job, on one day of the employer's."""

    job: Job
    today: date
    started_on: date | None
    left_on: date | None
    days_back: int
    days_ahead: int
    asked: tuple[str, ...]
    show_manager: bool
    show_case_manager: bool
    show_dossier: bool
    allow_partial_recovery: bool
    last: LastSpell | None
    manager: Helper | None
    case_manager: Helper | None
    role: Role = Role.EMPLOYEE
    """In which role the one who asks stands towards it."""
    first_name: str = ""
    last_name: str = ""
    account: UUID | None = None
    """The employee's, when there is one."""
    waiting: tuple[Waiting, ...] = ()
    """What the employee has to do; only where that was asked for."""

    @property
    def own(self) -> bool:
        """Whether the employee asks, rather than somebody for them."""
        return self.role == Role.EMPLOYEE

    @property
    def sick(self) -> bool:
        return self.last is not None and self.last.recovered_on is None

    @property
    def away(self) -> bool:
        """Sick, or not back before a day to come."""
        last = self.last
        return last is not None and (last.recovered_on is None or last.recovered_on > self.today)

    @property
    def left(self) -> bool:
        """Whether the employee works here no more."""
        return self.left_on is not None and self.left_on <= self.today

    @property
    def may_propose_hours(self) -> bool:
        """Whether hours to work again may be proposed here."""
        return self.sick and self.allow_partial_recovery and not self.left

    @property
    def name(self) -> str:
        """The employee's whole name."""
        return f"{self.first_name} {self.last_name}"

    @property
    def helpers(self) -> list[Helper]:
        return [helper for helper in (self.manager, self.case_manager) if helper is not None]

    @property
    def may_withdraw(self) -> bool:
        """Whether the open report may still be taken back: only on the day it was made."""
        if self.last is None or self.last.recovered_on is not None:
            return False
        return day_in(self.job.time_zone, self.last.reported_at) == self.today

    @property
    def may_withdraw_recovery(self) -> bool:
        """Whether it may still be taken back that the last spell ended: on the day that was said, and as long
        as the day itself has not come."""
        last = self.last
        if last is None or last.recovered_on is None or last.recovery_reported_at is None or self.left:
            return False
        return last.recovered_on > self.today or (
            day_in(self.job.time_zone, last.recovery_reported_at) == self.today
        )


ASKS = ", ".join(f"s.ask_{question}" for question in QUESTIONS)

SITUATION = f"""
SELECT {{waiting}}e.employer, o.name AS employer_name, e.job, o.time_zone, o.provider, e.first_name,
       e.last_name, e.account, e.started_on, e.left_on, s.days_back, s.days_ahead, ARRAY[{ASKS}] AS asks,
       s.show_manager, s.show_case_manager, s.show_dossier, s.allow_partial_recovery,
       l.id AS spell, l.dossier, l.first_sick_day, l.reported_at, l.recovered_on,
       l.recovery_reported_at,
       m.id AS manager, m.name AS manager_name, m.email AS manager_email, m.phone AS manager_phone,
       m.account AS manager_account,
       c.id AS case_manager, c.name AS case_manager_name, c.email AS case_manager_email,
       c.phone AS case_manager_phone, c.account AS case_manager_account
FROM employment e
JOIN employer o ON o.id = e.employer
JOIN employer_settings s ON s.employer = e.employer
CROSS JOIN LATERAL (SELECT ($3::timestamptz AT TIME ZONE o.time_zone)::date AS today) t
LEFT JOIN role_holder m ON m.id = e.manager AND (m.ended_on IS NULL OR m.ended_on > t.today)
LEFT JOIN role_holder c ON c.id = e.case_manager AND (c.ended_on IS NULL OR c.ended_on > t.today)
LEFT JOIN LATERAL (
    SELECT id, dossier, first_sick_day, reported_at, recovered_on, recovery_reported_at FROM spell
    WHERE employment = e.id AND withdrawn_at IS NULL
    ORDER BY recovered_on DESC NULLS FIRST, first_sick_day DESC LIMIT 1
) l ON true
WHERE e.id = $1 AND """
NOT_ASKED, ASKED_TOO = "", f"{WAITING}, "
OWN = "e.account = $2"
FOR_ANOTHER = """e.account IS DISTINCT FROM $2
AND EXISTS (SELECT FROM employment m WHERE m.id = e.id AND {scope})"""


def job_of(person: Person, employment: UUID | None) -> Job:
    """The person's own job of that id; the chosen one without. Raises NotFound."""
    for job in person.employments:
        if job.id == employment or (employment is None and job == person.employment):
            return job
    raise NotFound


async def situation_of(
    person: Person, employment: UUID | None = None, *, now: datetime, ask_waiting: bool = False
) -> Situation:
    """How that job of the person's stands; the chosen one without. With `ask_waiting` also what they have to
    do, in any job. Raises NotFound."""
    job = job_of(person, employment)
    sql = SITUATION.format(waiting=ASKED_TOO if ask_waiting else NOT_ASKED) + OWN
    row = await fetch_one(sql, job.id, person.account_id, now)
    found = _situation(person, row, job, now)
    return replace(found, waiting=waiting(row["waiting"], found.today)) if row and ask_waiting else found


async def situation_for(person: Person, employment: UUID, *, now: datetime) -> Situation:
    """How the job of somebody else stands, for whom the person may report. Raises NotFound."""
    scope = scopes.helped(person, after=3, roles=REPORTERS)
    condition = FOR_ANOTHER.format(scope=scope.sql)
    row = await fetch_one(
        SITUATION.format(waiting=NOT_ASKED) + condition, employment, person.account_id, now, *scope.args
    )
    if row is None:
        raise NotFound
    names = ("employer", "employer_name", "job", "time_zone", "left_on")
    return _situation(person, row, Job(employment, *(row[name] for name in names)), now)


def _situation(person: Person, row: Any, job: Job, now: datetime) -> Situation:
    if row is None:
        raise NotFound
    whose = Whose(job.id, row["account"], row["manager"], row["case_manager"], row["provider"])
    return Situation(
        job=job,
        today=day_in(job.time_zone, now),
        started_on=row["started_on"],
        left_on=row["left_on"],
        days_back=row["days_back"],
        days_ahead=row["days_ahead"],
        asked=tuple(name for name, asked in zip(QUESTIONS, row["asks"], strict=True) if asked),
        show_manager=row["show_manager"],
        show_case_manager=row["show_case_manager"],
        show_dossier=row["show_dossier"],
        allow_partial_recovery=row["allow_partial_recovery"],
        last=_last(row),
        manager=_helper(row, Role.MANAGER),
        case_manager=_helper(row, Role.CASE_MANAGER),
        role=whose.seen_by(person) or Role.EMPLOYEE,
        first_name=row["first_name"],
        last_name=row["last_name"],
        account=row["account"],
    )


def _last(row: Any) -> LastSpell | None:
    if row["spell"] is None:
        return None
    return LastSpell(
        row["spell"],
        row["dossier"],
        row["first_sick_day"],
        row["reported_at"],
        row["recovered_on"],
        row["recovery_reported_at"],
    )


def _helper(row: Any, role: Role) -> Helper | None:
    if row[role] is None:
        return None
    name, email, phone, account = (row[f"{role}_{part}"] for part in ("name", "email", "phone", "account"))
    return Helper(row[role], role, name, email, phone, account)

"""The actions that are a person's own to do, over all dossiers in their scope."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from backend.access import scopes
from backend.access.person import Person
from backend.access.roles import Role
from backend.access.scopes import Scope
from backend.access.whose import COLUMNS, Whose
from backend.dossier.wording import titled
from backend.foundation.clock import day_in
from backend.foundation.database import fetch, fetch_one
from backend.foundation.refusal import NotFound

PAGE = 50

ACTIONS = f"""
SELECT e.id, e.dossier, e.title, e.body, e.facts, e.audience, e.author, a.assignee_role, a.assignee, a.term,
       a.due_on, a.postponed_from, a.reason, a.done_at,
       a.cancelled_at, a.withdrawn_by, m.first_name || ' ' || m.last_name AS employee_name,
       o.name AS employer_name, o.time_zone, {COLUMNS}
FROM employment m
JOIN employer o ON o.id = m.employer
JOIN dossier d ON d.employment = m.id
JOIN entry e ON e.dossier = d.id AND e.kind = 'action'
JOIN action a ON a.entry = e.id
WHERE {{mine}} AND {{scope}}
"""


@dataclass(frozen=True, slots=True)
class OwnAction:
    """Something to do, by a day at the employer."""

    id: UUID
    dossier: UUID
    title: str
    text: str
    unworded: str
    """The title before it was put in the reader's language."""
    audience: str
    due_on: date
    postponed_from: date | None
    reason: str | None
    is_open: bool
    is_withdrawn: bool
    employee_name: str
    employer_name: str
    today: date
    whose: Whose
    author: UUID | None
    """Who asked for it; nobody for a step of the law."""
    role: str
    assignee: UUID | None
    term: str | None
    """Which step of the legal calendar it is, if any."""

    @property
    def is_late(self) -> bool:
        return self.due_on < self.today

    @property
    def may_depart(self) -> bool:
        """Whether who does it may put it off, or say that it is not needed: of what the law asks of the
        employee, they may not (change_step.py)."""
        return self.term is None or self.role != Role.EMPLOYEE


async def own_actions(person: Person, *, now: datetime, page: int = 1) -> tuple[list[OwnAction], bool]:
    """What is open, the longest late first, and whether there is more."""
    mine, scope = _scope(person, after=2)
    rows = await fetch(
        ACTIONS.format(mine=mine, scope=scope.sql)
        + " AND a.done_at IS NULL AND a.cancelled_at IS NULL ORDER BY a.due_on, e.id LIMIT $1 OFFSET $2",
        PAGE + 1, PAGE * (page - 1), *scope.args,
    )  # fmt: skip
    return [_action(row, now) for row in rows[:PAGE]], len(rows) > PAGE


async def own_action(person: Person, entry_id: UUID, *, now: datetime) -> OwnAction:
    """One of them, open or not. Raises NotFound."""
    mine, scope = _scope(person, after=1)
    sql = ACTIONS.format(mine=mine, scope=scope.sql) + " AND e.id = $1"
    row = await fetch_one(sql, entry_id, *scope.args)
    if row is None:
        raise NotFound
    return _action(row, now)


async def asked_action(person: Person, entry_id: UUID, *, now: datetime) -> OwnAction:
    """One that the person asked of somebody, or in a process that they guard as case manager, open or not.
    Raises NotFound."""
    scope = scopes.entries(person, after=4)
    guided = [one.id for one in person.positions if one.role == Role.CASE_MANAGER]
    asked = "(e.author = $2 OR m.case_manager = ANY($3::uuid[])) AND NOT m.id = ANY($4::uuid[]) AND e.id = $1"
    args = (entry_id, person.account_id, guided, [job.id for job in person.employments])
    row = await fetch_one(ACTIONS.format(mine=asked, scope=scope.sql), *args, *scope.args)
    if row is None:
        raise NotFound
    return _action(row, now)


def _scope(person: Person, after: int) -> tuple[str, Scope]:
    """An action is done by who has its role towards the employee today, whoever had it when it was made. Of
    several doctors, only the one it was given to."""
    scope = scopes.entries(person, after)
    args: list[Any] = []

    def place(ids: list[UUID]) -> str:
        args.append(ids)
        return f"ANY(${after + len(scope.args) + len(args)}::uuid[])"

    held = {role: [one.id for one in person.positions if one.role == role] for role in Role}
    parts = [f"(a.assignee_role = 'employee' AND m.id = {place([job.id for job in person.employments])})"]
    if held[Role.MANAGER]:
        parts.append(f"(a.assignee_role = 'manager' AND m.manager = {place(held[Role.MANAGER])})")
    if held[Role.CASE_MANAGER]:
        guided = place(held[Role.CASE_MANAGER])
        parts.append(f"(a.assignee_role = 'case_manager' AND m.case_manager = {guided})")
    if held[Role.COMPANY_DOCTOR]:
        given = place(held[Role.COMPANY_DOCTOR])
        parts.append(f"(a.assignee_role = 'company_doctor' AND (a.assignee IS NULL OR a.assignee = {given}))")
    return f"({' OR '.join(parts)})", Scope(scope.sql, scope.args + tuple(args))


def _action(row: Any, now: datetime) -> OwnAction:
    today, facts = day_in(row["time_zone"], now), json.loads(row["facts"])
    title, text = titled("action", row["title"], row["body"], facts, today)
    return OwnAction(
        row["id"], row["dossier"], title, text, facts.get("title") or row["title"], row["audience"],
        row["due_on"], row["postponed_from"], row["reason"],
        row["done_at"] is None and row["cancelled_at"] is None, row["withdrawn_by"] is not None,
        row["employee_name"], row["employer_name"], today, Whose.of(row), row["author"],
        row["assignee_role"], row["assignee"], row["term"],
    )  # fmt: skip

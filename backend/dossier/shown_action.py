"""An action on the timeline: how it stands, whose it is, and what the reader can do about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from backend.access.person import Person
from backend.access.roles import Role, role_words
from backend.foundation.clock import day_in
from backend.foundation.languages import gettext as _
from backend.foundation.words import day_words

Row = Mapping[str, Any]


def shown_action(row: Row, person: Person, today: date, name: str) -> dict[str, str]:
    """As the timeline component takes it, in the language of that `name`."""
    due, done_at, holder, role = row["due_on"], row["done_at"], row["assignee_name"], row["assignee_role"]
    state = "late" if due < today else "open"
    if done_at is not None:
        state = "done"
    elif row["cancelled_at"] is not None:
        state = "cancelled" if row["withdrawn_by"] is None else "withdrawn"
    is_open, mine, address = state in ("late", "open"), _is_mine(row, person), f"/actions/{row['id']}"
    label = f"{holder}, {role_label(role, name)}" if holder else _whoever(role, name)
    return {
        "state": state,
        "done_label": "" if done_at is None else _done(day_in(row["time_zone"], done_at), today, name),
        "due_label": _due(due, today, name),
        "assignee_label": _("jou") if mine else label,
        "url": address if is_open and mine else "",
        "withdraw_url": f"{address}/withdrawal" if is_open and _may_withdraw(row, person) else "",
    }


def _is_mine(row: Row, person: Person) -> bool:
    """Whether the person has it to do today: who has the role, and of several doctors the one it was given
    to (own_actions.py says the same of all dossiers at once)."""
    role = row["assignee_role"]
    if row["own"] or role == Role.EMPLOYEE:
        return bool(row["own"] and role == Role.EMPLOYEE)
    if row["holder"] is None:
        return role == Role.COMPANY_DOCTOR and any(one.role == role for one in person.positions)
    return any(one.id == row["holder"] for one in person.positions)


def _may_withdraw(row: Row, person: Person) -> bool:
    """Who asked for it and the case manager may; what the law asks is nobody's to take back."""
    if row["term"] is not None or row["own"]:
        return False
    return row["author"] == person.account_id or any(one.id == row["guide"] for one in person.positions)


# What follows is remembered per language: the last argument is there to be part of the key.


@lru_cache(maxsize=64)
def role_label(role: str, name: str) -> str:
    """A role in words."""
    return role_words(role)


@lru_cache(maxsize=64)
def _whoever(role: str, name: str) -> str:
    """Who has the role, when it is not known by name."""
    return _("de %(role)s", role=role_words(role))


@lru_cache(maxsize=1024)
def _due(day: date, today: date, name: str) -> str:
    return _("uiterlijk %(day)s", day=day_words(day, today))


@lru_cache(maxsize=1024)
def _done(day: date, today: date, name: str) -> str:
    return _("Gedaan op %(day)s", day=day_words(day, today))

"""What an employee says at a sick report. These questions and no others: an employer may not ask or keep
more (Autoriteit Persoonsgegevens, De zieke werknemer, chapter 4)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from backend.foundation.encryption import keyring

SafetyNet = Literal["yes", "no", "rather_not"]

QUESTIONS = (
    "phone", "nursing_address", "expected_duration", "work_handover", "safety_net", "work_accident",
    "third_party_accident",
)  # fmt: skip
"""The optional questions, in the order of the form; each is switched per employer as `ask_<question>`."""
SEALED = {"phone": "spell.phone", "nursing_address": "spell.nursing_address"}
"""Those whose answer is kept encrypted, and under which name."""


@dataclass(frozen=True, slots=True)
class SickReport:
    """One filled in report. None: not asked, or not answered."""

    employment: UUID
    first_sick_day: date
    worked_hours: Decimal
    """On the first sick day, in quarters."""
    phone: str | None = None
    """In international form (E.164)."""
    nursing_address: str | None = None
    expected_duration: str | None = None
    work_handover: str | None = None
    safety_net: SafetyNet | None = None
    """Whether one applies, never which."""
    work_accident: bool | None = None
    third_party_accident: bool | None = None

    def only(self, asked: Collection[str]) -> SickReport:
        """Without answers to questions that the employer does not ask, which may not be kept."""
        gone: dict[str, Any] = {name: None for name in QUESTIONS if name not in asked}
        return replace(self, **gone) if gone else self

    def body(self) -> dict[str, str]:
        """The same report always gives the same body, however it was typed (room `idempotency`)."""
        return {field.name: str(getattr(self, field.name)) for field in fields(self)}


def answered(row: Mapping[str, Any]) -> dict[str, str | bool]:
    """The questions that were answered at a report, from its row of spell."""
    return {
        name: keyring().decrypt(row[name], SEALED[name]) if name in SEALED else row[name]
        for name in QUESTIONS
        if row[name] is not None
    }

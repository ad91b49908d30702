"""What a manager or case manager fills in about hours: a word when they are to be talked over, and the hours
that came of the talk."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import wtforms

from backend.foundation.fields import (
    DutchDateField,
    Form,
    HoursField,
    LongTextField,
    RequestKeyField,
    Required,
)
from backend.foundation.languages import N_
from backend.sickleave.propose_hours import Proposal


class RefuseHoursForm(Form):
    """Hours are talked over first; a word may go with it."""

    request_key = RequestKeyField()
    word = LongTextField(
        N_("Wil je er iets bij zeggen?"), longest=1000,
        description=N_("Zoals: ik bel je morgen om 10 uur. Schrijf niets over de ziekte en geen percentage."),
    )  # fmt: skip


class SeenField(wtforms.HiddenField):  # type: ignore[misc]
    """Which hours stood on the page, by their id; None when there were none."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            self.data: UUID | None = UUID(str(valuelist[0]))
        except (ValueError, IndexError):
            self.data = None


class RecordHoursForm(Form):
    """Hours that were agreed by talking: the employee's own questions, in words about them."""

    request_key = RequestKeyField()
    instead_of = SeenField()
    starts_on = DutchDateField(N_("Vanaf welke dag?"), [Required(N_("Kies de dag waarop deze uren ingaan."))])
    hours_a_week = HoursField(
        N_("Hoeveel uur per week?"),
        [Required(N_("Vul in hoeveel uur per week jullie hebben afgesproken."))],
        description=N_("In uren, niet in procenten. Een half uur schrijf je als 0,5."),
        most=60,
    )
    word = LongTextField(
        N_("Wil je er iets bij zeggen?"), longest=1000,
        description=N_("Zoals: de ochtenden, vanuit huis. Schrijf niets over de ziekte en geen percentage."),
    )  # fmt: skip

    def hours(self, employment: UUID) -> Proposal:
        """What was filled in, once it is valid."""
        return Proposal(employment, self.starts_on.data, self.hours_a_week.data, self.word.data or "")

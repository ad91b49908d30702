"""What people say about a step."""

from __future__ import annotations

from typing import cast

from backend.foundation.fields import DutchDateField, Form, LongTextField, RadioField, RequestKeyField
from backend.foundation.languages import N_
from backend.legal_calendar.change_step import Change, How

NOTHING_MEDICAL = N_("Schrijf niets over de ziekte zelf.")


class StepForm(Form):
    """One of three: it is done, it gets another day, it is not needed. The names differ so that all three
    stand on one page."""

    request_key = RequestKeyField()
    how = RadioField("", default="done", choices=[("done", ""), ("postponed", ""), ("cancelled", "")])
    word = LongTextField(N_("Wil je er iets bij zeggen?"), longest=1000, description=NOTHING_MEDICAL)
    later_on = DutchDateField(N_("Nieuwe datum"))
    later_reason = LongTextField(N_("Waarom wordt het later?"), longest=1000, description=NOTHING_MEDICAL)
    not_needed_reason = LongTextField(
        N_("Waarom is het niet nodig?"), longest=1000, description=NOTHING_MEDICAL
    )

    def change(self) -> Change:
        """What was said, once it is valid."""
        how = cast(How, self.how.data)
        words = {"done": self.word, "postponed": self.later_reason, "cancelled": self.not_needed_reason}
        return Change(how, words[how].data or "", self.later_on.data if how == "postponed" else None)

"""What people say about a step."""

from __future__ import annotations

from typing import cast

from backend.foundation.fields import (
    CheckboxField,
    DutchDateField,
    Form,
    LongTextField,
    RadioField,
    RequestKeyField,
    Required,
)
from backend.foundation.languages import N_
from backend.legal_calendar.change_step import Change, How

NOTHING_MEDICAL = N_("Schrijf niets over de ziekte zelf.")

WAYS: dict[str, How] = {"postpone": "postponed", "cancel": "cancelled"}
"""Which of the forms of a step stands open, as an address asks for it."""


class StepForm(Form):
    """One of three: it is done, it gets another day, it is not needed; and that it is after all. The names
    differ so that all three stand on one page."""

    request_key = RequestKeyField()
    how = RadioField(
        "", [Required(N_("Zeg eerst hoe het ging. Kies een van de knoppen."))],
        choices=[("done", ""), ("postponed", ""), ("cancelled", ""), ("reopened", "")],
    )  # fmt: skip
    word = LongTextField(N_("Wil je er iets bij zeggen?"), longest=1000, description=NOTHING_MEDICAL)
    later_on = DutchDateField(N_("Nieuwe datum"))
    past_end = CheckboxField(N_("Ja, ook na het einde van de loondoorbetaling"))
    later_reason = LongTextField(N_("Waarom wordt het later?"), longest=1000, description=NOTHING_MEDICAL)
    not_needed_reason = LongTextField(
        N_("Waarom is het niet nodig?"), longest=1000, description=NOTHING_MEDICAL
    )
    again_word = LongTextField(N_("Wil je er iets bij zeggen?"), longest=1000, description=NOTHING_MEDICAL)

    def change(self) -> Change:
        """What was said, once it is valid."""
        how = cast(How, self.how.data)
        words = {
            "done": self.word,
            "postponed": self.later_reason,
            "cancelled": self.not_needed_reason,
            "reopened": self.again_word,
        }
        later = how == "postponed"
        day, past_end = (self.later_on.data, self.past_end.data) if later else (None, False)
        return Change(how, words[how].data or "", day, past_end)

"""What a manager fills in: for an employee who phones in sick, and about an action.

The questions are those that the employee gets, and no others (Autoriteit Persoonsgegevens, De zieke
werknemer, chapter 4); beside every free text stands what not to write.
"""

from __future__ import annotations

from typing import Any

import wtforms

from backend.foundation.fields import DutchDateField, Form, LongTextField, RequestKeyField, Required
from backend.foundation.languages import N_
from backend.sickleave.forms import YES_NO, RecoveryForm, SickReportForm


class AddressedField(wtforms.HiddenField):  # type: ignore[misc]
    """Whom the address names; what a form says about it does not count."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keeps what the page gave."""


RATHER_NOT = N_("Zegt je medewerker liever niet")
WORDS = {
    "phone": (
        N_("Telefoonnummer waarop je medewerker nu bereikbaar is"),
        N_("Alleen voor deze ziekte. Vraag waar je mag bellen."),
    ),
    "nursing_address": (
        N_("Adres waar je medewerker nu is"),
        N_("Alleen als dat ergens anders is dan thuis. Vraag niet waarom."),
    ),
    "expected_duration": (
        N_("Hoe lang denkt je medewerker dat het duurt?"),
        N_("Alleen als je medewerker dat zelf zegt, zoals: een paar dagen. Schrijf niet wat er is."),
    ),
    "work_handover": (
        N_("Werk dat nu door moet gaan"),
        N_("Afspraken en werk die iemand overneemt. Schrijf niets over de ziekte."),
    ),
    "safety_net": (
        N_("Geldt er een speciale regeling?"),
        N_("Soms betaalt UWV een deel van het loon (vangnet). Vraag niet om welke regeling het gaat."),
    ),
    "recovered_on": (
        N_("Eerste dag waarop je medewerker alles weer doet"),
        N_("De eerste dag met alle uren. Een dag die nog komt mag ook."),
    ),
}
"""Label and help of the questions that sound different about somebody else."""


def _reword(form: Form) -> None:
    for name in WORDS.keys() & {field.name for field in form}:
        form[name].label.text, form[name].description = WORDS[name]


class ReportForForm(SickReportForm):
    """A sick report for somebody else: the employee's own form, in words about them."""

    employment = AddressedField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self)
        self.safety_net.choices = [*YES_NO, ("rather_not", RATHER_NOT)]


class RecoveryForForm(RecoveryForm):
    """The day of somebody else's full work."""

    employment = AddressedField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self)


class DoneForm(Form):
    """An action is done; a word may go with it."""

    request_key = RequestKeyField()
    word = LongTextField(
        N_("Wil je er iets bij zeggen?"), longest=1000,
        description=N_("Zoals: gebeld, we spreken elkaar vrijdag weer. Schrijf niets over de ziekte."),
    )  # fmt: skip


def _why(label: str, missing: str, id: str) -> LongTextField:
    """A reason, which is asked twice on one page."""
    help = N_("Een korte zin. Schrijf niets over de ziekte.")
    return LongTextField(label, [Required(missing)], id=id, longest=1000, description=help)


class PostponeForm(Form):
    """An action gets a later day."""

    request_key = RequestKeyField()
    due_on = DutchDateField(N_("Nieuwe datum"), [Required(N_("Kies de dag waarop je het wel doet."))])
    reason = _why(N_("Waarom wordt het later?"), N_("Schrijf waarom dit later wordt."), "why-later")


class WithdrawForm(Form):
    """Who asked for an action takes it back."""

    request_key = RequestKeyField()
    reason = _why(N_("Waarom trek je deze actie in?"), N_("Schrijf waarom je deze actie intrekt."), "why")


class CancelForm(Form):
    """An action is not needed."""

    request_key = RequestKeyField()
    reason = _why(N_("Waarom is het niet nodig?"), N_("Schrijf waarom dit niet nodig is."), "why-not")

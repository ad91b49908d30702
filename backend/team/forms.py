"""What a manager fills in: for an employee who phones in sick, and about an action.

The questions are those that the employee gets, and no others (Autoriteit Persoonsgegevens, De zieke
werknemer, chapter 4); beside every free text stands what not to write.
"""

from __future__ import annotations

from typing import Any

import wtforms

from backend.foundation.fields import (
    DutchDateField,
    Form,
    HoursField,
    LongTextField,
    RadioField,
    RequestKeyField,
    Required,
    TextField,
)
from backend.foundation.languages import N_
from backend.sickleave.forms import YES_NO, PhoneField, SickReportForm


class AddressedField(wtforms.HiddenField):  # type: ignore[misc]
    """Whom the address names; what a form says about it does not count."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keeps what the page gave."""


class ReportForForm(SickReportForm):
    """A sick report for somebody else."""

    employment = AddressedField()
    first_sick_day = DutchDateField(
        N_("Eerste ziektedag"),
        [Required(N_("Kies de eerste dag waarop je medewerker door ziekte niet of niet alles kon werken."))],
    )
    worked_hours = HoursField(
        N_("Gewerkte uren op deze dag"),
        [Required(N_("Vul in hoeveel uur je medewerker die dag werkte. Niet gewerkt? Vul dan 0 in."))],
        description=N_("Niet gewerkt? Laat dan 0 staan. Een half uur schrijf je als 0,5."),
    )
    phone = PhoneField(
        N_("Telefoonnummer waarop je medewerker nu bereikbaar is"), longest=32,
        description=N_("Alleen voor deze ziekte. Vraag waar je mag bellen."),
    )  # fmt: skip
    nursing_address = LongTextField(
        N_("Adres waar je medewerker nu is"), longest=300,
        description=N_("Alleen als dat ergens anders is dan thuis. Vraag niet waarom."),
    )  # fmt: skip
    expected_duration = TextField(
        N_("Hoe lang denkt je medewerker dat het duurt?"), longest=200,
        description=N_("Alleen als je medewerker dat zelf zegt, zoals: een paar dagen."),
    )  # fmt: skip
    work_handover = LongTextField(
        N_("Werk dat nu door moet gaan"), longest=2000,
        description=N_("Afspraken en werk die iemand overneemt. Schrijf niets over de ziekte."),
    )  # fmt: skip
    safety_net = RadioField(
        N_("Geldt er een speciale regeling?"),
        choices=[*YES_NO, ("rather_not", N_("Zegt je medewerker liever niet"))],
        description=N_(
            "Soms betaalt UWV een deel van het loon (vangnet). Vraag niet om welke regeling het gaat."
        ),
    )  # fmt: skip


class RecoveryForForm(Form):
    """The day of somebody else's full work."""

    request_key = RequestKeyField()
    recovered_on = DutchDateField(
        N_("Eerste dag waarop je medewerker alles weer doet"),
        [Required(N_("Kies de eerste dag waarop je medewerker alles weer doet."))],
        description=N_("De eerste dag met alle uren. Een dag die nog komt mag ook."),
    )


class DoneForm(Form):
    """An action is done; a word may go with it."""

    request_key = RequestKeyField()
    word = LongTextField(
        N_("Wil je er iets bij zeggen?"), longest=1000,
        description=N_("Zoals: gebeld, we spreken elkaar vrijdag weer. Schrijf niets over de ziekte."),
    )  # fmt: skip


class PostponeForm(Form):
    """An action gets a later day."""

    request_key = RequestKeyField()
    due_on = DutchDateField(N_("Nieuwe datum"), [Required(N_("Kies de dag waarop je het wel doet."))])
    reason = LongTextField(
        N_("Waarom wordt het later?"), [Required(N_("Schrijf waarom dit later wordt."))], id="why-later",
        longest=1000,
        description=N_("Een korte zin. Schrijf niets over de ziekte."),
    )  # fmt: skip


class CancelForm(Form):
    """An action is not needed."""

    request_key = RequestKeyField()
    reason = LongTextField(
        N_("Waarom is het niet nodig?"), [Required(N_("Schrijf waarom dit niet nodig is."))], id="why-not",
        longest=1000,
        description=N_("Een korte zin. Schrijf niets over de ziekte."),
    )  # fmt: skip


class ConfirmForm(Form):
    """Nothing to fill in: the button is the answer."""

    request_key = RequestKeyField()

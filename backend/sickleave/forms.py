"""What came in, and what we say when it is wrong.

Every free text says beside it not to write about the illness: an employer may not even keep what is offered
(Autoriteit Persoonsgegevens, De zieke werknemer, chapter 4).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

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
from backend.foundation.phones import read_phone
from backend.sickleave.answers import QUESTIONS, SickReport
from backend.sickleave.propose_hours import Proposal

YES_NO = [("yes", N_("Ja")), ("no", N_("Nee"))]


class EmploymentField(wtforms.HiddenField):  # type: ignore[misc]
    """Which job the form is about; whether it is the person's own is judged by the verb."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data: Any = None
        try:
            self.data = UUID(str(valuelist[0]))
        except (ValueError, IndexError):
            raise ValueError(N_("Open deze pagina opnieuw en probeer het nog een keer.")) from None


class PhoneField(TextField):
    """A phone number as people write it, kept in international form."""

    widget = wtforms.widgets.TelInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        if self.data:
            self.data = read_phone(self.data)


class BareReportForm(Form):
    """The two questions that count."""

    request_key = RequestKeyField()
    employment = EmploymentField()
    first_sick_day = DutchDateField(
        N_("Eerste ziektedag"),
        [Required(N_("Kies de eerste dag waarop werken door ziekte niet of niet helemaal lukte."))],
    )
    worked_hours = HoursField(
        N_("Gewerkte uren op deze dag"),
        [Required(N_("Vul in hoeveel uur er die dag gewerkt is. Niet gewerkt? Vul dan 0 in."))],
        description=N_("Niet gewerkt? Laat dan 0 staan. Een half uur schrijf je als 0,5."),
    )

    def report(self) -> SickReport:
        """What was filled in, once it is valid."""
        return SickReport(self.employment.data, self.first_sick_day.data, self.worked_hours.data)


class SickReportForm(BareReportForm):
    """The same, with the questions that may be skipped."""

    phone = PhoneField(
        N_("Telefoonnummer waarop je nu bereikbaar bent"), longest=32,
        description=N_("Op dit nummer kan je leidinggevende je bellen."),
    )  # fmt: skip
    nursing_address = LongTextField(
        N_("Adres waar je nu bent"), longest=300,
        description=N_("Alleen als je ergens anders bent dan thuis. Schrijf niet waarom je daar bent."),
    )  # fmt: skip
    expected_duration = TextField(
        N_("Hoe lang denk je dat het duurt?"), longest=200,
        description=N_("Een schatting, zoals: een paar dagen. Schrijf niet wat je hebt."),
    )  # fmt: skip
    work_handover = LongTextField(
        N_("Werk dat nu door moet gaan"), longest=2000,
        description=N_("Afspraken en werk die iemand van je overneemt. Schrijf niets over je ziekte."),
    )  # fmt: skip
    safety_net = RadioField(
        N_("Geldt er een speciale regeling?"),
        choices=[*YES_NO, ("rather_not", N_("Zeg ik liever niet"))],
        description=N_(
            "Soms betaalt UWV een deel van je loon (vangnet). Zeg niet om welke regeling het gaat."
        ),
    )
    work_accident = RadioField(N_("Komt het door een ongeluk op het werk?"), choices=YES_NO)
    third_party_accident = RadioField(
        N_("Komt het door een verkeersongeluk waar een ander schuld aan kan hebben?"), choices=YES_NO
    )

    def report(self) -> SickReport:
        """What was filled in, once it is valid."""
        return replace(
            super().report(),
            phone=self.phone.data or None,
            nursing_address=self.nursing_address.data or None,
            expected_duration=self.expected_duration.data or None,
            work_handover=self.work_handover.data or None,
            safety_net=self.safety_net.data or None,
            work_accident=_yes(self.work_accident.data),
            third_party_accident=_yes(self.third_party_accident.data),
        )

    def keep_only(self, asked: tuple[str, ...]) -> None:
        """Takes away what this employer does not ask."""
        for question in QUESTIONS:
            if question not in asked:
                del self[question]


def filled_in(given: Mapping[str, Any]) -> BareReportForm:
    """The smallest form that takes what was sent: most people skip the questions that they may."""
    return (SickReportForm if any(name in given for name in QUESTIONS) else BareReportForm)(given)


def whole(form: BareReportForm, given: Mapping[str, Any]) -> SickReportForm:
    """The same answers and errors, with every question, to show again."""
    if isinstance(form, SickReportForm):
        return form
    full = SickReportForm(given)
    for field in form:
        full[field.name].errors = field.errors
    full.form_errors = form.form_errors
    return full


class RecoveryForm(Form):
    """The day of full work."""

    request_key = RequestKeyField()
    employment = EmploymentField()
    recovered_on = DutchDateField(
        N_("Datum waarop je het werk volledig hebt hervat"),
        [Required(N_("Kies de eerste dag met weer alle uren."))],
        description=N_("De eerste dag waarop je al je uren weer werkt. Een dag die nog komt mag ook."),
    )


class HoursForm(Form):
    """Hours to work again, from a day on."""

    request_key = RequestKeyField()
    employment = EmploymentField()
    starts_on = DutchDateField(
        N_("Vanaf welke dag?"), [Required(N_("Kies de dag waarop je weer voor een deel begint."))]
    )
    hours_a_week = HoursField(
        N_("Hoeveel uur per week?"),
        [Required(N_("Vul in hoeveel uur per week je weer wilt werken."))],
        description=N_("In uren, niet in procenten. Een half uur schrijf je als 0,5."),
        most=60,
    )
    explanation = LongTextField(
        N_("Hoe verdeel je die uren?"), longest=1000,
        description=N_("Zoals: maandag en woensdag de ochtend, vanuit huis. Schrijf niets over je ziekte."),
    )  # fmt: skip

    def proposal(self) -> Proposal:
        """What was filled in, once it is valid."""
        return Proposal(
            self.employment.data, self.starts_on.data, self.hours_a_week.data, self.explanation.data or ""
        )


class ButtonForm(Form):
    """Nothing to fill in: the button is the answer."""

    request_key = RequestKeyField()


def _yes(answer: str | None) -> bool | None:
    return None if not answer else answer == "yes"

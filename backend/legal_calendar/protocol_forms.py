"""What an administrator fills in about the employer's own protocol."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

import wtforms

from backend.access.roles import Role
from backend.foundation.fields import Form, RadioField, Required, TextField
from backend.foundation.languages import N_
from backend.legal_calendar.set_protocol import OwnStep

EVERY = "every"
WHOLE = N_("Vul een heel getal in, bijvoorbeeld 3.")


def _uuid(text: UUID | str | None) -> UUID | None:
    try:
        return UUID(str(text)) if text else None
    except ValueError:
        return None


Numbered = TypeVar("Numbered", bound=Form)


def numbered(form: Numbered, place: int) -> Numbered:
    """The same form where it stands so many-th on a page: each of its fields with an id of its own."""
    if place:
        for field in form:
            field.id = f"employer-{place}-{field.id}"
            field.label.field_id = field.id
    return form


class EmployerForm(Form):
    """For which employer; an id that is none of the person's is not there."""

    employer = wtforms.HiddenField(filters=[_uuid])


class _Days(wtforms.IntegerField):  # type: ignore[misc]
    """A whole number, with an error in our own words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([text.strip() for text in valuelist])
        except ValueError:
            self.data = None
            raise ValueError(WHOLE) from None


class _DaysAfter(_Days):
    """As far as an own step may lie from the report."""

    def post_validate(self, form: Form, validation_stopped: bool) -> None:
        if not validation_stopped and not 0 <= (self.data if self.data is not None else -1) <= 730:
            raise wtforms.ValidationError(N_("Kies 0 tot en met 730 dagen."))


class OwnStepForm(EmployerForm):
    """A step to add."""

    title = TextField(
        N_("Wat moet er gebeuren?"), [Required(N_("Schrijf wat er moet gebeuren."))], longest=120,
        description=N_("Zoals: bellen op de eerste dag. De medewerker leest dit ook."),
    )  # fmt: skip
    assignee_role = RadioField(
        N_("Wie doet het?"), [Required(N_("Kies wie het doet."))],
        choices=[
            (Role.MANAGER, N_("De leidinggevende")), (Role.CASE_MANAGER, N_("De casemanager")),
            (Role.EMPLOYEE, N_("De medewerker zelf")),
        ],
    )  # fmt: skip
    at_report = RadioField(
        N_("Bij welke ziekmelding?"), [Required(N_("Kies bij welke ziekmelding."))],
        choices=[
            (EVERY, N_("Bij elke ziekmelding")), ("3", N_("Bij de derde in twaalf maanden")),
            ("4", N_("Bij de vierde in twaalf maanden")),
        ],
    )  # fmt: skip
    days_after = _DaysAfter(
        N_("Binnen hoeveel dagen na de melding?"), description=N_("0 is op de dag van de melding zelf.")
    )

    def step(self) -> OwnStep:
        """What was filled in, once it is valid."""
        at = None if self.at_report.data == EVERY else int(self.at_report.data)
        return OwnStep(self.title.data, self.assignee_role.data, int(self.days_after.data or 0), at)


class RemindForm(EmployerForm):
    """How many days before."""

    days = _Days(N_("Hoeveel dagen van tevoren?"), description=N_("1 tot en met 28 dagen."))

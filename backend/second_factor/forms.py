"""What comes in on the way through the second factor."""

from __future__ import annotations

from typing import Any

from backend.foundation.fields import CheckboxField, CodeField, Form, RadioField, Required, TextField
from backend.foundation.languages import N_
from backend.second_factor.kinds import LABELS, Kind
from backend.second_factor.phone import read_mobile


class ChooseForm(Form):
    """Which kind to set up; `offer` says among which."""

    method = RadioField(
        N_("Hoe wil je laten zien dat jij het bent?"), [Required(N_("Kies een van deze manieren."))]
    )

    def offer(self, kinds: tuple[Kind, ...]) -> ChooseForm:
        self.method.choices = [(str(kind), LABELS[kind]) for kind in kinds]
        return self


class MobileField(TextField):
    """A mobile number, in international form once it is understood."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        if self.data:
            self.data = read_mobile(self.data)


class PhoneForm(Form):
    """The phone that is to receive codes."""

    phone = MobileField(
        N_("Mobiel nummer"),
        [Required(N_("Vul je mobiele nummer in."))],
        description=N_("Bijvoorbeeld 06 12345678. We gebruiken het alleen voor deze codes."),
        longest=30,
    )


class SmsCodeForm(Form):
    """The code that an SMS brought."""

    code = CodeField(
        N_("Code uit de sms"),
        [Required(N_("Vul de code uit de sms in."))],
        description=N_("Dit zijn 6 cijfers."),
    )


class AppCodeForm(Form):
    """The code that the app shows."""

    code = CodeField(
        N_("Code uit de app"),
        [Required(N_("Vul de code uit je app in."))],
        description=N_("Dit zijn 6 cijfers. Elke 30 seconden komt er een nieuwe."),
    )


class KeyForm(Form):
    """What the browser says for a security key or passkey, as JSON."""

    credential = TextField(longest=20_000)


class RecoveryCodeForm(Form):
    """The recovery code, typed over."""

    code = CodeField(
        N_("Herstelcode"),
        [Required(N_("Vul je herstelcode in."))],
        description=N_("Dit zijn 20 letters en cijfers. Streepjes en hoofdletters maken niet uit."),
        length=20,
        letters=True,
    )


class PutAwayForm(Form):
    """The person says that the code is kept."""

    kept = CheckboxField(
        N_("Mijn herstelcode is veilig opgeborgen"),
        [Required(N_("Berg je herstelcode eerst op, en zet dan het vinkje."))],
    )


class RemovalForm(Form):
    """Taking a factor away."""

    sign_out_others = CheckboxField(N_("Log mij ook uit op al mijn andere apparaten"))

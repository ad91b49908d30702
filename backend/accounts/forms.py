"""What comes in about signing in and one's own account."""

from __future__ import annotations

from backend.foundation.fields import (
    CheckboxField,
    DutchDateField,
    Form,
    PasswordField,
    RadioField,
    Required,
    TextField,
)
from backend.foundation.languages import N_

LONGEST_USERNAME = 254


class SignInForm(Form):
    username = TextField(
        N_("Gebruikersnaam"),
        [Required(N_("Vul je gebruikersnaam in."))],
        description=N_("Meestal is dat je e-mailadres."),
        longest=LONGEST_USERNAME,
    )
    password = PasswordField(N_("Wachtwoord"), [Required(N_("Vul je wachtwoord in."))])
    remember = CheckboxField(
        N_("Aangemeld blijven"),
        description=N_("30 dagen, alleen op dit apparaat. Doe dit niet op een gedeelde computer."),
    )


class ForgotPasswordForm(Form):
    username = TextField(
        N_("Gebruikersnaam of e-mailadres"),
        [Required(N_("Vul je gebruikersnaam of e-mailadres in."))],
        longest=LONGEST_USERNAME,
    )


def _new_password() -> PasswordField:
    return PasswordField(
        N_("Nieuw wachtwoord"),
        [Required(N_("Kies een wachtwoord."))],
        description=N_("Minstens 12 tekens. Een zinnetje mag ook."),
    )


class NewPasswordForm(Form):
    password = _new_password()


class FirstPasswordForm(NewPasswordForm):
    """For who has no extra check yet: the birth date shows that the mailbox is not all they have."""

    birth_date = DutchDateField(
        N_("Geboortedatum"),
        [Required(N_("Vul je geboortedatum in."))],
        description=N_("Dag, maand en jaar. Bijvoorbeeld 31-12-1990."),
    )
    password = _new_password()


class ConfirmForm(Form):
    password = PasswordField(N_("Wachtwoord"), [Required(N_("Vul je wachtwoord in."))])


class UsernameForm(Form):
    username = TextField(
        N_("Gebruikersnaam"),
        [Required(N_("Vul een gebruikersnaam in."))],
        description=N_(
            "Je e-mailadres, of iets anders dat je makkelijk onthoudt. Hoofdletters maken niet uit."
        ),
        longest=LONGEST_USERNAME,
    )


class LanguageForm(Form):
    language = RadioField(
        N_("Taal"), [Required(N_("Kies een taal."))], choices=[("nl", "Nederlands"), ("en", "English")]
    )

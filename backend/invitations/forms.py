"""What comes in from somebody with an invitation."""

from __future__ import annotations

from backend.accounts.forms import LONGEST_USERNAME
from backend.foundation.fields import DutchDateField, EmailField, Form, PasswordField, Required, TextField
from backend.foundation.languages import N_


class AcceptForm(Form):
    email = EmailField(
        N_("E-mailadres"),
        [Required(N_("Vul je e-mailadres in."))],
        description=N_("Het adres waarop je de uitnodiging kreeg. Hoofdletters maken niet uit."),
    )
    birth_date = DutchDateField(
        N_("Geboortedatum"),
        [Required(N_("Vul je geboortedatum in."))],
        description=N_("Dag, maand en jaar. Bijvoorbeeld 31-12-1990."),
    )


class RegisterForm(Form):
    username = TextField(
        N_("Gebruikersnaam"),
        [Required(N_("Vul een gebruikersnaam in."))],
        description=N_("Hiermee log je straks in. Je mag dit veranderen."),
        longest=LONGEST_USERNAME,
    )
    password = PasswordField(
        N_("Wachtwoord"),
        [Required(N_("Kies een wachtwoord."))],
        description=N_("Minstens 12 tekens. Een zinnetje mag ook."),
    )

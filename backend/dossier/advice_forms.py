"""What only the company doctor writes: what the employer may know, in fields, and what stays medical."""

from __future__ import annotations

from typing import Any

from backend.dossier.advice import Advice
from backend.dossier.forms import LONGEST, as_typed
from backend.dossier.save_draft import Words
from backend.foundation.fields import Form, LongTextField, Optional, RequestKeyField, Required, TextField
from backend.foundation.languages import N_

DOCTORS = N_("Noem het werk, niet de oorzaak: de werkgever leest dit.")


class PercentageField(TextField):
    """Whole per cents, 0 to 100, with or without the sign."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        typed = self.data.rstrip("% ")
        self.data = None
        if not typed:
            return
        if not typed.isascii() or not typed.isdecimal() or len(typed) > 3 or int(typed) > 100:
            raise ValueError(N_("Vul een heel getal in van 0 tot en met 100."))
        self.data = int(typed)


class AdviceForm(Form):
    """What the employer may know, in parts."""

    can = LongTextField(
        N_("Wat kan wel?"),
        description=DOCTORS,
        validators=[Required(N_("Schrijf welk werk kan. Kan er nu niets? Schrijf dat."))],
    )
    cannot = LongTextField(
        N_("Wat kan nu niet?"),
        description=DOCTORS,
        validators=[Required(N_("Schrijf welk werk nu niet kan. Kan alles? Schrijf dat."))],
    )
    expected_duration = TextField(
        N_("Hoe lang duurt dit naar verwachting?"),
        description=N_("Alleen hoe lang, niet waardoor: de werkgever leest dit."),
        validators=[Required(N_("Schrijf hoe lang het duurt, of dat je het nog niet weet."))],
    )
    adaptations = LongTextField(
        N_("Wat is er nodig op het werk?"), description=DOCTORS, validators=[Optional()]
    )
    percentage = PercentageField(
        N_("Percentage arbeidsongeschikt"),
        description=N_("Alleen als het erbij hoort. Dit is de enige plek waar een percentage vandaan komt."),
        validators=[Optional()],
    )
    request_key = RequestKeyField()

    def advice(self) -> Advice:
        """What was filled in."""
        return Advice(
            self.can.data, self.cannot.data, self.expected_duration.data, self.adaptations.data or "",
            self.percentage.data,
        )  # fmt: skip

    def words(self) -> Words:
        """What was filled in so far, whatever is still missing."""
        names = ("can", "cannot", "expected_duration", "adaptations", "percentage", "medical")
        found = {name: as_typed(self[name]) for name in names if name in self}
        return Words(fields={name: text for name, text in found.items() if text})


class AnalysisForm(AdviceForm):
    """The advice, and what stays on the medical side."""

    medical = LongTextField(
        N_("Medisch deel"),
        longest=LONGEST,
        description=N_("De werkgever leest dit deel nooit, en ziet niet dat het er is."),
        validators=[Optional()],
    )

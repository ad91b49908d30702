"""The fields that forms share: forgiving about how something is written, plain about what is wrong.

Labels, help and errors are marked Dutch sentences; the templates translate them. An error with numbers in it
is translated here, because a template cannot fill them in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import wtforms
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, StopValidation

from backend.foundation.languages import N_
from backend.foundation.languages import gettext as _
from backend.foundation.reading import read_date, read_hours
from backend.foundation.tokens import new_id
from backend.foundation.typed import typed_text, visible
from backend.foundation.words import hours_words

__all__ = [
    "CheckboxField", "CodeField", "DutchDateField", "EmailField", "Form", "HoursField", "LongTextField",
    "Optional", "PasswordField", "RadioField", "RequestKeyField", "Required", "TextField",
]  # fmt: skip

LONGEST_EMAIL = 254
"""RFC 5321, 4.5.3.1.3."""
AT_MOST_TYPED = 4
"""Characters typed for one that is kept, as accents typed apart: a field that holds more is not even read."""


class Form(wtforms.Form):  # type: ignore[misc]
    """A form whose words are ours alone."""

    class Meta:
        locales = False


class Required:
    """Says what to fill in when nothing was; stays silent about what was filled in but not understood."""

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, form: Any, field: Any) -> None:
        if field.process_errors:
            raise StopValidation
        if not typed_text(field.raw_data) and not field.data:
            raise StopValidation(self.message)


class _Typed:
    """Shows again exactly what was typed, also when it was not understood."""

    raw_data: Sequence[Any] | None
    data: Any

    def _value(self) -> str:
        if self.raw_data:
            return typed_text(self.raw_data)
        return "" if self.data is None else self._written()

    def _written(self) -> str:
        return str(self.data)


class TextField(_Typed, wtforms.StringField):  # type: ignore[misc]
    """One line; outer spaces and invisible characters are dropped. At most `longest` characters."""

    lines = False

    def __init__(self, *args: Any, longest: int = 200, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.longest = longest

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = typed_text(valuelist)
        far_too_long = len(typed) > AT_MOST_TYPED * self.longest
        self.data = "" if far_too_long else visible(typed, self.lines)
        if far_too_long or len(self.data) > self.longest:
            raise ValueError(_("Maak dit korter: hooguit %(longest)d tekens.", longest=self.longest))


class LongTextField(TextField):
    """Several lines."""

    widget = wtforms.widgets.TextArea()
    lines = True

    def __init__(self, *args: Any, longest: int = 2000, **kwargs: Any) -> None:
        super().__init__(*args, longest=longest, **kwargs)


class EmailField(TextField):
    """An e-mail address, as typed; compare without regard to case."""

    widget = wtforms.widgets.EmailInput()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, longest=LONGEST_EMAIL, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        if self.data and not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+", self.data):
            raise ValueError(N_("Schrijf het hele e-mailadres, bijvoorbeeld naam@voorbeeld.nl."))


class PasswordField(wtforms.PasswordField):  # type: ignore[misc]
    """Taken exactly as typed, spaces and all, and never shown again."""

    longest = 128

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = valuelist[0] if valuelist else ""
        self.data = typed if isinstance(typed, str) else ""
        if len(self.data) > self.longest:
            raise ValueError(_("Kies een korter wachtwoord: hooguit %(most)d tekens.", most=self.longest))


class DutchDateField(_Typed, wtforms.Field):  # type: ignore[misc]
    """A day, typed or picked."""

    widget = wtforms.widgets.TextInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = typed_text(valuelist)
        self.data = None
        if typed:
            self.data = read_date(typed)

    def _written(self) -> str:
        if isinstance(self.data, str):  # kept as it was typed
            return self.data
        day: date = self.data
        return f"{day.day:02d}-{day.month:02d}-{day.year}"


class HoursField(_Typed, wtforms.Field):  # type: ignore[misc]
    """Hours as a Decimal in quarters, 0 to `most`: of one day, unless told otherwise."""

    widget = wtforms.widgets.TextInput()

    def __init__(self, *args: Any, most: int = 24, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = most

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = typed_text(valuelist)
        self.data = None
        if typed:
            self.data = read_hours(typed, self.most)

    def _written(self) -> str:
        return hours_words(Decimal(self.data))


class CodeField(_Typed, wtforms.Field):  # type: ignore[misc]
    """A code as copied from a phone: spaces and dashes fall away. With `letters` in capitals, else digits."""

    widget = wtforms.widgets.TextInput()

    def __init__(self, *args: Any, length: int = 6, letters: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.length = length
        self.letters = letters

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = re.sub(r"[\s\-\u2010-\u2015.]", "", typed_text(valuelist)).upper()
        self.data = typed
        if not typed:
            return
        if not re.fullmatch("[0-9A-Z]*" if self.letters else "[0-9]*", typed) or len(typed) != self.length:
            words = (
                N_("Deze code heeft %(length)d letters en cijfers. Kijk of alles er staat.")
                if self.letters
                else N_("Deze code heeft %(length)d cijfers. Kijk of alles er staat.")
            )
            raise ValueError(_(words, length=self.length))


class RadioField(wtforms.RadioField):  # type: ignore[misc]
    """One choice of a few; say with Required what to do when none was made."""

    def __init__(self, *args: Any, choices: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, choices=[SelectChoice(*choice) for choice in choices], **kwargs)

    def pre_validate(self, form: Any) -> None:
        if self.data is None:
            return
        if not any(self.data == choice.value for choice in self.iter_choices()):
            raise StopValidation(N_("Kies een van de antwoorden die hier staan."))


class CheckboxField(wtforms.BooleanField):  # type: ignore[misc]
    """Ticked or not."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = bool(valuelist) and valuelist[0] not in self.false_values


class RequestKeyField(wtforms.HiddenField):  # type: ignore[misc]
    """Names one filling in of a form, so that sending it twice changes one thing (room `idempotency`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, default=new_id, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            self.data = UUID(typed_text(valuelist))
        except ValueError:
            self.data = new_id()
            raise ValueError(N_("Open deze pagina opnieuw en probeer het nog een keer.")) from None

    def _value(self) -> str:
        return str(self.data)

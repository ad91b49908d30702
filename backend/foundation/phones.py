"""Phone numbers as people in the Netherlands and Belgium write and read them; kept in international form."""

from __future__ import annotations

from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from backend.foundation.languages import N_

REGIONS = ("NL", "BE")
NOT_READ = N_("Dit nummer herkennen we niet. Schrijf het als 06 12345678, of begin met + en het landnummer.")


def read_phone(typed: str) -> str:
    """The number, mobile or not, in international form (E.164). Raises ValueError with a sentence for the
    person."""
    for region in REGIONS:
        try:
            number = phonenumbers.parse(typed, region)
        except NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, PhoneNumberFormat.E164)
    raise ValueError(NOT_READ)


@lru_cache(maxsize=2048)
def dialled(number: str | None) -> str | None:
    """The number for a `tel:` address, in international form (E.164), so that calling works abroad too. None
    when there is none, or none that somebody can call."""
    try:
        return read_phone(number) if number else None
    except ValueError:
        return None


@lru_cache(maxsize=2048)
def phone_words(number: str) -> str:
    """A number as people read it: `06 12345678`, or with its country outside the Netherlands."""
    try:
        parsed = phonenumbers.parse(number)
    except NumberParseException:
        return number
    form = PhoneNumberFormat.NATIONAL if parsed.country_code == 31 else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, form)

"""Mobile numbers, as people in the Netherlands and Belgium write them."""

from __future__ import annotations

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from backend.foundation.languages import N_

REGIONS = ("NL", "BE")
MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
NO_MOBILE = N_(
    "Vul een mobiel nummer in, bijvoorbeeld 06 12345678."
    " Voor een ander land begin je met + en het landnummer."
)


def read_phone(typed: str) -> str:
    """The mobile number in international form (E.164). Raises ValueError with a sentence for the person."""
    for region in REGIONS:
        try:
            number = phonenumbers.parse(typed, region)
        except NumberParseException:
            continue
        if phonenumbers.is_valid_number(number) and phonenumbers.number_type(number) in MOBILE:
            return phonenumbers.format_number(number, PhoneNumberFormat.E164)
    raise ValueError(NO_MOBILE)


def phone_words(number: str) -> str:
    """A number as people read it: `06 12345678`, or with its country outside the Netherlands."""
    parsed = phonenumbers.parse(number)
    form = PhoneNumberFormat.NATIONAL if parsed.country_code == 31 else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, form)


def masked(number: str) -> str:
    """Enough to recognise one's own number, too little to call it: `06 ••••••78`."""
    words = phone_words(number)
    digits = [place for place, sign in enumerate(words) if sign.isdigit()]
    hidden = set(digits[2:-2])
    return "".join("•" if place in hidden else sign for place, sign in enumerate(words))

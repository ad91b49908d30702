"""Mobile numbers, as people in the Netherlands and Belgium write them."""

from __future__ import annotations

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from backend.foundation.languages import N_
from backend.foundation.phones import REGIONS, phone_words

MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
NO_MOBILE = N_(
    "Vul een mobiel nummer in, bijvoorbeeld 06 12345678."
    " Voor een ander land begin je met + en het landnummer."
)


def read_mobile(typed: str) -> str:
    """The mobile number in international form (E.164): 0470 12 34 56 is Belgian, as no Dutch mobile number
    begins like that. Raises ValueError with a sentence for the person."""
    for region in REGIONS:
        try:
            number = phonenumbers.parse(typed, region)
        except NumberParseException:
            continue
        if phonenumbers.is_valid_number(number) and phonenumbers.number_type(number) in MOBILE:
            return phonenumbers.format_number(number, PhoneNumberFormat.E164)
    raise ValueError(NO_MOBILE)


def masked(number: str) -> str:
    """Enough to recognise one's own number, too little to call it: `06 ••••••78`."""
    words = phone_words(number)
    digits = [place for place, sign in enumerate(words) if sign.isdigit()]
    hidden = set(digits[2:-2])
    return "".join("•" if place in hidden else sign for place, sign in enumerate(words))

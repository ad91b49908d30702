"""Days and hours as people write them, read with forgiveness."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from backend.foundation.languages import N_
from backend.foundation.languages import gettext as _

BETWEEN = r"(?:\s*[-/.]\s*|\s+)"
"""No sign that two parts of it take: a field full of spaces would be tried in the square of their number."""
DAY_FIRST = re.compile(rf"([0-9]{{1,2}}){BETWEEN}([0-9]{{1,2}}){BETWEEN}([0-9]{{4}})")
YEAR_FIRST = re.compile(rf"([0-9]{{4}}){BETWEEN}([0-9]{{1,2}}){BETWEEN}([0-9]{{1,2}})")
DIGITS_ONLY = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")
SHORT_YEAR = re.compile(rf"[0-9]{{1,2}}{BETWEEN}[0-9]{{1,2}}{BETWEEN}[0-9]{{2}}|[0-9]{{6}}")


def read_date(text: str) -> date:
    """The day that a Dutch person means: 31-12-1990, 1-2-1990, 01021990, or 1990-02-01 from a picker.

    Raises ValueError with a sentence for the person.
    """
    text = text.strip()
    if found := DAY_FIRST.fullmatch(text) or DIGITS_ONLY.fullmatch(text):
        day, month, year = found.groups()
    elif found := YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
    elif SHORT_YEAR.fullmatch(text):
        raise ValueError(N_("Schrijf het jaar met vier cijfers, bijvoorbeeld 31-12-1990."))
    else:
        raise ValueError(N_("Schrijf de datum als dag-maand-jaar, bijvoorbeeld 31-12-1990."))
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError(N_("Deze datum bestaat niet. Kijk de dag en de maand na.")) from None


def read_hours(text: str, most: int = 24) -> Decimal:
    """Hours in quarters: 7,5 or 7.5 or 7:30. Raises ValueError with a sentence for the person."""
    if found := re.fullmatch(r"([0-9]{1,2})\s*[:u]\s*([0-9]{2})(?:\s*uur)?", text.strip().lower()):
        hours = Decimal(found[1]) + Decimal(found[2]) / 60
    elif found := re.fullmatch(r"([0-9]{0,3})(?:[.,]([0-9]{0,4}))?(?:\s*(?:uur|u))?", text.strip().lower()):
        if not (found[1] or found[2]):
            raise ValueError(N_("Schrijf het aantal uren als getal, bijvoorbeeld 7,5."))
        hours = Decimal(f"{found[1] or 0}.{found[2] or 0}")
    else:
        raise ValueError(N_("Schrijf het aantal uren als getal, bijvoorbeeld 7,5."))
    if hours > most:
        raise ValueError(_("Dit zijn te veel uren. Vul 0 tot en met %(most)d in.", most=most))
    if hours % Decimal("0.25"):
        raise ValueError(N_("Rond af op een kwartier, bijvoorbeeld 7,25 of 7,5."))
    return hours.quantize(Decimal("0.01"))

"""Which days are working days in the Netherlands."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache


def first_working_day(day: date) -> date:
    """That day, or the first after it that is neither in a weekend nor a public holiday.

    Good Friday counts as one (Algemene termijnenwet, art. 3(2)); 5 May only in the years in which it is a day
    off for all, so that a notice is at worst a day early.
    """
    while day.weekday() >= 5 or day in _holidays(day.year):
        day += timedelta(days=1)
    return day


def last_working_day(day: date) -> date:
    """That day, or the last before it that is neither in a weekend nor a public holiday."""
    while day.weekday() >= 5 or day in _holidays(day.year):
        day -= timedelta(days=1)
    return day


@lru_cache(maxsize=64)
def _holidays(year: int) -> frozenset[date]:
    # Loaded when first asked for: the library knows 200 countries, and the web server seldom needs one.
    from holidays import country_holidays

    return frozenset(country_holidays("NL", years=year))

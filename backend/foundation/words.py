"""Dates and hours in words, in the reader's language."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from math import ceil

from babel.dates import format_date
from babel.numbers import format_decimal

from backend.foundation.clock import zone
from backend.foundation.languages import gettext as _
from backend.foundation.languages import language, ngettext


@lru_cache(maxsize=4096)
def _full_day(day: date, name: str, with_year: bool) -> str:
    pattern = "EEEE d MMMM" + (" y" if with_year else "")
    return format_date(day, pattern, locale=name)


def day_words(day: date, today: date) -> str:
    """`maandag 3 november`, with the year when it is another one."""
    return _full_day(day, language.get(), day.year != today.year)


def day_heading(day: date, today: date) -> str:
    """`Vandaag`, `Gisteren`, or the day in words."""
    if day == today:
        return _("Vandaag")
    if day == today - timedelta(days=1):
        return _("Gisteren")
    return sentence(day_words(day, today))


def sentence(words: str) -> str:
    """The same words at the beginning of a line; what follows keeps its capitals (`Since 3 November`)."""
    return words[:1].upper() + words[1:]


def time_words(moment: datetime, zone_name: str) -> str:
    """`8.12 uur` in Dutch, `8:12` in English, in that zone."""
    local = moment.astimezone(zone(zone_name))
    return _("%(hour)d.%(minute)02d uur", hour=local.hour, minute=local.minute)


def moment_words(moment: datetime, now: datetime, zone_name: str) -> str:
    """`vandaag om 8.12 uur`, `maandag 3 november om 8.12 uur`."""
    day = moment.astimezone(zone(zone_name)).date()
    today = now.astimezone(zone(zone_name)).date()
    if day == today:
        when = _("vandaag")
    elif day == today - timedelta(days=1):
        when = _("gisteren")
    else:
        when = day_words(day, today)
    return _("%(day)s om %(time)s", day=when, time=time_words(moment, zone_name))


def wait_words(wait: timedelta) -> str:
    """`over 5 minuten`, and from an hour and a half on `over 2 uur`; rounded up, so that waiting so long is
    enough."""
    minutes = max(ceil(wait / timedelta(minutes=1)), 1)
    if minutes <= 90:
        return ngettext("over een minuut", "over %(number)s minuten", minutes)
    return ngettext("over een uur", "over %(number)s uur", ceil(minutes / 60))


@lru_cache(maxsize=1024)
def _number(value: Decimal, name: str) -> str:
    return format_decimal(value.normalize(), locale=name)


def hours_words(hours: Decimal) -> str:
    """`7,5` in Dutch, `7.5` in English."""
    return _number(hours, language.get())


def period_words(first: date, last: date | None, today: date) -> str:
    """`3 november tot 5 december 2025`, `3 tot 9 november 2025`, or `sinds …` while it runs.

    The day `last` is no part of it any more.
    """
    name = language.get()
    if last is None:
        return _("sinds %(day)s", day=format_date(first, "d MMMM y", locale=name))
    if first == last:
        return format_date(first, "d MMMM y", locale=name)
    start = "d" if first.month == last.month else "d MMMM"
    start = start if first.year == last.year else "d MMMM y"
    return _(
        "%(first)s tot %(last)s",
        first=format_date(first, start, locale=name),
        last=format_date(last, "d MMMM y", locale=name),
    )

"""Moments are UTC; days belong to the employer's time zone."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

HOME_ZONE = "Europe/Amsterdam"


def now() -> datetime:
    """This moment, in UTC. Only the edges (pages, worker) call it; verbs are given the moment."""
    return datetime.now(UTC)


@lru_cache
def zone(name: str) -> ZoneInfo:
    """A time zone by its IANA name; one that this machine does not know is taken for HOME_ZONE, as a day that
    may be off by one is better than a page that fails. The database takes no employer in an unknown zone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        logging.getLogger(__name__).warning("unknown time zone, taken for %s", HOME_ZONE)
        return ZoneInfo(HOME_ZONE)


def day_in(zone_name: str, moment: datetime) -> date:
    """The calendar day that the moment falls on in that zone."""
    return moment.astimezone(zone(zone_name)).date()


def days_anywhere(moment: datetime) -> tuple[date, date]:
    """The first and the last calendar day that it is somewhere on earth at that moment: Greenwich less twelve
    hours, and more fourteen."""
    return (moment - timedelta(hours=12)).date(), (moment + timedelta(hours=14)).date()

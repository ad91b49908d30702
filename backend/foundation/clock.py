"""Moments are UTC; days belong to the employer's time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

HOME_ZONE = "Europe/Amsterdam"


def now() -> datetime:
    """This moment, in UTC. Only the edges (pages, worker) call it; verbs are given the moment."""
    return datetime.now(UTC)


@lru_cache
def zone(name: str) -> ZoneInfo:
    """A time zone by its IANA name."""
    return ZoneInfo(name)


def day_in(zone_name: str, moment: datetime) -> date:
    """The calendar day that the moment falls on in that zone."""
    return moment.astimezone(zone(zone_name)).date()

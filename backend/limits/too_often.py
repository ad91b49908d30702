"""Too many tries came before: what is said then, and for how long."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil
from typing import Any

from backend.foundation.refusal import Refused
from backend.foundation.words import wait_words
from backend.limits.take import Limit, take, take_within, wait_of

MINUTE = timedelta(minutes=1)


class TooOften(Refused):
    """Refused unheard. The message says with `%(when)s` when one may try again (`over 5 minuten`)."""

    def __init__(self, message: str, wait: timedelta, field: str | None = None, **params: Any) -> None:
        super().__init__(message, field, when=wait_words(wait), **params)
        self.seconds = max(ceil(wait / MINUTE), 1) * 60
        """The same for a program that asks, in whole minutes like the words."""


async def take_or_refuse(
    key: str, *limits: Limit, now: datetime, message: str, field: str | None = None
) -> None:
    """Counts a try (see take). Raises TooOften, in those words, when it may not be made yet."""
    if not await take(key, *limits, now=now):
        raise TooOften(message, await wait_of(key, *limits, now=now), field)


async def take_within_or_refuse(key: str, *limits: Limit, now: datetime, message: str) -> None:
    """Counts a deed along with what it writes (see take_within). Raises TooOften when there were too many."""
    if not await take_within(key, *limits, now=now):
        raise TooOften(message, await wait_of(key, *limits, now=now))

"""Hosts that do not answer are left alone for a while, so that what goes elsewhere need not wait for them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

FIRST_REST, LONGEST_REST = 4.0, 240.0
"""Seconds: one lost packet costs no more than its own message's wait, and a host that stays away is knocked
at every four minutes."""


@dataclass(slots=True)
class SilentHosts:
    """What one process remembers of them. `clock` counts seconds, from whenever."""

    clock: Callable[[], float] = time.monotonic
    _rests: dict[str, tuple[float, float]] = field(default_factory=dict)
    """By host: how long it is left alone, and until when."""

    def rest_of(self, host: str) -> timedelta:
        """How long it is to be left alone yet; nothing when it may be tried. Of a host that was silent, one
        at a time finds out whether it still is, each time after twice as long."""
        if host not in self._rests:
            return timedelta()
        rest, until = self._rests[host]
        now = self.clock()
        if now < until:
            return timedelta(seconds=until - now)
        rest = min(2 * rest, LONGEST_REST)
        self._rests[host] = rest, now + rest
        return timedelta()

    def was_silent(self, host: str) -> None:
        """It did not answer."""
        self._rests.setdefault(host, (FIRST_REST, self.clock() + FIRST_REST))

    def has_answered(self, host: str) -> None:
        """Whatever it said, it is there."""
        self._rests.pop(host, None)

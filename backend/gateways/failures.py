"""Why something could not be sent, without a word about whom or what."""

from __future__ import annotations

from datetime import timedelta


class SendFailure(Exception):
    """`kind` is short and holds no address and no content, such as `smtp 451` or `TimeoutError`."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class Temporary(SendFailure):
    """Later it may succeed: the other side is away, busy, or set up wrongly on our side. `wait` is how long
    the other side asks us to stay away, when it says so."""

    def __init__(self, kind: str, wait: timedelta | None = None) -> None:
        super().__init__(kind)
        self.wait = wait


class Permanent(SendFailure):
    """It will never succeed: the other side refuses this recipient or this message."""


class Gone(Permanent):
    """The recipient is no more: whatever is kept about it may be forgotten."""

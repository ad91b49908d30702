"""How a verb says no."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """A rule says no. `message` is a marked Dutch sentence, `field` the form field it belongs beside."""

    def __init__(self, message: str, field: str | None = None, **params: Any) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.params = params


class NotFound(Exception):
    """It does not exist, or it is not this person's: the two are one answer."""

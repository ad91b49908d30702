"""Which notice words which message. Every room registers its own, in its notices.py."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from backend.outbox.letters import Letter

Notice = Callable[[Mapping[str, str], str | None], Awaitable[Letter | None]]

_notices: dict[str, Notice] = {}


class UnknownNotice(Exception):
    """No room of this version knows it; a newer version may have promised it."""


def notice(name: str) -> Callable[[Notice], Notice]:
    """Registers `async def (subject, secret) -> Mail | Sms | None`; None: there is nobody to tell any more.

    `subject` holds the identifiers that were promised, `secret` what the database keeps only hashed.
    """

    def register(function: Notice) -> Notice:
        if name in _notices:
            raise ValueError(f"two notices are called {name}")
        _notices[name] = function
        return function

    return register


def notice_named(name: str) -> Notice:
    """Raises UnknownNotice."""
    try:
        return _notices[name]
    except KeyError:
        raise UnknownNotice(name) from None


def names() -> frozenset[str]:
    """All registered notices."""
    return frozenset(_notices)

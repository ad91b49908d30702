"""Which notice words which message, and how it goes another way than by mail. Every room registers its own,
in its notices.py."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from backend.outbox.letters import Letter, Mail

Notice = Callable[[Mapping[str, str], str | None], Awaitable[Letter | None]]

Way = Callable[[Mapping[str, str], Mail], Awaitable[Letter | None]]

_notices: dict[str, Notice] = {}
_ways: dict[str, Way] = {}


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


def way(channel: str) -> Callable[[Way], Way]:
    """Registers `async def (subject, mail) -> Letter | None`: how what would be mailed is told by that
    channel; None: there is nowhere to send it any more."""

    def register(function: Way) -> Way:
        _ways[channel] = function
        return function

    return register


async def letter_of(channel: str, name: str, subject: Mapping[str, str], secret: str | None) -> Letter | None:
    """What the notice says, in the form of the channel. Raises UnknownNotice."""
    letter = await notice_named(name)(subject, secret)
    if channel == "mail" or not isinstance(letter, Mail):
        return letter
    if channel not in _ways:
        raise UnknownNotice(channel)
    return await _ways[channel](subject, letter)


def names() -> frozenset[str]:
    """All registered notices."""
    return frozenset(_notices)

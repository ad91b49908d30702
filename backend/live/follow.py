"""What one open page is told, for as long as the person may see the dossier."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import suppress

from backend.live.hub import Stream
from backend.live.queries import is_news

BEAT = (18.0, 24.0)
"""Seconds between looks without a hint, by chance, lest all pages look at once. A look judges anew whether
the person is still signed in and may see the dossier, finds what no hint told, and keeps the line open."""
GAP = 0.25
"""Seconds between one look and the next, however many hints come."""
LIST_BEAT = (40.0, 55.0)
"""A look at a list costs what its page does; sooner, hints tell."""
LIST_GAP = 3.0
"""Seconds from one piece of news of a list to the next: fifty reports at once are two."""
LIST_TICK = 1.0
"""A list is looked at so often at most, each at moments of its own by chance, lest all pages ask at once."""
ALIVE = b":\n\n"
MADE_WAY = b"event: over\ndata:\n\n"
"""The page rests until it is looked at again; seven open ones would push each other out forever."""

Look = Callable[[], Awaitable[str | None]]


async def follow(
    stream: Stream,
    look: Look,
    known: str,
    *,
    beat: tuple[float, float] = BEAT,
    gap: float = GAP,
    tick: float = 0.0,
) -> AsyncGenerator[bytes, None]:
    """The lines of an event stream: `here` with how things stand at the beginning, `changed` with how they
    stand by then, never what. A hint about something that the person may not see leaves no trace: signs of
    life come when they would have come without it, as a longer silence would tell of it too.

    `look` answers the state of the dossier or the list (queries.py), or None when the person may not see it
    any more, which ends the stream. `known` is the state that the page shows. With a `tick` hints are looked
    into at every so many seconds of the stream's own, and only news holds the next look back for `gap`: so
    what they may not see delays no news either.
    """
    first, hinted, due, now = True, False, 0.0, asyncio.get_running_loop().time
    begun = now() - random.uniform(0, tick)
    while not stream.over:
        stream.woken.clear()
        state = await look()
        if state is None:
            return
        line = b"" if hinted and now() < due else ALIVE
        if news := is_news(known, state):
            line = _event("changed", state)
        elif first:
            line = _event("here", state)
        if line:
            yield line
            due = now() + random.uniform(*beat)
        known, first = state, False
        if news or not tick:
            await _rest(stream, min(gap, due - now()))
        hinted = await _woken(stream, due)
        if hinted and tick:
            await _rest(stream, min(tick - (now() - begun) % tick, due - now()))
    if stream.over == "made way":
        yield MADE_WAY


def _event(name: str, state: str) -> bytes:
    return f"event: {name}\ndata: {state}\n\n".encode()


async def _woken(stream: Stream, due: float) -> bool:
    with suppress(TimeoutError):
        async with asyncio.timeout_at(due):
            return await stream.woken.wait()
    return False


async def _rest(stream: Stream, seconds: float) -> None:
    """Unless the stream has to end."""
    with suppress(TimeoutError):
        async with asyncio.timeout(max(seconds, 0)):
            await stream.ended.wait()

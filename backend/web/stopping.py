"""Hearing that the server stops, while answers that go on can still be ended."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any


@contextmanager
def told_to_stop(call: Callable[[], None]) -> Iterator[None]:
    """Within, `call` is called on the loop at SIGTERM or SIGINT, before the server's own handling.

    The server tells the application only once every answer has ended, and an open stream would keep it
    waiting for that. Where nobody handles the signal yet, or outside the main thread, this does nothing.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop, before = asyncio.get_running_loop(), dict[int, Any]()

    def heard(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(call)
        before[number](number, frame)

    for name in (signal.SIGTERM, signal.SIGINT):
        if callable(handler := signal.getsignal(name)):
            before[name] = handler
            signal.signal(name, heard)
    try:
        yield
    finally:
        for number, handler in before.items():
            if signal.getsignal(number) is heard:
                signal.signal(number, handler)

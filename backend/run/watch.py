"""What ends by itself is started again, ever later while it keeps ending."""

import sys
import time
from collections.abc import Sequence
from typing import Protocol

from backend.embedded import EmbeddedError
from backend.run.welcome import say

LOOK_SECONDS = 0.5
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
CALM_SECONDS = 60
"""Alive for so long counts as well again: the next pause is short."""


class Watched(Protocol):
    name: str

    @property
    def alive(self) -> bool: ...

    def start(self) -> None: ...

    def stop(self) -> None: ...


class Watch:
    def __init__(self, children: Sequence[Watched]) -> None:
        self._patients = [Patient(child) for child in children]

    def while_wanted(self) -> None:
        """Until a signal, or until the terminal goes away: under `ssh -t` make alone hears of that."""
        on_a_terminal = sys.stdout.isatty()
        while sys.stdout.isatty() == on_a_terminal:
            time.sleep(LOOK_SECONDS)
            for patient in self._patients:
                patient.look(time.monotonic())


class Patient:
    def __init__(self, child: Watched) -> None:
        self._child = child
        self._pause = FIRST_PAUSE
        self._started = 0.0
        self._due: float | None = None

    def look(self, now: float) -> None:
        if self._child.alive:
            return
        if self._due is None:
            if now - self._started > CALM_SECONDS:
                self._pause = FIRST_PAUSE
            say(f"{self._child.name} ended by itself; it starts again in {self._pause:g} s")
            self._due, self._pause = now + self._pause, min(self._pause * 2, LONGEST_PAUSE)
        elif now >= self._due:
            self._due, self._started = None, now
            try:
                self._child.start()
            except EmbeddedError as error:
                say(str(error))

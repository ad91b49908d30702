"""`make reset`: stop what runs here and delete its data."""

import contextlib
import os
import signal
import time
from pathlib import Path

from backend.embedded import folders
from backend.embedded.processes import end_noted
from backend.run.lock import Held, held
from backend.run.welcome import say

STOP_SECONDS = 60
NOTES = {
    "web.process": signal.SIGTERM,
    "worker.process": signal.SIGTERM,
    "redis.process": signal.SIGTERM,
    "postgres.process": signal.SIGINT,
}


def reset(data: Path) -> int:
    """Answers 0, or 1 when a run that holds the folder would not stop."""
    if not data.exists():
        say("There is nothing to reset.")
        return 0
    deadline = time.monotonic() + STOP_SECONDS
    asked = False
    while time.monotonic() < deadline:
        try:
            with held(data / "lock", "reset"):
                end_orphans(data)
                folders.remove(data)
            say("Everything under .data/ is gone; the next `make run` starts afresh.")
            return 0
        except Held as other:
            if not asked and other.pid:
                say(f"Stopping what runs at {other.address} …")
                with contextlib.suppress(ProcessLookupError):
                    os.kill(other.pid, signal.SIGTERM)
                asked = True
            time.sleep(0.2)
    say("What runs here does not stop; end it by hand and try again.")
    return 1


def end_orphans(data: Path) -> None:
    """Whatever a killed parent left running, in the order in which it leans on one another."""
    for name, with_signal in NOTES.items():
        if end_noted(data / name, with_signal):
            say(f"Ended the {name.removesuffix('.process')} that an earlier run left behind.")

"""`python -m backend.run` runs everything until Ctrl-C; `reset` forgets it all, `code WHO` signs in."""

import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType

from backend.embedded import EmbeddedError
from backend.run import surroundings
from backend.run.everything import start
from backend.run.lock import Held, held, holder
from backend.run.reach import people
from backend.run.reset import reset
from backend.run.watch import Watch
from backend.run.welcome import codes, say, welcome
from backend.settings import DATA, SettingsError


class Stopped(BaseException):
    """Somebody asked us to end: Ctrl-C, a closed terminal, `make reset`."""


def main() -> int:
    try:
        if sys.argv[1:] == ["reset"]:
            return reset(DATA)
        if sys.argv[1:2] == ["code"]:
            return code(*sys.argv[2:])
        surroundings.settle()
        return run(surroundings.port())
    except Held as other:
        say(f"Beterschap already runs at {other.address} (process {other.pid}).")
        say("Ctrl-C where it was started stops it; `make reset` stops it and starts afresh.")
        return 0 if other.address == surroundings.address() else 1
    except PermissionError as error:
        say(f"Beterschap did not start: no access to {error.filename}; it may belong to another user")
        return 1
    except (SettingsError, EmbeddedError) as error:
        say(f"Beterschap did not start: {error}")
        return 1


def run(port: int) -> int:
    DATA.mkdir(mode=0o711, exist_ok=True)
    with held(DATA / "lock", surroundings.address()), ExitStack() as running, stoppable():
        children = start(DATA, port, running)
        say(*welcome(surroundings.address(), people(surroundings.address())))
        Watch(children).while_wanted()
    return 0


def code(name: str = "") -> int:
    """Answers 1 when nobody by that name has an authenticator app, or nothing runs here."""
    running = holder(DATA / "lock")
    if running is None:
        say("Nothing runs here: `make run` first.")
        return 1
    lines = codes(name, people(running.address))
    say(*lines or [f"Nobody called {name} has an authenticator app."])
    return 0 if lines else 1


@contextmanager
def stoppable() -> Iterator[None]:
    """Within, a signal to end leaves by the nearest way out; from then on a second one changes nothing."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise Stopped

    signals = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
        signals.append(signal.SIGHUP)
    for each in signals:
        signal.signal(each, stop)
    try:
        yield
    except Stopped:
        say("", "Stopping …")
    finally:
        for each in signals:
            signal.signal(each, signal.SIG_IGN)


if __name__ == "__main__":
    sys.exit(main())

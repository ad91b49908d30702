"""Child processes that do not outlive their parent for long, and are known again by more than a number."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

import psutil

PR_SET_PDEATHSIG = 1


class EmbeddedError(Exception):
    """An embedded server cannot run here; the message is one line that says why and what to do."""


def spawn(
    argv: Sequence[str | Path],
    *,
    note: Path,
    end_with: signal.Signals = signal.SIGTERM,
    output: IO[bytes] | None = None,
    env: Mapping[str, str] | None = None,
    cwd: Path | str | None = None,
    user: int | None = None,
    group: int | None = None,
) -> subprocess.Popen[bytes]:
    """Start a process in a session of its own, so that Ctrl-C reaches the parent alone, and note who it is.

    On Linux the kernel sends it `end_with` when the parent dies, however that happens; elsewhere the note
    lets `end_noted` find it at the next start.
    """
    process = subprocess.Popen(
        [os.fspath(word) for word in argv],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        env=env,
        cwd=cwd,
        user=user,
        group=group,
        extra_groups=None if user is None else [],
        start_new_session=True,
        preexec_fn=_die_with_parent(end_with),  # noqa: PLW1509 - our parents start children before any thread
    )
    with contextlib.suppress(psutil.NoSuchProcess):
        note.write_text(f"{process.pid} {psutil.Process(process.pid).create_time()}")
    return process


def end(
    process: subprocess.Popen[bytes], with_signal: signal.Signals = signal.SIGTERM, *, within: float = 15
) -> None:
    """Ask a child to end, and make it after `within` seconds."""
    if process.poll() is None:
        process.send_signal(with_signal)
        try:
            process.wait(within)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def end_noted(note: Path, with_signal: signal.Signals = signal.SIGTERM, *, within: float = 15) -> bool:
    """End the process that an earlier parent noted, if it still runs; says whether it did."""
    process = _noted(note)
    note.unlink(missing_ok=True)
    if process is None:
        return False
    with contextlib.suppress(psutil.NoSuchProcess):
        process.send_signal(with_signal)
        if not _gone(process, within):
            process.kill()
            _gone(process, within)
    return True


def runs(process: psutil.Process) -> bool:
    """Not ended, and not a zombie either: in a container without an init nobody collects those."""
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _gone(process: psutil.Process, within: float) -> bool:
    deadline = time.monotonic() + within
    while runs(process):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _noted(note: Path) -> psutil.Process | None:
    try:
        pid, born = note.read_text().split()
        process = psutil.Process(int(pid))
        same = abs(process.create_time() - float(born)) < 1
    except (OSError, ValueError, psutil.Error):
        return None
    return process if same and runs(process) else None


def _die_with_parent(end_with: signal.Signals) -> Callable[[], None] | None:
    if sys.platform != "linux":
        return None
    prctl, parent = ctypes.CDLL(None).prctl, os.getpid()

    def before_exec() -> None:
        prctl(PR_SET_PDEATHSIG, int(end_with))
        if os.getppid() != parent:
            os._exit(1)

    return before_exec

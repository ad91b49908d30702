"""A process of ours that is watched: the web server, the worker."""

import subprocess
import sys
from pathlib import Path

from backend.embedded.processes import end, end_noted, spawn

HERE = Path(__file__).resolve().parent.parent.parent


def module(*words: str) -> list[str]:
    """The command that runs a module of ours, in this interpreter."""
    return [sys.executable, "-m", *words]


class Child:
    """A command that should keep running."""

    def __init__(self, name: str, command: list[str], data: Path) -> None:
        self.name = name
        self._command = command
        self._note = data / f"{name}.process"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        end_noted(self._note)
        self._process = spawn(self._command, note=self._note, cwd=HERE)

    def stop(self) -> None:
        if self._process is not None:
            end(self._process)
            self._note.unlink(missing_ok=True)

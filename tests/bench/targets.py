"""The servers under measure, each as `make run` starts its web server."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from backend.embedded import Servers
from backend.foundation import encryption
from backend.foundation.database import close_pool, open_pool
from backend.run.everything import WEB
from backend.settings import load

HERE = Path(__file__).resolve().parent.parent.parent
SECRET = "bench-only-" * 4
FIRST_PORT = 4810
READY_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Target:
    """One running web server: the product or the floor, on one of the databases."""

    name: str
    port: int
    process: psutil.Process
    database: str


def environment(servers: Servers, database: str, port: int, **more: str) -> dict[str, str]:
    return {
        "BETERSCHAP_ENV": "development",
        "DATABASE_URL": servers.postgres.url_of(database),
        "REDIS_URL": servers.redis_url,
        "SECRET_KEY": SECRET,
        "PUBLIC_URL": f"http://localhost:{port}",
        "PATH": os.environ.get("PATH", ""),
        **more,
    }


async def new_database(servers: Servers, name: str) -> str:
    """A migrated, empty database; answers its URL."""
    from backend.cli import migrate

    encryption.use(load(environment(servers, name, FIRST_PORT)).secret_keys)
    servers.postgres.sql(f'CREATE DATABASE "{name}"')
    await open_pool(servers.postgres.url_of(name))
    try:
        await migrate()
    finally:
        await close_pool()
    return servers.postgres.url_of(name)


@contextmanager
def serving(servers: Servers, name: str, database: str, **more: str) -> Iterator[Target]:
    """The `product` or the `floor` on that database, until the end of the block; `more` are settings."""
    port = _free_port()
    words = WEB.split()
    if name == "floor":
        words = [word for word in words if word != "--factory"]
        words[words.index("backend.app:create_app")] = "tests.bench.floor:app"
    with (servers.redis.folder / f"{name}-{database}.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *words, str(port)],
            cwd=HERE, env=environment(servers, database, port, **more), stdout=log,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        _wait(process, port, Path(log.name))
        yield Target(name, port, psutil.Process(process.pid), database)
    finally:
        process.terminate()
        process.wait(15)


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"a server did not start:\n{log.read_text()[-3000:]}")


def _free_port() -> int:
    for port in range(FIRST_PORT, FIRST_PORT + 80):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    raise SystemExit(f"no free port from {FIRST_PORT} on")

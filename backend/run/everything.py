"""Start everything in order."""

import os
import subprocess
import time
from contextlib import ExitStack
from pathlib import Path

from backend import settings
from backend.embedded import EmbeddedError, Postgres, Redis
from backend.run import surroundings
from backend.run.child import HERE, Child, module
from backend.run.reach import port_is_free, ready
from backend.run.reset import end_orphans
from backend.run.watch import Watched
from backend.run.welcome import say

READY_SECONDS = 90
PORT_SECONDS = 5
WEB = (
    "uvicorn backend.app:create_app --factory --host 127.0.0.1 --log-level warning --no-access-log"
    " --no-proxy-headers --no-server-header --timeout-graceful-shutdown 5 --port"
)


def start(data: Path, port: int, running: ExitStack) -> list[Watched]:
    """What runs now; when `running` closes it ends in the opposite order."""
    end_orphans(data)
    _wait_for_port(port)
    children = _servers(data, running)
    settings.load()
    _step("Bringing the tables up to date", "migrate")
    _step("Loading the demo people if the database is empty", "demo")
    say("Starting the web server and the worker …")
    ours = [
        Child("worker", module("backend.worker"), data),
        Child("web", module(*WEB.split(), str(port)), data),
    ]
    for child in ours:
        running.callback(child.stop)
        child.start()
    _wait_until_ready(ours)
    return [*children, *ours]


def _servers(data: Path, running: ExitStack) -> list[Watched]:
    """PostgreSQL and Redis, each unless its URL is given; in production the URLs must be given."""
    started: list[Watched] = []
    if not surroundings.development():
        return started
    if not surroundings.given("DATABASE_URL"):
        say("Starting PostgreSQL …")
        postgres = Postgres(data)
        running.callback(postgres.stop)
        postgres.start()
        os.environ["DATABASE_URL"] = postgres.url
        started.append(postgres)
    if not surroundings.given("REDIS_URL"):
        say("Starting Redis …")
        redis = Redis(data)
        running.callback(redis.stop)
        redis.start()
        os.environ["REDIS_URL"] = redis.url
        started.append(redis)
    return started


def _wait_for_port(port: int) -> None:
    """A run that was just killed may need a moment to let go of it."""
    deadline = time.monotonic() + PORT_SECONDS
    while not _may_have(port):
        if time.monotonic() > deadline:
            raise EmbeddedError(f"port {port} is taken by another program; try `make run PORT={port + 1}`")
        time.sleep(0.2)


def _may_have(port: int) -> bool:
    try:
        return port_is_free(port)
    except PermissionError:
        raise EmbeddedError(f"port {port} is not yours to open; try `make run PORT=8000`") from None


def _step(title: str, command: str) -> None:
    say(f"{title} …")
    if subprocess.run(module("backend.cli", command), cwd=HERE, check=False).returncode:
        raise EmbeddedError(f"`python -m backend.cli {command}` failed; what it said stands above")


def _wait_until_ready(ours: list[Child]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not ready(surroundings.address()):
        if ended := [child.name for child in ours if not child.alive]:
            raise EmbeddedError(f"the {ended[0]} ended at once; what it said stands above")
        if time.monotonic() > deadline:
            raise EmbeddedError(f"the web server was not ready within {READY_SECONDS} seconds")
        time.sleep(0.2)

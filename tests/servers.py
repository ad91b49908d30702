"""The embedded servers of one test run: started once, without waiting for disks, gone afterwards."""

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import asyncpg

from backend.embedded import Servers, folders

PREFIX = "beterschap-test-"
MEMORY = Path("/dev/shm")
"""Where a machine has files in memory: a database copied for each test need never come to the disk."""
ROOM = 2 << 30
"""Bytes that must be free there; a run takes some hundred million."""
STALE_SECONDS = 6 * 60 * 60


@contextlib.contextmanager
def running(*, durable: bool = False) -> Iterator[Servers]:
    """Own PostgreSQL and Redis in a folder of their own; for a test that kills them, `durable=True`."""
    _sweep()
    data = Path(tempfile.mkdtemp(prefix=PREFIX, dir=None if durable else _place()))
    data.chmod(0o711)
    try:
        servers = Servers.start(data, durable=durable)
        try:
            yield servers
        finally:
            servers.stop()
    finally:
        folders.remove(data)


async def copy_database(servers: Servers, template: str, name: str) -> str:
    """A fresh copy of a database that nobody is connected to, in some 20 ms; answers its URL."""
    connection = await asyncpg.connect(servers.postgres.url_of("postgres"))
    try:
        await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
    finally:
        await connection.close()
    return servers.postgres.url_of(name)


def _place() -> Path | None:
    """In memory where there is room, else where temporary files go."""
    with contextlib.suppress(OSError):
        if os.access(MEMORY, os.W_OK | os.X_OK) and shutil.disk_usage(MEMORY).free > ROOM:
            return MEMORY
    return None


def _sweep() -> None:
    """What earlier runs left because they were killed."""
    for left in (*Path(tempfile.gettempdir()).glob(f"{PREFIX}*"), *MEMORY.glob(f"{PREFIX}*")):
        with contextlib.suppress(OSError):
            about = left.stat()
            if about.st_uid == os.geteuid() and time.time() - about.st_mtime > STALE_SECONDS:
                folders.remove(left)

"""The product as a person meets it: web server and worker as processes, on the cast's database."""

from __future__ import annotations

import asyncio
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from redis.asyncio import Redis

from backend.embedded import Servers
from tests.conftest import SECRET

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 180
"""Seconds to wait for something that is bound to come; a wait that ends early is the usual one."""


def free_port() -> int:
    """A port nobody listens on, below those that a system hands out by itself.

    One of those could be given to somebody's outgoing connection before the server is there, or while it is
    stopped.
    """
    while True:
        port = random.randrange(20_000, 30_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


@dataclass
class Site:
    """A running product."""

    url: str
    environment: dict[str, str]
    web: subprocess.Popen[bytes]
    worker: subprocess.Popen[bytes]
    seen: set[str] = field(default_factory=set)

    def stop_web(self) -> None:
        """The network is gone: nobody listens any more."""
        self.web.kill()
        self.web.wait(timeout=PATIENCE)

    async def start_web(self) -> None:
        """It is back, at the same address."""
        self.web = start_web(self.environment, urlsplit(self.url).port or 0)
        await until_ready(self)

    async def inbox(self) -> list[dict[str, Any]]:
        """Everything sent, newest first."""
        async with httpx.AsyncClient(base_url=self.url, timeout=PATIENCE) as client:
            found: list[dict[str, Any]] = (await client.get("/dev/inbox.json")).json()
            return found

    async def next_message(self, to: str, channel: str = "mail", about: str = "") -> dict[str, Any]:
        """The newest message to somebody that was not taken yet, waiting until it is there."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            for message in await self.inbox():
                ours = message["to"] == to and message["channel"] == channel
                if ours and message["id"] not in self.seen and about in message["subject"] + message["text"]:
                    self.seen.add(message["id"])
                    return message
            await asyncio.sleep(0.1)
        raise AssertionError(f"no {channel} to {to} about {about!r} within {PATIENCE} s")


def start_web(
    environment: dict[str, str], port: int, app: str = "backend.app:create_app"
) -> subprocess.Popen[bytes]:
    """The web server on that port."""
    command = [sys.executable, "-m", "uvicorn", app, "--factory"]
    listen = ["--host", "localhost", "--port", str(port), "--no-access-log", "--log-level", "warning"]
    return subprocess.Popen([*command, *listen], cwd=ROOT, env=environment)


@asynccontextmanager
async def running_site(
    servers: Servers, database_url: str, files: Path, **settings: str
) -> AsyncIterator[Site]:
    """Starts both processes with an empty inbox, waits until they answer, ends them."""
    port = free_port()
    separator = "&" if "?" in servers.redis_url else "?"
    environment = {
        **os.environ,
        "BETERSCHAP_ENV": "development",
        "DATABASE_URL": database_url,
        "REDIS_URL": f"{servers.redis_url}{separator}db=1",
        "SECRET_KEY": SECRET,
        "PUBLIC_URL": f"http://localhost:{port}",
        "FILES_URL": files.as_uri(),
        "LOG_LEVEL": "warning",
        **settings,
    }
    environment.pop("SMTP_URL", None)
    async with Redis.from_url(environment["REDIS_URL"]) as redis:
        await redis.flushdb()  # an earlier site's mails would lead to an address nobody answers any more
    web = start_web(environment, port)
    worker = subprocess.Popen([sys.executable, "-m", "backend.worker"], cwd=ROOT, env=environment)
    site = Site(f"http://localhost:{port}", environment, web, worker)
    try:
        await until_ready(site)
        yield site
    finally:
        for process in (site.web, worker):
            process.terminate()
        for process in (site.web, worker):
            process.wait(timeout=PATIENCE)


async def until_ready(site: Site) -> None:
    until = time.monotonic() + PATIENCE
    async with httpx.AsyncClient(base_url=site.url) as client:
        while time.monotonic() < until:
            try:
                if (await client.get("/health/ready")).status_code == 200:
                    return
            except httpx.TransportError:
                assert site.web.poll() is None, "the web server ended at its start"
            await asyncio.sleep(0.05)
    raise AssertionError("the site did not become ready")

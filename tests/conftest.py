"""What every test may lean on: servers of this run alone, and a migrated database for itself."""

import os
import secrets
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator

import pytest

from backend.embedded import Servers
from backend.foundation import database as db
from tests.servers import copy_database, running

os.environ["BETERSCHAP_ENV"] = "development"
os.environ.setdefault("SECRET_KEY", secrets.token_hex(32))
EMPTY = "beterschap"


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    with running() as started:
        os.environ |= {"DATABASE_URL": started.database_url, "REDIS_URL": started.redis_url}
        migrate(started.database_url)
        yield started


@pytest.fixture
def database_url(servers: Servers) -> Iterator[str]:
    """A database with all tables and no rows, for one test alone."""
    name = f"test_{secrets.token_hex(6)}"
    yield copy_database(servers, EMPTY, name)
    servers.postgres.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[str]:
    """The same, with `backend.foundation.database` connected to it."""
    await db.open_pool(database_url)
    yield database_url
    await db.close_pool()


def migrate(url: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "piccolo.main", "migrations", "forwards", "beterschap"],
        env=os.environ | {"DATABASE_URL": url, "PICCOLO_CONF": "backend.piccolo_conf"},
        check=True,
        stdout=subprocess.DEVNULL,
    )

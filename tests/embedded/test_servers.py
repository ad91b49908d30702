"""The embedded servers outlive what a newcomer's machine does to them."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import redis as redis_client

from backend.embedded import EmbeddedError, Servers, folders
from backend.embedded.processes import end_noted, runs

HOLD = """
import sys, time
from pathlib import Path
from backend.embedded import Servers
Servers.start(Path(sys.argv[1]))
print("ready", flush=True)
time.sleep(600)
"""


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """A folder with a long name and spaces in it, as people have them."""
    path = tmp_path / f"een map met een heel lange naam {'lang ' * 15}" / ".data"
    yield path
    folders.remove(path)


def test_data_survives_the_kill_of_every_process(data: Path) -> None:
    servers = Servers.start(data)
    servers.postgres.sql("CREATE TABLE kept (n int)", "beterschap")
    servers.postgres.sql("INSERT INTO kept VALUES (7)", "beterschap")
    with redis_client.Redis.from_url(servers.redis_url) as client:
        client.set("kept", "7")
        while client.info("persistence")["aof_buffer_length"]:
            pass  # on its way to the file that the next Redis reads
    servers.postgres.stop(signal.SIGKILL)
    servers.redis.stop(signal.SIGKILL)
    again = Servers.start(data)
    try:
        assert again.postgres.sql("SELECT n FROM kept", "beterschap") == "7"
        with redis_client.Redis.from_url(again.redis_url) as client:
            assert client.get("kept") == b"7"
    finally:
        again.stop()


def test_the_servers_of_a_killed_parent_do_not_stand_in_the_way(data: Path) -> None:
    parent = subprocess.Popen([sys.executable, "-c", HOLD, str(data)], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    assert parent.stdout.readline() == b"ready\n"
    orphan = psutil.Process(int((data / "postgres.process").read_text().split()[0]))
    assert orphan.is_running()
    parent.kill()
    parent.wait()
    parent.stdout.close()
    servers = Servers.start(data)
    try:
        assert not runs(orphan)
        assert servers.postgres.sql("SELECT 1") == "1"
    finally:
        servers.stop()


def test_both_start_and_stop_again_and_leave_no_process(data: Path) -> None:
    for _ in range(2):
        servers = Servers.start(data, durable=False)
        assert servers.postgres.alive
        assert servers.redis.alive
        servers.stop()
        assert not servers.postgres.alive
        assert not servers.redis.alive
    assert not list(data.glob("*.process"))


def test_a_zombie_with_the_old_number_does_not_stand_in_the_way(data: Path) -> None:
    """In a container without an init the killed server stays in the list of processes."""
    first = Servers.start(data, durable=False)
    first.stop()
    owner = folders.unprivileged()
    zombie = subprocess.Popen(["/bin/true"], user=owner.user, group=owner.group)
    os.waitid(os.P_PID, zombie.pid, os.WEXITED | os.WNOWAIT)  # it ended, and nobody asks how
    pid = f"{zombie.pid}\n"
    (first.postgres.cluster / "postmaster.pid").write_text(pid)
    (first.postgres.sockets / ".s.PGSQL.5432.lock").write_text(pid)
    try:
        servers = Servers.start(data, durable=False)
        assert servers.postgres.sql("SELECT 1") == "1"
        servers.stop()
    finally:
        zombie.wait()


def test_a_server_that_died_starts_again_in_its_place(data: Path) -> None:
    servers = Servers.start(data, durable=False)
    try:
        url = servers.database_url
        servers.postgres.stop(signal.SIGKILL)
        assert not servers.postgres.alive
        servers.postgres.start()
        assert servers.postgres.sql("SELECT 1") == "1"
        assert servers.database_url == url
    finally:
        servers.stop()


def test_data_of_another_postgresql_is_left_alone(data: Path) -> None:
    servers = Servers.start(data, durable=False)
    servers.stop()
    (servers.postgres.cluster / "PG_VERSION").write_text("15\n")
    with pytest.raises(EmbeddedError, match="made by PostgreSQL 15: `make reset`"):
        Servers.start(data)


def test_a_note_about_a_number_that_now_is_a_stranger_ends_nobody(tmp_path: Path) -> None:
    note = tmp_path / "web.process"
    note.write_text(f"{os.getpid()} 12345.0")
    assert end_noted(note) is False
    assert not note.exists()

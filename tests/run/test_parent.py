"""The parent of `make run`: one per folder, and patient with what ends."""

import os
import socket
import stat
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from backend.embedded import EmbeddedError
from backend.run import everything, surroundings, watch
from backend.run.lock import Held, held
from backend.run.reach import port_is_free
from backend.settings import SettingsError, load


def test_a_second_run_hears_who_runs_already(tmp_path: Path) -> None:
    with held(tmp_path / "lock", "http://localhost:8000"):
        with pytest.raises(Held) as other, held(tmp_path / "lock", "http://localhost:8001"):
            pass
        assert (other.value.pid, other.value.address) == (os.getpid(), "http://localhost:8000")
    with held(tmp_path / "lock", "http://localhost:8001"):
        pass


def test_the_secret_is_made_once_and_is_nobody_elses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SECRET_KEY", "SECRET_KEY_FILE", "BETERSCHAP_ENV", "PUBLIC_URL", "LOG_LEVEL"):
        monkeypatch.setenv(name, "")
    monkeypatch.setattr(surroundings, "DATA", tmp_path)
    monkeypatch.setenv("PORT", "8123")
    surroundings.settle()
    path = Path(os.environ["SECRET_KEY_FILE"])
    first = path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    surroundings.settle()
    assert path.read_text() == first
    servers = {"DATABASE_URL": "postgresql:///x", "REDIS_URL": "redis://x"}
    assert load(os.environ | servers).public_url == "http://localhost:8123"


@pytest.mark.parametrize("text", ["http", "0", "65536", "-1", "8000x"])
def test_a_port_is_a_number(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", text)
    with pytest.raises(SettingsError, match="PORT must be a number"):
        surroundings.port()


def test_a_taken_port_is_seen() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert not port_is_free(port)
    assert port_is_free(port)


@pytest.fixture
def nobody_special() -> Iterator[None]:
    """Who runs the tests, but not as root."""
    was = os.geteuid()
    if not was:
        os.seteuid(65534)
    yield
    os.seteuid(was)


@pytest.mark.usefixtures("nobody_special")
def test_a_port_of_the_machine_itself_is_not_called_taken() -> None:
    first_free = int(Path("/proc/sys/net/ipv4/ip_unprivileged_port_start").read_text())
    if not first_free:
        assert port_is_free(1), "here everybody may open every port"
        return
    with pytest.raises(PermissionError):
        port_is_free(first_free - 1)
    with pytest.raises(EmbeddedError, match="not yours to open"):
        everything._wait_for_port(first_free - 1)


class Fragile:
    """Ends as soon as it starts."""

    name = "fragile"
    alive = False

    def __init__(self) -> None:
        self.starts = 0

    def start(self) -> None:
        self.starts += 1

    def stop(self) -> None: ...


def test_what_keeps_ending_starts_again_ever_later() -> None:
    child = Fragile()
    patient = watch.Patient(child)
    starts = []
    for tenth in range(1000):
        before = child.starts
        patient.look(1000 + tenth / 10)
        if child.starts > before:
            starts.append(tenth / 10)
    pauses = [later - earlier for earlier, later in pairwise(starts)]
    assert starts[0] == watch.FIRST_PAUSE
    assert pauses == sorted(pauses)
    assert pauses[-1] == pytest.approx(watch.LONGEST_PAUSE, abs=0.2)

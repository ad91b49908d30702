"""Where the embedded servers keep their things, and which user may reach them."""

import os
import pwd
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from backend.embedded.processes import EmbeddedError

FAR_AWAY = Path("/var/lib/beterschap")
SOCKET_FOLDER_BYTES = 80
"""A socket's whole path must stay below 104 bytes (108 on Linux), and PostgreSQL adds `/.s.PGSQL.5432`."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whom a server runs as: PostgreSQL refuses root, so root hands over to somebody without rights."""

    user: int | None = None
    group: int | None = None

    def give(self, path: Path) -> None:
        if self.user is not None and self.group is not None:
            os.chown(path, self.user, self.group)


def owner_of(path: Path) -> Owner:
    """For root: the user to whom an existing folder already belongs; for anybody else: themselves."""
    if os.geteuid() == 0 and path.exists() and path.stat().st_uid != 0:
        return Owner(path.stat().st_uid, path.stat().st_gid)
    return Owner()


def unprivileged() -> Owner:
    if os.geteuid() != 0:
        return Owner()
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError as error:
        raise EmbeddedError(
            "PostgreSQL refuses root and there is no user `nobody`: run as an ordinary user"
        ) from error
    return Owner(nobody.pw_uid, nobody.pw_gid)


def reachable(path: Path) -> bool:
    """Whether a user without rights can get to this path and read it."""
    last = 0o005 if path.is_dir() else 0o004
    return bool(path.stat().st_mode & last == last) and all(up.stat().st_mode & 0o001 for up in path.parents)


def private(path: Path, owner: Owner) -> Path:
    path.mkdir(mode=0o700, exist_ok=True)
    owner.give(path)
    return path


def home(data: Path, owner: Owner) -> Path:
    """PostgreSQL's folder under `data`, or elsewhere when `owner` cannot get in; a note says where."""
    near, note = data / "postgres", data / "postgres.elsewhere"
    if (
        owner.user is None
        or owner == owner_of(near)
        or all(up.stat().st_mode & 0o001 for up in (data, *data.parents))
    ):
        return private(near, owner)
    if note.exists() and Path(note.read_text()).is_dir():
        return Path(note.read_text())
    FAR_AWAY.mkdir(parents=True, exist_ok=True)
    FAR_AWAY.chmod(0o711)
    far = Path(tempfile.mkdtemp(dir=FAR_AWAY))
    owner.give(far)
    note.write_text(str(far))
    return far


def sockets(near: Path, owner: Owner) -> Path:
    """A private folder for a Unix socket; in /tmp when the path of `near` is long or has odd letters."""
    if _fit_for_sockets(near):
        return private(near, owner)
    note = near.with_suffix(".elsewhere")
    if note.exists():
        far = Path(note.read_text())
        if far.is_dir() and not far.is_symlink() and far.stat().st_uid == (owner.user or os.geteuid()):
            return far
    far = Path(tempfile.mkdtemp(prefix="beterschap-", dir=_temporary()))
    owner.give(far)
    note.write_text(str(far))
    return far


def remove(data: Path) -> None:
    """Delete everything the servers keep for `data`, also what lies elsewhere."""
    for note in (*data.glob("*.elsewhere"), *data.glob("*/*.elsewhere")):
        far = Path(note.read_text())
        for inner in far.glob("*.elsewhere"):
            shutil.rmtree(inner.read_text(), ignore_errors=True)
        shutil.rmtree(far, ignore_errors=True)
    shutil.rmtree(data, ignore_errors=True)


def _temporary() -> Path:
    usual = Path(tempfile.gettempdir())
    return usual if _fit_for_sockets(usual / "beterschap-12345678") else Path("/tmp")  # noqa: S108


def _fit_for_sockets(path: Path) -> bool:
    return (
        len(os.fsencode(path)) <= SOCKET_FOLDER_BYTES
        and re.fullmatch(r"[A-Za-z0-9/._-]+", str(path)) is not None
    )

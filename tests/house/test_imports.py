"""Imports run one way: the contracts stand in pyproject.toml."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]


def test_every_contract_on_imports_is_kept() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"]
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr

"""What whoever starts it reads when a setting is missing: one line, not a page of code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SERVER = ("uvicorn", "--factory", "backend.app:create_app", "--port", "0")
ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize("program", [SERVER, ("backend.worker",)])
def test_a_missing_setting_ends_the_start_with_one_line(program: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *program],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PUBLIC_URL": "https://mijn.example.nl"},
        capture_output=True,
        text=True,
        timeout=200,  # it imports all there is, which is a matter of the machine
        check=False,
    )
    assert done.returncode == 1
    assert (
        done.stdout + done.stderr
        == "Beterschap did not start: DATABASE_URL (or DATABASE_URL_FILE) is not set\n"
    )

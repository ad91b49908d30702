"""No promise escapes the reader's choice by accident."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

BACKEND = Path(__file__).resolve().parent.parent.parent / "backend"
NO_CHOICE = {"accounts", "invitations", "second_factor"}
"""Links, codes, and word of what changed about one's way in: they go where they must."""


def promises(file: Path) -> list[ast.Call]:
    """Every call of `add` or `Promise` in a file that has them from the outbox."""
    tree = ast.parse(file.read_text())
    names = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "backend.outbox.add"
        for alias in node.names
    } - {"add_many"}
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in names]


FILES = [file for file in sorted(BACKEND.glob("*/*.py")) if promises(file)]


def test_there_are_promises_to_look_at() -> None:
    assert {"accounts", "dossier", "legal_calendar", "organisations", "sickleave"} <= {
        file.parent.name for file in FILES
    }


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_promise_says_of_which_kind_it_is(file: Path) -> None:
    for call in promises(file):
        kinds = [word for word in call.keywords if word.arg == "kind"]
        assert bool(kinds) != (file.parent.name in NO_CHOICE), f"line {call.lineno}"

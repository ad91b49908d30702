"""The house rules that can be read from the source itself."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from jinja2 import nodes

from backend.web.templating import TEMPLATES, environment

ROOT = Path(__file__).resolve().parent.parent.parent
BACKEND = ROOT / "backend"
EAGER = [
    (re.compile(r"\sstyle\s*=", re.I), "a style attribute"),
    (re.compile(r"<style", re.I), "an inline style"),
    (re.compile(r"<script(?![^>]*\ssrc=)", re.I), "an inline script"),
    (re.compile(r"\s(?:on[a-z]+|hx-on[:\w-]*)\s*=", re.I), "an inline handler"),
    (re.compile(r"\bjs:|javascript:", re.I), "code in an attribute"),
    (re.compile(r"https?://(?!www\.w3\.org)", re.I), "an address of another site"),
]


def templates() -> list[str]:
    """Every template, by name."""
    return sorted(file.relative_to(TEMPLATES).as_posix() for file in TEMPLATES.rglob("*.*"))


@pytest.mark.parametrize("name", templates())
def test_a_template_compiles(name: str) -> None:
    environment.get_template(name)


@pytest.mark.parametrize("name", [name for name in templates() if not name.startswith("email/")])
def test_a_template_needs_no_exception_from_the_content_policy(name: str) -> None:
    source = re.sub(r"\{#.*?#\}", "", (TEMPLATES / name).read_text(), flags=re.S)
    for pattern, what in EAGER:
        assert not pattern.search(source), f"{name} has {what}"


def test_every_template_is_used() -> None:
    used: set[str] = set()
    for name in templates():
        tree = environment.parse((TEMPLATES / name).read_text())
        for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
            if isinstance(node.template, nodes.Const):  # type: ignore[attr-defined]
                used.add(node.template.value)  # type: ignore[attr-defined]
    code = "\n".join(file.read_text() for file in BACKEND.rglob("*.py"))
    # A mail names its template without the ending, since it has two.
    unused = [
        name
        for name in templates()
        if name not in used and name not in code and f'"{Path(name).stem}"' not in code
    ]
    assert not unused


def test_imports_run_one_way() -> None:
    outcome = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 0, outcome.stdout


def pages() -> list[Path]:
    """Every module that answers requests."""
    return sorted([*BACKEND.glob("*/*pages.py"), *BACKEND.glob("*/pages/*.py")])


@pytest.mark.parametrize("file", pages(), ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_page_asks_no_table_itself(file: Path) -> None:
    """Loading goes through queries and verbs, which take the person: no handler fetches by a bare id."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom):
            module = node.module or ""
            assert not module.endswith(".tables"), f"{file.name} imports {module}"
            assert module != "backend.foundation.database", f"{file.name} asks the database itself"


ASKED_BY_NOBODY = {"outbox", "audit"}
"""Read by the operator, or through a list of one's own employments."""
QUERIES = [file for file in sorted(BACKEND.glob("*/queries.py")) if file.parent.name not in ASKED_BY_NOBODY]


@pytest.mark.parametrize("file", QUERIES, ids=lambda file: file.parent.name)
def test_a_query_is_asked_by_somebody(file: Path) -> None:
    """Every public query's first argument is who asks, or what they proved."""
    for node in ast.parse(file.read_text()).body:
        if isinstance(node, ast.AsyncFunctionDef) and not node.name.startswith("_"):
            first = node.args.args[0].arg if node.args.args else ""
            assert first in ("person", "session", "account"), f"{file.parent.name}.{node.name}({first})"


def test_every_screen_of_code_stays_a_screen() -> None:
    long = [
        f"{file.relative_to(ROOT)}: {lines}"
        for file in BACKEND.rglob("*.py")
        if (lines := len(file.read_text().splitlines())) > 250
    ]
    assert not long

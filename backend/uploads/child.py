"""The process in which one file is judged: little memory, little time, no secrets and no network of ours.

It is told on standard input where the file is and its key, and answers on standard output. What goes wrong in
here, be it a crash, ends this process and nothing else.
"""

from __future__ import annotations

import json
import os
import resource
import sys

from backend.uploads.kinds import LARGEST
from backend.uploads.recognise import judge
from backend.uploads.scratch import Writer, reader
from backend.uploads.unfit import Unfit, Why

MEMORY = 256 * 1024 * 1024
SECONDS = 15


def limit() -> None:
    """From here on this process can hurt itself only."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (2 * LARGEST, 2 * LARGEST))
    resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))
    if sys.platform == "linux":
        used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()  # noqa: SIM115, PTH123
        resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))


def main() -> None:
    """Judges the one file it is given."""
    told = json.load(sys.stdin)
    limit()
    key = bytes.fromhex(told["key"])
    out = Writer(told["out"], bytes.fromhex(told["out_key"]))
    answer: dict[str, object]
    try:
        with reader(told["file"], key, told["size"]) as file:
            kind, cleaned = judge(file, out)
        out.finish()
        answer = {"kind": kind, "cleaned": cleaned, "size": out.size}
    except Unfit as unfit:
        answer = {"why": unfit.why}
    except (MemoryError, RecursionError):
        answer = {"why": Why.TOO_COMPLEX}
    os.write(1, json.dumps(answer | {"peak": peak()}).encode())


def peak() -> int:
    """KiB of memory at the highest; 0 where the system does not say."""
    if sys.platform != "linux":
        return 0
    with open("/proc/self/status") as status:  # noqa: PTH123
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))


if __name__ == "__main__":
    main()

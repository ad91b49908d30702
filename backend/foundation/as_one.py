"""Several statements that write, as one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

NUMBER = re.compile(r"\$(\d+)")


def as_one(statements: Sequence[tuple[str, Sequence[Any]]]) -> tuple[str, list[Any]]:
    """Each statement with its values, as one with all values. None sees what another writes, and no two may
    change the same row; foreign keys and triggers look once all is written."""
    values = [value for _sql, given in statements for value in given]
    return _joined(tuple((sql, len(given)) for sql, given in statements)), values


@lru_cache(maxsize=100)
def _joined(statements: tuple[tuple[str, int], ...]) -> str:
    """The same text each time, so that PostgreSQL plans it once."""
    parts: list[str] = []
    before = 0
    for at, (sql, count) in enumerate(statements):
        parts.append(f"part_{at} AS ({_moved(sql, before)})")
        before += count
    return f"WITH {', '.join(parts)} SELECT"


def _moved(sql: str, by: int) -> str:
    """`$1` becomes `$8`, say."""
    return NUMBER.sub(lambda found: f"${int(found[1]) + by}", sql)

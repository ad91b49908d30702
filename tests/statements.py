"""Counts what is really said to PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from asyncpg.connection import Connection


@contextmanager
def counted() -> Iterator[list[str]]:
    """Every statement of this process while it lasts, BEGIN and COMMIT included."""
    said: list[str] = []
    originals = {name: getattr(Connection, name) for name in ("fetch", "fetchrow", "fetchval", "execute")}

    def listening(original: Any) -> Any:
        async def heard(self: Connection, query: str, *args: Any, **kwargs: Any) -> Any:
            said.append(" ".join(query.split()))
            return await original(self, query, *args, **kwargs)

        return heard

    for name, original in originals.items():
        setattr(Connection, name, listening(original))
    try:
        yield said
    finally:
        for name, original in originals.items():
            setattr(Connection, name, original)

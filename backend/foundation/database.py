"""The one door to PostgreSQL: Piccolo's engine with a transaction that always gives its connection back."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Hashable, Sequence
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar
from typing import Any, Literal, cast

import asyncpg
from piccolo.engine.postgres import PostgresEngine, PostgresTransaction

from backend.foundation.as_one import as_one

TURN_SECONDS = 5.0
"""How long a request waits for a connection, and for a broken one to be given back: a database that hangs
must not keep people waiting for an answer that says so."""


class Kept:
    """The connection that a page keeps from its first statement until its answer begins: one turn for all.

    What is asked while another has it, or after the answer began, takes a turn of its own.
    """

    __slots__ = ("connection", "free", "over")

    def __init__(self) -> None:
        self.connection: Any = None
        self.free = True
        self.over = False

    async def end(self) -> None:
        """Gives the connection back for good; harmless when there is none. What then goes wrong is the
        pool's, which ends that connection: the answer was made without it."""
        self.free, self.over = False, True
        connection, self.connection = self.connection, None
        if connection is not None and DB.pool:
            with suppress(
                OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError
            ):
                await DB.pool.release(connection, timeout=TURN_SECONDS)


kept: ContextVar[Kept | None] = ContextVar("kept", default=None)


async def _turn(pool: asyncpg.Pool) -> Any:
    """A connection of the pool, in its turn, or the one that is kept; for `_back`. Raises TimeoutError."""
    keeper = kept.get()
    if keeper is None or not keeper.free:
        async with asyncio.timeout(TURN_SECONDS):
            return await pool.acquire()
    keeper.free = False  # first, so that whoever comes while it waits takes a turn of its own
    if keeper.connection is None:
        try:
            async with asyncio.timeout(TURN_SECONDS):
                found = await pool.acquire()
        except BaseException:
            keeper.free = not keeper.over
            raise
        if keeper.over:
            return found
        keeper.connection = found
    return keeper.connection


async def _back(pool: asyncpg.Pool, connection: Any) -> None:
    keeper = kept.get()
    if keeper is not None and keeper.connection is connection:
        keeper.free = True
    else:
        await pool.release(connection, timeout=TURN_SECONDS)


class Transaction(PostgresTransaction):
    """A transaction whose connection returns to the pool also when the commit itself fails.

    Piccolo's own leaves connection and context behind when the server goes away during a commit, so a
    database restart would drain the pool for good.
    """

    afterwards: dict[Hashable, Callable[[], None]]
    """What follows once it has committed."""

    async def __aenter__(self) -> Transaction:
        if self._parent is not None:
            return cast(Transaction, self._parent)
        self.afterwards = {}
        self.connection = await self.get_connection()
        try:
            self.transaction = self.connection.transaction()
            await self.begin()  # type: ignore[no-untyped-call]
        except BaseException:
            await self._give_back()
            raise
        self.context = self.engine.current_transaction.set(self)
        return self

    async def get_connection(self) -> Any:
        if self.engine.pool:
            return await _turn(self.engine.pool)
        return await self.engine.get_new_connection()

    async def __aexit__(self, exception_type: Any, exception: Any, traceback: Any) -> Literal[False]:
        if self._parent is not None:
            return False
        try:
            if isinstance(exception, TimeoutError):
                self.connection.terminate()  # it would not hear a rollback either
            elif exception is not None:
                if not self._rolled_back and not self.connection.is_closed():
                    await self.rollback()  # type: ignore[no-untyped-call]
            elif not self._committed and not self._rolled_back:
                await self.commit()  # type: ignore[no-untyped-call]
        finally:
            self.engine.current_transaction.reset(self.context)
            await self._give_back()
        if self._committed:
            for follow in self.afterwards.values():
                follow()
        return False

    async def _give_back(self) -> None:
        if self.engine.pool:
            await _back(self.engine.pool, self.connection)
        else:
            await self.connection.close()


class Engine(PostgresEngine):
    """Piccolo's engine, with no connection made at import and transactions that cannot leak."""

    async def check_version(self) -> None:
        """Asks nothing: importing the tables must not need a running server."""

    async def prep_database(self) -> None:
        """Asks nothing: the product uses no extensions."""

    async def _run_in_pool(self, query: str, args: Sequence[Any] | None = None) -> Any:
        assert self.pool is not None  # noqa: S101
        connection = await _turn(self.pool)
        try:
            return await connection.fetch(query, *(args or ()))
        finally:
            await _back(self.pool, connection)

    def transaction(self, allow_nested: bool = True) -> Transaction:
        return Transaction(engine=self, allow_nested=allow_nested)


async def _keep_as_is(connection: asyncpg.Connection) -> None:
    """Skips the reset round trip: no statement of ours leaves session state behind."""


os.environ.setdefault("PICCOLO_CONF", "backend.piccolo_conf")
"""Where Piccolo's tables find the engine, whichever program imports them."""
DB = Engine(config={"dsn": os.environ.get("DATABASE_URL", "")})


async def open_pool(url: str, largest: int = 10, patience: float = 20) -> None:
    """Connects lazily, so that a server that is still away does not stop the start. `patience`: seconds that
    one statement may take."""
    DB.config = {"dsn": url}
    await DB.start_connection_pool(
        min_size=0,
        max_size=largest,
        reset=_keep_as_is,
        command_timeout=patience,
        timeout=TURN_SECONDS,
        server_settings={"application_name": "beterschap", "timezone": "UTC"},
    )


async def close_pool() -> None:
    """Gives back every connection; harmless when there is no pool."""
    if DB.pool:
        await DB.close_connection_pool()


def transaction() -> Transaction:
    """All or nothing; inside another transaction it joins that one."""
    return DB.transaction()


def after_commit(key: Hashable, follow: Callable[[], None]) -> None:
    """Calls `follow` once the current transaction has committed, at once when there is none, and never when
    it is rolled back. Once per key and transaction. For hints alone: a crash in between loses the call."""
    current = DB.current_transaction.get()
    if current is None:
        follow()
    else:
        cast(Transaction, current).afterwards[key] = follow


_waiting: ContextVar[list[tuple[str, Sequence[Any]]] | None] = ContextVar("waiting", default=None)


@asynccontextmanager
async def together() -> AsyncIterator[None]:
    """What is executed within goes to PostgreSQL at the end as one statement (as_one.py says of what kind):
    one way there and back, and triggers that find everything in its place. Nothing can be read within: that
    raises RuntimeError."""
    waiting: list[tuple[str, Sequence[Any]]] = []
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    if waiting:
        sql, args = as_one(waiting)
        await fetch(sql, *args)


async def fetch(sql: str, *args: Any) -> list[asyncpg.Record]:
    """Rows of one statement, within the current transaction when there is one."""
    if _waiting.get() is not None:
        raise RuntimeError("what is written together has no rows to read yet")
    current = DB.current_transaction.get()
    if current is not None:
        return cast("list[asyncpg.Record]", await current.connection.fetch(sql, *args))
    if DB.pool is None:
        return cast("list[asyncpg.Record]", await DB._run_in_new_connection(sql, args))
    return cast("list[asyncpg.Record]", await DB._run_in_pool(sql, args))


async def fetch_one(sql: str, *args: Any) -> asyncpg.Record | None:
    """The first row, or None."""
    rows = await fetch(sql, *args)
    return rows[0] if rows else None


async def fetch_value(sql: str, *args: Any) -> Any:
    """The first column of the first row, or None."""
    row = await fetch_one(sql, *args)
    return row[0] if row else None


async def execute(sql: str, *args: Any) -> None:
    """One statement whose rows nobody wants."""
    waiting = _waiting.get()
    if waiting is None:
        await fetch(sql, *args)
    else:
        waiting.append((sql, args))

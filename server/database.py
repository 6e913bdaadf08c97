"""The one connection to PostgreSQL that tables, store and jobs share."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Any

import asyncpg
from piccolo.engine.postgres import PostgresEngine, PostgresTransaction

POOL_SIZE = 10
ACQUIRE_S = 10.0


class DatabaseAwayError(Exception):
    """No connection can be had: PostgreSQL is away, or every connection of the pool is busy for too long."""


class Transaction(PostgresTransaction):
    """Piccolo's, but a connection that dies within it goes back to the pool, which then replaces it.

    Piccolo 1.38 keeps the connection when BEGIN, COMMIT or ROLLBACK fails: after a restart of PostgreSQL under load the pool would run dry.
    """

    __slots__ = ()
    engine: "Database"
    connection: Any

    async def __aenter__(self) -> PostgresTransaction:
        if self._parent is not None:
            return self._parent
        self.connection = await self.engine.acquire()
        try:
            self.transaction = self.connection.transaction()
            await self.transaction.start()
        except BaseException:
            await self.release()
            raise
        self.context = self.engine.current_transaction.set(self)
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> bool:
        try:
            return await super().__aexit__(kind, error, trace)
        except BaseException:
            if self._parent is None:
                await self.release()
                self.engine.current_transaction.reset(self.context)
            raise

    async def release(self) -> None:
        if self.engine.pool is not None:
            await self.engine.pool.release(self.connection)


class Database(PostgresEngine):
    """Piccolo's engine, made before its address is known: `point` says where, `open` starts the pool."""

    pool: asyncpg.Pool | None

    def __init__(self) -> None:
        super().__init__(config={"dsn": ""})

    async def check_version(self) -> None:
        """Nothing: Piccolo would connect here, when the module is imported."""

    async def prep_database(self) -> None:
        """Nothing: we need no extensions."""

    def point(self, url: str) -> None:
        self.config = {"dsn": url, "server_settings": {"application_name": "ydan", "timezone": "UTC"}}

    def transaction(self, allow_nested: bool = True) -> Transaction:
        """`async with DB.transaction():` – what the store runs within it commits or vanishes together. Its `connection` is asyncpg's."""
        return Transaction(engine=self, allow_nested=allow_nested)

    @asynccontextmanager
    async def open(self, *, size: int = POOL_SIZE) -> AsyncIterator[asyncpg.Pool]:
        """The pool, for as long as the block runs. One event loop at a time."""
        await self.start_connection_pool(min_size=1, max_size=size, timeout=ACQUIRE_S, command_timeout=60, reset=tidied)
        assert self.pool is not None
        try:
            yield self.pool
        finally:
            await self.close_connection_pool()

    async def acquire(self) -> asyncpg.Connection:
        """A connection of the pool, to be released to it. Raises DatabaseAwayError."""
        if self.pool is None:
            raise RuntimeError("the pool is not open: use `async with DB.open()`")
        try:
            return await self.pool.acquire(timeout=ACQUIRE_S)
        except (OSError, TimeoutError, asyncpg.CannotConnectNowError) as error:
            raise DatabaseAwayError("no connection") from error

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[asyncpg.Connection]:
        """asyncpg's connection: that of the transaction this runs in, else one of the pool."""
        current = self.current_transaction.get()
        if current is not None:
            yield current.connection
            return
        connection = await self.acquire()
        try:
            yield connection
        finally:
            if self.pool is not None:
                await self.pool.release(connection)

    async def _run_in_pool(self, query: str, args: Sequence[Any] | None = None) -> Any:
        async with self.connection() as connection:
            return await connection.fetch(query, *(args or ()))

    async def _run_in_new_connection(self, query: str, args: Sequence[Any] | None = None) -> Any:
        """Piccolo would connect anew for each query where no pool is open."""
        return await self._run_in_pool(query, args)


async def tidied(connection: asyncpg.Connection) -> None:
    """What a connection needs before the next one uses it: nothing of ours outlives a transaction, so asyncpg's own reset would be one more question a time."""
    if connection.is_in_transaction():
        await connection.reset()


DB = Database()
"""Piccolo's tables are bound to it when they are declared."""


async def prepare() -> None:
    """Migrates the database and loads the units into an empty one. Safe where several processes start at once."""
    from server.migrations import migrate
    from server.store.units import load_units

    async with DB.open(size=2) as pool:
        async with pool.acquire() as connection:
            await migrate(connection)
        await load_units()

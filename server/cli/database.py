"""Commands that need the database: it is reached, migrated and opened here."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import asyncpg
from msgspec import structs

from server import postgres, sentences
from server.database import DB, DatabaseAwayError, prepare
from server.settings import Settings, from_environment
from surveys.problems import Refusal

T = TypeVar("T")

UNREACHABLE = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, DatabaseAwayError)


@contextmanager
def reachable() -> Iterator[Settings]:
    """The settings with the address of a database that is there: that of DATABASE_URL, else one of our own while the block runs."""
    settings = from_environment()
    if settings.database_url:
        yield settings
        return
    with postgres.running(settings.data) as url:
        yield structs.replace(settings, database_url=url)


def with_store(work: Callable[[Settings], Awaitable[T]]) -> T:
    """What `work` gives; while it runs the database is migrated and the store may be used. Raises Refusal where it cannot be reached."""
    with reachable() as settings:
        return asyncio.run(in_store(settings, work))


async def in_store(settings: Settings, work: Callable[[Settings], Awaitable[T]]) -> T:
    await ready(settings)
    async with DB.open(size=4):
        return await work(settings)


async def ready(settings: Settings) -> None:
    """Migrated, units loaded. Raises Refusal where the database cannot be reached."""
    DB.point(settings.database_url)
    try:
        await prepare()
    except UNREACHABLE as error:
        raise Refusal(sentences.NO_DATABASE, reason=next(iter(str(error).splitlines()), type(error).__name__)) from error

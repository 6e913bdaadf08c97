"""The schema, as numbered SQL files: each runs once, in a transaction of its own, in the order of its name."""

from pathlib import Path

import asyncpg

FOLDER = Path(__file__).parent
LOCK = 0x7964616E
"""Key of the advisory lock that lets one process migrate at a time: “ydan”."""


def files() -> list[Path]:
    return sorted(FOLDER.glob("[0-9]*.sql"))


async def migrate(connection: asyncpg.Connection, *, upto: str | None = None) -> list[str]:
    """Runs what has not run yet and gives its names. Whoever comes at the same time waits, then finds nothing to do.

    A process that dies within a file leaves the schema as it was before that file.
    """
    await connection.execute("SELECT pg_advisory_lock($1)", LOCK)
    try:
        await connection.execute("CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())")
        done = {row["name"] for row in await connection.fetch("SELECT name FROM migration")}
        fresh = [file for file in files() if file.stem not in done and (upto is None or file.stem <= upto)]
        for file in fresh:
            async with connection.transaction():
                await connection.execute(file.read_text("utf-8"))
                await connection.execute("INSERT INTO migration (name) VALUES ($1)", file.stem)
        return [file.stem for file in fresh]
    finally:
        await connection.execute("SELECT pg_advisory_unlock($1)", LOCK)

"""Which open answers an official has read, and released for public papers or withheld."""

import datetime
from collections.abc import Mapping
from uuid import UUID

from server.database import DB
from server.store import journal
from surveys.consultation import Person

Key = tuple[str, str]
"""An answer's id in hex, and the question."""


async def decisions(consultation: str) -> dict[Key, bool]:
    """Whether each open answer that was read may be printed."""
    async with DB.connection() as connection:
        rows = await connection.fetch("SELECT answer, question, released FROM reading WHERE consultation = $1", UUID(consultation))
    return {(row["answer"].hex(), row["question"]): row["released"] for row in rows}


async def decide(consultation: str, decided: Mapping[Key, bool], *, by: Person, now: datetime.datetime) -> None:
    """Keeps these decisions; a later one replaces an earlier one."""
    rows = [(UUID(consultation), bytes.fromhex(answer), question, released, UUID(by.id)) for (answer, question), released in decided.items()]
    async with DB.transaction(), DB.connection() as connection:
        await connection.executemany(
            "INSERT INTO reading (consultation, answer, question, released, person) VALUES ($1, $2, $3, $4, $5) "
            "ON CONFLICT (consultation, answer, question) DO UPDATE SET released = excluded.released, person = excluded.person",
            rows,
        )
        await journal.note("read_words", consultation=consultation, by=by.id, now=now, read=len(rows), released=sum(decided.values()))

"""Who has a draft open right now, and at which question."""

import datetime
from uuid import UUID

from msgspec import Struct

from server.database import DB

LASTS = datetime.timedelta(seconds=45)
"""How long somebody counts as being there after their page was last heard."""


class Present(Struct, frozen=True):
    """`part` is the question or section that they have open, '' for none."""

    person: str
    name: str
    part: str


async def mark(consultation: str, person: str, part: str, now: datetime.datetime) -> None:
    """`part` of at most 64 characters, as names are."""
    async with DB.connection() as connection:
        await connection.execute(
            "INSERT INTO presence (consultation, person, part, at) VALUES ($1, $2, $3, $4) "
            "ON CONFLICT (consultation, person) DO UPDATE SET part = $3, at = $4",
            UUID(consultation), UUID(person), part[:64], now,
        )  # fmt: skip


async def others(consultation: str, person: str, now: datetime.datetime) -> list[Present]:
    """Everybody else who is there, by name."""
    async with DB.connection() as connection:
        rows = await connection.fetch(
            "SELECT person, coalesce(nullif(full_name, ''), name) AS name, part FROM presence JOIN person ON person.id = presence.person "
            "WHERE consultation = $1 AND person.id <> $2 AND at > $3 ORDER BY name, person",
            UUID(consultation), UUID(person), now - LASTS,
        )  # fmt: skip
    return [Present(str(row["person"]), row["name"], row["part"]) for row in rows]

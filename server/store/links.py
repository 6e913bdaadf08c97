"""The short address of a consultation, the channels that carry it, and how many opened it and answered by each.

Counts alone stand here: no answer, no person, no hour (secrecy 1). A withdrawn answer stays counted: nothing tells by which link it came.
"""

import datetime
import secrets
from collections.abc import Sequence
from uuid import UUID

import asyncpg
from msgspec import Struct

from server.database import DB
from server.store import journal
from surveys import spread
from surveys.consultation import Person
from surveys.problems import Code, Conflict, NotFound

NO_SUCH_LINK = Code("no_such_link", "Không có đợt lấy ý kiến nào mang mã “{given}”.", "Xem lại mã trên giấy, hoặc tìm phường, xã của ông/bà ở dưới.")
ENOUGH_LINKS = Code("enough_links", "Đã có đủ {most} kênh tự đặt tên.", "Đổi tên một kênh đã có.")


class Count(Struct, frozen=True):
    """How many opened the plan by one channel's link on one day, and how many answers came of it."""

    via: str
    day: datetime.date
    opened: int
    answered: int


async def code_of(consultation: str) -> str:
    """The same for ever; made when it is first asked for."""
    async with DB.connection() as connection:
        while True:
            found = await connection.fetchval("SELECT code FROM short_link WHERE consultation = $1", UUID(consultation))
            if found is not None:
                return str(found)
            await connection.execute(
                "INSERT INTO short_link (consultation, code) VALUES ($1, $2) ON CONFLICT DO NOTHING", UUID(consultation), spread.new_code(secrets.choice)
            )


async def slug_of(code: str) -> str:
    """Of the consultation whose code this is. Raises NotFound."""
    async with DB.connection() as connection:
        slug = await connection.fetchval("SELECT slug FROM consultation JOIN short_link ON consultation.id = short_link.consultation WHERE code = $1", code)
    if slug is None:
        raise NotFound(NO_SUCH_LINK, given=code)
    return str(slug)


async def count_opening(consultation: str, via: str, day: datetime.date, *, times: int = 1) -> None:
    """So many more. Not worth waiting for the disk: a count lost in a power cut is no loss, a thousand at once are common."""
    async with DB.transaction(), DB.connection() as connection:
        await connection.execute("SET LOCAL synchronous_commit TO off")
        await count(connection, [(UUID(consultation), via, day, times, 0)])


async def count(connection: asyncpg.Connection, rows: Sequence[tuple[UUID, str, datetime.date, int, int]]) -> None:
    """Adds: consultation, via, day, opened, answered. In the order of their key, so that nobody waits in a circle."""
    if rows:
        await connection.execute(
            "INSERT INTO link_count (consultation, via, day, opened, answered) SELECT * FROM unnest($1::uuid[], $2::text[], $3::date[], $4::int[], $5::int[]) "
            "ON CONFLICT (consultation, via, day) DO UPDATE "
            "SET opened = link_count.opened + excluded.opened, answered = link_count.answered + excluded.answered",
            *zip(*sorted(rows), strict=True),
        )


async def counts(consultation: str) -> list[Count]:
    """By day and channel; days on which nobody came are absent."""
    async with DB.connection() as connection:
        rows = await connection.fetch("SELECT via, day, opened, answered FROM link_count WHERE consultation = $1 ORDER BY day, via", UUID(consultation))
    return [Count(**row) for row in rows]


async def named(consultation: str) -> dict[str, str]:
    """The channels that officials named: `other1` → its name."""
    async with DB.connection() as connection:
        rows = await connection.fetch("SELECT via, name FROM link_name WHERE consultation = $1 ORDER BY via", UUID(consultation))
    return {row["via"]: row["name"] for row in rows}


async def name(consultation: str, words: str, *, by: Person, now: datetime.datetime, via: str = "") -> None:
    """Renames a channel, or names the next one (`via` ''). Raises NotFound, or Conflict where there are enough."""
    async with DB.transaction(), DB.connection() as connection:
        await connection.execute("SELECT FROM consultation WHERE id = $1 FOR UPDATE", UUID(consultation))
        known = await named(consultation)
        if via and via not in known:
            raise NotFound(NO_SUCH_LINK, given=via)
        if not via and len(known) == spread.MOST_OTHERS:
            raise Conflict(ENOUGH_LINKS, most=spread.MOST_OTHERS)
        await connection.execute(
            "INSERT INTO link_name (consultation, via, name) VALUES ($1, $2, $3) ON CONFLICT (consultation, via) DO UPDATE SET name = excluded.name",
            UUID(consultation), via or spread.OTHERS[len(known)], words,
        )  # fmt: skip
        await journal.note("name_link", consultation=consultation, by=by.id, now=now, name=words)

"""Provinces, wards and communes, and the villages of each with their households."""

import datetime
import uuid
from collections.abc import Sequence
from typing import Any

import asyncpg

from server.database import DB
from server.store import journal
from surveys import units as rules
from surveys.language import fold, normalise
from surveys.problems import Code, Conflict, NotFound
from surveys.units import Unit, Village, VillageRow, kind_of

NO_SUCH_UNIT = Code("no_such_unit", "Không có đơn vị mang mã {given}.", "Xem lại mã đơn vị, ví dụ 20209.")
NO_SUCH_VILLAGE = Code("no_such_village", "Không có thôn, tổ dân phố này trong đơn vị.", "Xem lại danh sách thôn, tổ dân phố.")
VILLAGE_TAKEN = Code("village_taken", "Đơn vị đã có “{given}”.", "Đặt tên khác, hoặc sửa thôn, tổ đã có.")


UNITS = "SELECT u.code, u.name, u.kind, u.parent, coalesce(p.name, '') AS parent_name, u.formed_from FROM unit u LEFT JOIN unit p ON p.code = u.parent "
VILLAGES = "SELECT id::text, unit, name, kind, households, source, as_of FROM village "
RETURNING = "RETURNING id::text, unit, name, kind, households, source, as_of"
CHANGE = "UPDATE village SET name = $2, name_key = $3, kind = $4, households = $5, source = $6, as_of = $7, ended = false WHERE id = $1 "
UPSERT = """
INSERT INTO village (id, unit, name, kind, households, source, as_of, position, name_key) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT ON CONSTRAINT village_name DO UPDATE SET
    name = excluded.name, kind = excluded.kind, households = excluded.households, source = excluded.source,
    as_of = excluded.as_of, position = excluded.position, ended = false
"""


async def load_units() -> int:
    """Copies the facts into an empty database and gives their number; 0 where they are there already."""
    async with DB.transaction(), DB.connection() as connection:
        if await connection.fetchval("SELECT EXISTS (SELECT FROM unit)"):
            return 0
        await connection.execute("LOCK TABLE unit IN SHARE ROW EXCLUSIVE MODE")
        if await connection.fetchval("SELECT EXISTS (SELECT FROM unit)"):
            return 0
        rows = facts()
        await connection.copy_records_to_table("unit", records=rows, columns=["code", "name", "kind", "parent", "formed_from", "search"])
    return len(rows)


def facts() -> list[tuple[str | None, ...]]:
    return [(unit.code, unit.name, unit.kind, unit.parent, unit.formed_from, fold(unit.name)) for unit in rules.catalogue().values()]


async def unit(code: str) -> Unit:
    """Raises NotFound where no unit has this code."""
    async with DB.connection() as connection:
        row = await connection.fetchrow(UNITS + "WHERE u.code = $1", code)
    if row is None:
        raise NotFound(NO_SUCH_UNIT, given=code)
    return Unit(**row)


async def search_units(text: str, *, limit: int = 20) -> list[Unit]:
    """Wards and communes whose code, name or province holds these words, tones or not; those that are named so come first."""
    words = fold(text)
    if not words:
        return []
    pattern = "%" + "%".join(escaped(word) for word in words.split()) + "%"
    async with DB.connection() as connection:
        rows = await connection.fetch(
            UNITS + "WHERE u.code = $1 OR u.search || ' ' || coalesce(p.search, '') LIKE $2 "
            "ORDER BY u.code <> $1, u.search NOT LIKE $3, u.search, u.code LIMIT $4",
            words, pattern, "%" + escaped(words), limit,
        )  # fmt: skip
    return [Unit(**row) for row in rows]


def escaped(word: str) -> str:
    """The word with what LIKE would read as a wildcard made plain."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


async def units(codes: Sequence[str]) -> dict[str, Unit]:
    """These units by code; unknown codes are absent."""
    async with DB.connection() as connection:
        return {row["code"]: Unit(**row) for row in await connection.fetch(UNITS + "WHERE u.code = ANY ($1)", list(codes))}


async def unit_names() -> dict[str, str]:
    """The name of every unit by its code."""
    async with DB.connection() as connection:
        return {row["code"]: row["name"] for row in await connection.fetch("SELECT code, name FROM unit")}


async def villages(code: str) -> list[Village]:
    """The unit's villages in their own order."""
    async with DB.connection() as connection:
        return [Village(**row) for row in await connection.fetch(VILLAGES + "WHERE unit = $1 AND NOT ended ORDER BY position, name_key", code)]


async def village(unit_code: str, village_id: str) -> Village:
    """One of this unit, ended or not. Raises NotFound."""
    async with DB.connection() as connection:
        row = await connection.fetchrow(VILLAGES + "WHERE unit = $1 AND id::text = $2", unit_code, village_id)
    if row is None:
        raise NotFound(NO_SUCH_VILLAGE)
    return Village(**row)


async def village_names(code: str) -> dict[str, str]:
    """Names by id, those of ended villages too: answers may still name them."""
    async with DB.connection() as connection:
        return {str(row["id"]): row["name"] for row in await connection.fetch("SELECT id, name FROM village WHERE unit = $1", code)}


async def households(code: str) -> int | None:
    """All households of the unit, None as soon as one village has no count: a share would have no honest base."""
    return rules.households(await villages(code))


async def replace_villages(
    code: str, rows: Sequence[VillageRow], *, source: str, as_of: datetime.date, by: str | None, now: datetime.datetime
) -> list[Village]:
    """The unit's villages are these now, in this order. One of the same name keeps its id; one that is missing ends.

    Names differ from each other, whatever their case. Raises NotFound where there is no such unit.
    """
    owner = await unit(code)
    async with DB.transaction(), DB.connection() as connection:
        await connection.execute("UPDATE village SET ended = true WHERE unit = $1", code)
        await connection.executemany(UPSERT, [village_values(owner, row, position, source, as_of) for position, row in enumerate(rows)])
        await journal.note("villages", consultation=None, by=by, now=now, unit=code, villages=len(rows), source=source, as_of=as_of)
    return await villages(code)


async def save_village(
    code: str, village_id: str | None, row: VillageRow, *, source: str, as_of: datetime.date | None, by: str | None, now: datetime.datetime
) -> Village:
    """Adds a village at the end (`village_id` None) or changes that one. Raises NotFound, or Conflict where another has the name."""
    owner = await unit(code)
    if village_id is not None:
        await village(code, village_id)
    try:
        async with DB.transaction(), DB.connection() as connection:
            saved = await (
                add_village(connection, owner, row, source, as_of) if village_id is None else change_village(connection, owner, village_id, row, source, as_of)
            )
            await journal.note("village", consultation=None, by=by, now=now, unit=code, village=saved.id, households=saved.households, source=source)
    except asyncpg.UniqueViolationError as error:
        raise Conflict(VILLAGE_TAKEN, given=normalise(row.name)) from error
    return saved


async def end_village(code: str, village_id: str, *, by: str | None, now: datetime.datetime) -> None:
    """Takes it off the list; answers that name it keep its name. Raises NotFound."""
    ended = await village(code, village_id)
    async with DB.transaction(), DB.connection() as connection:
        await connection.execute("UPDATE village SET ended = true WHERE id = $1", uuid.UUID(ended.id))
        await journal.note("village_ended", consultation=None, by=by, now=now, unit=code, village=ended.id, name=ended.name)


async def add_village(connection: asyncpg.Connection, owner: Unit, row: VillageRow, source: str, as_of: datetime.date | None) -> Village:
    """A village that had ended comes back under its old id."""
    position = await connection.fetchval("SELECT coalesce(max(position), -1) + 1 FROM village WHERE unit = $1", owner.code)
    found = await connection.fetchrow(f"{UPSERT} WHERE village.ended {RETURNING}", *village_values(owner, row, position, source, as_of))
    if found is None:
        raise Conflict(VILLAGE_TAKEN, given=normalise(row.name))
    return Village(**found)


async def change_village(connection: asyncpg.Connection, owner: Unit, village_id: str, row: VillageRow, source: str, as_of: datetime.date | None) -> Village:
    name = normalise(row.name)
    changed = await connection.fetchrow(
        CHANGE + RETURNING,
        uuid.UUID(village_id), name, name.casefold(), row.kind or kind_of(name, owner), row.households, source, as_of,
    )  # fmt: skip
    return Village(**changed)


def village_values(owner: Unit, row: VillageRow, position: int, source: str, as_of: datetime.date | None) -> tuple[Any, ...]:
    name = normalise(row.name)
    return uuid.uuid4(), owner.code, name, row.kind or kind_of(name, owner), row.households, source, as_of, position, name.casefold()

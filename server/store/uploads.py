"""Files that residents send along, and the pictures that questionnaires name.

Until an answer names it, a file has a day; then nothing but its consultation stands beside it (secrecy 1).
"""

import datetime
import hashlib
import secrets
from collections.abc import Sequence
from uuid import UUID

import asyncpg
from msgspec import Struct

from server.database import DB

MOST_WAITING = 5000
"""Unclaimed files of all consultations: a disk is not filled by those who never answer."""


class Upload(Struct, frozen=True):
    id: str
    media_type: str
    bytes: int


async def names_media(consultation: str, name: str) -> bool:
    """Whether a version of its questionnaire, the latest or an earlier one, shows this picture or recording."""
    async with DB.connection() as connection:
        found = await connection.fetchval(
            "SELECT EXISTS (SELECT FROM questionnaire WHERE consultation = $1 AND position($2 IN content::text) > 0)", UUID(consultation), name
        )
    return bool(found)


async def add(content: bytes, *, consultation: str, media_type: str, day: datetime.date) -> Upload | None:
    """The file's row, under an id of chance; None where too many wait already. Its bytes are to be kept under that id."""
    made = Upload(secrets.token_hex(16), media_type, len(content))
    async with DB.connection() as connection:
        if await connection.fetchval("SELECT count(*) FROM upload WHERE NOT claimed") >= MOST_WAITING:
            return None
        await connection.execute(
            "INSERT INTO upload (consultation, id, sha256, media_type, bytes, created) VALUES ($1, $2, $3, $4, $5, $6)",
            UUID(consultation), made.id, hashlib.sha256(content).hexdigest(), media_type, len(content), day,
        )  # fmt: skip
    return made


async def found(consultation: str, ids: Sequence[str]) -> dict[str, Upload]:
    """Those of this consultation, by id."""
    if not ids:
        return {}
    async with DB.connection() as connection:
        rows = await connection.fetch("SELECT id, media_type, bytes FROM upload WHERE consultation = $1 AND id = ANY ($2)", UUID(consultation), list(ids))
    return {row["id"]: Upload(**row) for row in rows}


async def claim(connection: asyncpg.Connection, files: Sequence[tuple[UUID, str]]) -> None:
    """Answers name these now: they stay, and lose their day."""
    if files:
        await connection.execute(
            "UPDATE upload SET claimed = true, created = NULL FROM unnest($1::uuid[], $2::text[]) AS n (consultation, id) "
            "WHERE upload.consultation = n.consultation AND upload.id = n.id",
            [consultation for consultation, _ in files], [file for _, file in files],
        )  # fmt: skip


async def forget(connection: asyncpg.Connection, consultation: UUID, ids: Sequence[str]) -> list[str]:
    """Deletes these rows and says which there were."""
    if not ids:
        return []
    return [row["id"] for row in await connection.fetch("DELETE FROM upload WHERE consultation = $1 AND id = ANY ($2) RETURNING id", consultation, list(ids))]


async def purge(before: datetime.date) -> list[str]:
    """Deletes what came before this day and no answer ever named."""
    async with DB.connection() as connection:
        return [row["id"] for row in await connection.fetch("DELETE FROM upload WHERE NOT claimed AND created < $1 RETURNING id", before)]


async def known(ids: Sequence[str]) -> set[str]:
    """Which of these have a row."""
    async with DB.connection() as connection:
        return {row["id"] for row in await connection.fetch("SELECT id FROM upload WHERE id = ANY ($1)", list(ids))}


async def unsettled() -> list[str]:
    """Claimed files of consultations that are sealed, in an order of chance."""
    async with DB.connection() as connection:
        rows = await connection.fetch(
            "SELECT upload.id FROM upload JOIN consultation ON consultation.id = upload.consultation "
            "WHERE claimed AND NOT settled AND consultation.state IN ('sealed', 'published', 'archived') ORDER BY gen_random_uuid()"
        )
    return [row["id"] for row in rows]


async def settle(ids: Sequence[str]) -> None:
    async with DB.connection() as connection:
        await connection.execute("UPDATE upload SET settled = true WHERE id = ANY ($1)", list(ids))


class Sent(Struct, frozen=True):
    """A file that a counted answer names, at which question."""

    id: str
    question: str
    media_type: str
    bytes: int


async def sent(consultation: str, questions: Sequence[str], *, limit: int, offset: int = 0) -> list[Sent]:
    """Files of answers that count, in the order of their ids, which is one of chance."""
    async with DB.connection() as connection:
        rows = await connection.fetch(
            "SELECT upload.id, key AS question, media_type, bytes FROM answer, jsonb_each_text(answers) JOIN upload ON upload.id = value "
            "WHERE answer.consultation = $1 AND upload.consultation = $1 AND key = ANY ($2) ORDER BY upload.id LIMIT $3 OFFSET $4",
            UUID(consultation), list(questions), limit, offset,
        )  # fmt: skip
    return [Sent(**row) for row in rows]


async def count_sent(consultation: str) -> int:
    async with DB.connection() as connection:
        return int(await connection.fetchval("SELECT count(*) FROM upload WHERE consultation = $1 AND claimed", UUID(consultation)))


async def claimed(consultation: str, file: str) -> Upload | None:
    """One that an answer names; None where there is none here."""
    async with DB.connection() as connection:
        row = await connection.fetchrow("SELECT id, media_type, bytes FROM upload WHERE consultation = $1 AND id = $2 AND claimed", UUID(consultation), file)
    return None if row is None else Upload(**row)

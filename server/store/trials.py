"""Trial runs: a secret link before opening, and what colleagues answered by it. Stored apart, never counted, gone at opening.

Whoever calls holds the consultation's row where its state decides.
"""

import datetime
import secrets
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from server.database import DB
from server.store import journal
from surveys.consultation import Consultation, Person
from surveys.lifecycle import BEFORE_OPEN
from surveys.problems import Conflict, NotFound
from surveys.refusals import NO_TRIAL, TRIAL_FULL

MOST = 500
"""Answers that one trial run keeps."""


class Trial(Struct, frozen=True):
    token: str
    started_at: datetime.datetime
    answered: int


async def run(do: str, consultation: Consultation, *, by: Person, now: datetime.datetime) -> None:
    """`start` makes its link, unless there is one; `clear` drops the answers, `end` the link too. Noted in the journal."""
    async with DB.transaction(), DB.connection() as connection:
        await connection.execute("SELECT FROM consultation WHERE id = $1 FOR SHARE", UUID(consultation.id))
        if do == "start":
            await connection.execute(
                "INSERT INTO trial (consultation, token, started_by, started_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                UUID(consultation.id), secrets.token_urlsafe(16), UUID(by.id), now,
            )  # fmt: skip
        else:
            await connection.execute(f"DELETE FROM {'trial_answer' if do == 'clear' else 'trial'} WHERE consultation = $1", UUID(consultation.id))  # noqa: S608
        await journal.note(f"{do}_trial", consultation=consultation.id, by=by.id, now=now)


async def trial(consultation: str) -> Trial | None:
    async with DB.connection() as connection:
        row = await connection.fetchrow(
            "SELECT token, started_at, (SELECT count(*) FROM trial_answer a WHERE a.consultation = t.consultation) AS answered "
            "FROM trial t WHERE consultation = $1",
            UUID(consultation),
        )
    return None if row is None else Trial(**row)


async def slug_of(token: str) -> str:
    """Of the consultation that this link tries. Raises NotFound."""
    async with DB.connection() as connection:
        slug = await connection.fetchval("SELECT slug FROM consultation JOIN trial ON trial.consultation = consultation.id WHERE token = $1", token[:100])
    if slug is None:
        raise NotFound(NO_TRIAL)
    return str(slug)


async def answer(consultation: str, *, key_hash: bytes, version: int, answers: dict[str, Any]) -> None:
    """Keeps it; the same key again replaces what it brought. Raises NotFound once the run is over, Conflict where it is full."""
    async with DB.transaction(), DB.connection() as connection:
        state = await connection.fetchval("SELECT state FROM consultation WHERE id = $1 FOR SHARE", UUID(consultation))
        if state not in [one.value for one in BEFORE_OPEN]:
            raise NotFound(NO_TRIAL)
        if await connection.fetchval("SELECT count(*) FROM trial_answer WHERE consultation = $1", UUID(consultation)) >= MOST:
            raise Conflict(TRIAL_FULL, most=MOST)
        done = await connection.execute(
            "INSERT INTO trial_answer (consultation, key_hash, version, answers) SELECT $1, $2, $3, $4::jsonb FROM trial WHERE consultation = $1 "
            "ON CONFLICT (consultation, key_hash) DO UPDATE SET version = excluded.version, answers = excluded.answers",
            UUID(consultation), key_hash, version, msgspec.json.encode(answers).decode(),
        )  # fmt: skip
        if done.endswith(" 0"):
            raise NotFound(NO_TRIAL)


async def answers(consultation: str) -> list[dict[str, Any]]:
    async with DB.connection() as connection:
        rows = await connection.fetch("SELECT answers FROM trial_answer WHERE consultation = $1 ORDER BY key_hash", UUID(consultation))
    return [msgspec.json.decode(row["answers"]) for row in rows]


async def end(consultation: str) -> int:
    """Its link and every answer, for good; gives how many answers there were."""
    async with DB.connection() as connection:
        gone = await connection.fetchval("SELECT count(*) FROM trial_answer WHERE consultation = $1", UUID(consultation))
        await connection.execute("DELETE FROM trial WHERE consultation = $1", UUID(consultation))
    return int(gone)

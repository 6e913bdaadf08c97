"""Answers: stored once, many in a transaction, found again by receipt alone.

No time, no sequence and no key of a person stands beside an answer (secrecy 1). Which idempotency key came with which body
is kept apart (secrecy 4), and how many came per day, village and door in a table of its own.
"""

import datetime
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from random import SystemRandom
from typing import Any, Literal
from uuid import UUID

import asyncpg
import msgspec
from msgspec import Struct

from server.database import DB
from server.store import links, uploads
from surveys import attachments
from surveys.consultation import State
from surveys.problems import CODE_NOT_ACCEPTED, KEY_REUSED, NO_LONGER_TAKEN, NO_SUCH_RECEIPT, Closed, Conflict, NotAllowed, NotFound, Refusal

TAKING = (State.APPROVED, State.OPEN, State.CLOSED)
"""States in which the database takes answers. Whoever submits has judged by the clock at arrival; what arrived before the
end may be written a moment after it, but never once it is sealed or cancelled."""

PAGE = 1000


class Entry(Struct, frozen=True, kw_only=True):
    """An answer ready to be stored. `answers`: JSON. `replaces`: withdrawal hash of the receipt that it names.

    `via`: the channel by whose link the person came; counted, never stored with it. `files`: those that the answers name.
    """

    consultation: str
    unit: str
    version: int
    village: str | None
    channel: str
    assistance: str
    language: str
    day: datetime.date
    id: bytes
    key_hash: bytes
    body_hash: bytes
    answers: str
    replaces: bytes | None = None
    via: str = ""
    files: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, bytes]:
        return self.consultation, self.key_hash


Fate = Literal["stored", "repeated"] | Refusal


class Stored(Struct, frozen=True):
    """An answer as it lies in the database, read back."""

    id: bytes
    version: int
    village: str | None
    channel: str
    assistance: str
    language: str
    answers: dict[str, Any]


class TurnoutRow(Struct, frozen=True):
    """How many came, and were withdrawn, on one day by one door. `village` is '' where none was given."""

    village: str
    channel: str
    assistance: str
    day: datetime.date
    answered: int
    withdrawn: int


class ReceiptState(Struct, frozen=True):
    """`replaced`: a new answer has already named this withdrawn receipt."""

    state: Literal["counted", "withdrawn"]
    replaced: bool = False


async def submit_batch(entries: Sequence[Entry]) -> list[Fate]:
    """Stores all that may be stored, in one transaction; says for each what became of it, in the order given.

    Of several entries with one key the first stands: the others repeat it, or are refused where their body differs.
    """
    async with DB.transaction(), DB.connection() as connection:
        taking = await taking_consultations(connection, entries)
        first: dict[tuple[str, bytes], Entry] = {}
        for entry in entries:
            if entry.consultation in taking:
                first.setdefault(entry.key, entry)
        earlier = await claim_keys(connection, list(first.values()))
        fresh = [entry for key, entry in first.items() if key not in earlier]
        unwelcome = await claim_replaced(connection, fresh)
        await insert_answers(connection, [entry for entry in fresh if entry.key not in unwelcome])
    return [fate(entry, first=first, earlier=earlier, unwelcome=unwelcome) for entry in entries]


def fate(entry: Entry, *, first: dict[tuple[str, bytes], Entry], earlier: dict[tuple[str, bytes], bytes], unwelcome: set[tuple[str, bytes]]) -> Fate:
    if entry.key not in first:
        return Closed(NO_LONGER_TAKEN)
    if entry.key in unwelcome:
        return NotAllowed(CODE_NOT_ACCEPTED)
    if entry is first[entry.key] and entry.key not in earlier:
        return "stored"
    body = earlier.get(entry.key, first[entry.key].body_hash)
    return "repeated" if body == entry.body_hash else Conflict(KEY_REUSED)


async def taking_consultations(connection: asyncpg.Connection, entries: Sequence[Entry]) -> set[str]:
    """Those that take answers, held so until the end of the transaction: sealing waits for it, or it for sealing."""
    ids = sorted({UUID(entry.consultation) for entry in entries})
    rows = await connection.fetch("SELECT id::text FROM consultation WHERE id = ANY ($1) AND state = ANY ($2) ORDER BY id FOR SHARE", ids, list(TAKING))
    return {row["id"] for row in rows}


async def claim_keys(connection: asyncpg.Connection, entries: Sequence[Entry]) -> dict[tuple[str, bytes], bytes]:
    """Takes these keys. Gives those that somebody had taken before, with the hash of the body that came then."""
    ordered = sorted(entries, key=lambda entry: entry.key)
    columns = [UUID(entry.consultation) for entry in ordered], [entry.key_hash for entry in ordered], [entry.body_hash for entry in ordered]
    claimed = await connection.fetch(
        "INSERT INTO submission (consultation, key_hash, body_hash) SELECT * FROM unnest($1::uuid[], $2::bytea[], $3::bytea[]) "
        "ON CONFLICT DO NOTHING RETURNING consultation::text, key_hash",
        *columns,
    )
    if len(claimed) == len(ordered):
        return {}
    mine = {(row["consultation"], row["key_hash"]) for row in claimed}
    rows = await connection.fetch(
        "SELECT consultation::text, key_hash, body_hash FROM submission "
        "JOIN unnest($1::uuid[], $2::bytea[]) AS k (consultation, key_hash) USING (consultation, key_hash)",
        *columns[:2],
    )
    return {key: row["body_hash"] for row in rows if (key := (row["consultation"], row["key_hash"])) not in mine}


async def body_of(consultation: str, key_hash: bytes) -> bytes | None:
    """The hash of what came with this key before; None where nothing did."""
    async with DB.connection() as connection:
        found = await connection.fetchval("SELECT body_hash FROM submission WHERE consultation = $1 AND key_hash = $2", UUID(consultation), key_hash)
    return None if found is None else bytes(found)


async def claim_replaced(connection: asyncpg.Connection, fresh: Sequence[Entry]) -> set[tuple[str, bytes]]:
    """Spends the withdrawn receipts that these entries name, each once; gives the keys whose receipt cannot be spent, and frees them."""
    naming = {(entry.consultation, entry.replaces): entry for entry in reversed(fresh) if entry.replaces is not None}
    if not naming:
        return set()
    rows = await connection.fetch(
        "UPDATE withdrawal SET replaced = true FROM unnest($1::uuid[], $2::bytea[]) AS n (consultation, receipt_hash) "
        "WHERE withdrawal.consultation = n.consultation AND withdrawal.receipt_hash = n.receipt_hash AND NOT replaced "
        "RETURNING withdrawal.consultation::text, withdrawal.receipt_hash",
        [UUID(consultation) for consultation, _ in sorted(naming)], [receipt for _, receipt in sorted(naming)],
    )  # fmt: skip
    spent = {naming[row["consultation"], row["receipt_hash"]].key for row in rows}
    unwelcome = {entry.key for entry in fresh if entry.replaces is not None} - spent
    for consultation, key_hash in sorted(unwelcome):
        await connection.execute("DELETE FROM submission WHERE consultation = $1 AND key_hash = $2", UUID(consultation), key_hash)
    return unwelcome


async def insert_answers(connection: asyncpg.Connection, entries: Sequence[Entry]) -> None:
    """In an order of chance, so that rows do not lie as they came; then counts them."""
    if not entries:
        return
    shuffled = SystemRandom().sample(list(entries), len(entries))
    rows = [(UUID(e.consultation), e.id, e.unit, e.version, e.village, e.channel, e.assistance, e.language, e.answers) for e in shuffled]
    await connection.execute(
        "INSERT INTO answer (consultation, id, unit, version, village, channel, assistance, language, answers) "
        "SELECT * FROM unnest($1::uuid[], $2::bytea[], $3::text[], $4::int[], $5::text[], $6::text[], $7::text[], $8::text[], $9::jsonb[])",
        *zip(*rows, strict=True),
    )
    counts = Counter((UUID(e.consultation), e.unit, e.village or "", e.channel, e.assistance, e.day) for e in entries)
    await count(connection, [(*door, answered, 0) for door, answered in sorted(counts.items())])
    came = Counter((UUID(e.consultation), e.via, e.day) for e in entries if e.via)
    await links.count(connection, [(*key, 0, answered) for key, answered in came.items()])
    await uploads.claim(connection, [(UUID(e.consultation), file) for e in entries for file in e.files])


async def count(connection: asyncpg.Connection, rows: Sequence[tuple[Any, ...]]) -> None:
    """Adds to turnout: consultation, unit, village, channel, assistance, day, answered, withdrawn."""
    await connection.execute(
        "INSERT INTO turnout (consultation, unit, village, channel, assistance, day, answered, withdrawn) "
        "SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::date[], $7::int[], $8::int[]) "
        "ON CONFLICT (consultation, unit, village, channel, assistance, day) DO UPDATE "
        "SET answered = turnout.answered + excluded.answered, withdrawn = turnout.withdrawn + excluded.withdrawn",
        *zip(*rows, strict=True),
    )


async def withdraw(consultation: str, *, answer: bytes, receipt_hash: bytes, day: datetime.date) -> list[str]:
    """Deletes the answer of a receipt; once it is gone, again changes nothing. Raises NotFound, or Closed once no answers are taken.

    Gives the files that it named, which have no row any more: their bytes are to be thrown away.
    """
    async with DB.transaction(), DB.connection() as connection:
        state = await connection.fetchval("SELECT state FROM consultation WHERE id = $1 FOR SHARE", UUID(consultation))
        if state not in (State.APPROVED, State.OPEN):
            raise Closed(NO_LONGER_TAKEN)
        gone = await connection.fetchrow(
            "DELETE FROM answer WHERE consultation = $1 AND id = $2 "
            "RETURNING consultation, unit, coalesce(village, '') AS village, channel, assistance, answers",
            UUID(consultation), answer,
        )  # fmt: skip
        if gone is None:
            await state_of(connection, consultation, answer=answer, receipt_hash=receipt_hash)
            return []
        *door, answered = gone.values()
        await connection.execute("DELETE FROM reading WHERE consultation = $1 AND answer = $2", UUID(consultation), answer)
        await connection.execute("INSERT INTO withdrawal (consultation, receipt_hash) VALUES ($1, $2)", UUID(consultation), receipt_hash)
        await count(connection, [(*door, day, 0, 1)])
        dropped = await uploads.forget(connection, UUID(consultation), attachments.files_in(msgspec.json.decode(answered)))
    return sorted(dropped)


async def receipt_state(consultation: str, *, answer: bytes, receipt_hash: bytes) -> ReceiptState:
    """What became of the answer of a receipt, never what it says. Raises NotFound."""
    async with DB.connection() as connection:
        return await state_of(connection, consultation, answer=answer, receipt_hash=receipt_hash)


async def state_of(connection: asyncpg.Connection, consultation: str, *, answer: bytes, receipt_hash: bytes) -> ReceiptState:
    row = await connection.fetchrow(
        "SELECT EXISTS (SELECT FROM answer WHERE consultation = $1 AND id = $2) AS counted, "
        "(SELECT replaced FROM withdrawal WHERE consultation = $1 AND receipt_hash = $3) AS replaced",
        UUID(consultation), answer, receipt_hash,
    )  # fmt: skip
    if row["counted"]:
        return ReceiptState("counted")
    if row["replaced"] is None:
        raise NotFound(NO_SUCH_RECEIPT)
    return ReceiptState("withdrawn", row["replaced"])


async def turnout_rows(consultation: str) -> list[TurnoutRow]:
    """By day, village and door."""
    async with DB.connection() as connection:
        rows = await connection.fetch(
            "SELECT village, channel, assistance, day, answered, withdrawn FROM turnout WHERE consultation = $1 ORDER BY day, village, channel, assistance",
            UUID(consultation),
        )
    return [TurnoutRow(**row) for row in rows]


async def answers(consultation: str, *, page: int = PAGE) -> AsyncIterator[list[Stored]]:
    """All of them, a page at a time, ordered by their random ids."""
    last = b""
    while True:
        async with DB.connection() as connection:
            rows = await connection.fetch(
                "SELECT id, version, village, channel, assistance, language, answers FROM answer WHERE consultation = $1 AND id > $2 ORDER BY id LIMIT $3",
                UUID(consultation), last, page,
            )  # fmt: skip
        if not rows:
            return
        yield [Stored(**dict(row) | {"answers": msgspec.json.decode(row["answers"])}) for row in rows]
        last = rows[-1]["id"]


async def versions(consultation: str) -> list[int]:
    """Of the questionnaire, that somebody answered."""
    async with DB.connection() as connection:
        rows = await connection.fetch("SELECT DISTINCT version FROM answer WHERE consultation = $1", UUID(consultation))
    return [row["version"] for row in rows]


async def vacuum() -> None:
    """Clears away the rows that `rewrite` left dead. Outside any transaction."""
    async with DB.connection() as connection:
        await connection.execute("VACUUM answer, withdrawal, submission, upload")


async def rewrite(consultation: str) -> None:
    """For sealing, inside its transaction: answers and withdrawals lie in an order of chance, the keys of repeats are gone (secrecy 6).

    What was there before lies in dead rows until VACUUM.
    """
    shuffles = (
        "WITH taken AS (DELETE FROM answer WHERE consultation = $1 RETURNING *) INSERT INTO answer SELECT * FROM taken ORDER BY gen_random_uuid()",
        "WITH taken AS (DELETE FROM withdrawal WHERE consultation = $1 RETURNING *) INSERT INTO withdrawal SELECT * FROM taken ORDER BY gen_random_uuid()",
        "WITH taken AS (DELETE FROM upload WHERE consultation = $1 AND claimed RETURNING *) INSERT INTO upload SELECT * FROM taken ORDER BY gen_random_uuid()",
    )
    async with DB.transaction(), DB.connection() as connection:
        for shuffle in (*shuffles, "DELETE FROM submission WHERE consultation = $1"):
            await connection.execute(shuffle, UUID(consultation))

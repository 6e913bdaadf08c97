"""The one door for answers: a bounded queue, many submissions in a transaction, each acknowledged only after it is committed."""

import asyncio
import datetime
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
from msgspec import Struct

from server.store import answers
from server.store.answers import Entry, Fate
from surveys import attachments, receipts
from surveys.consultation import Assistance, Channel, Consultation
from surveys.problems import SERVER_BUSY, Busy, Refusal

CAPACITY = 2000
"""Submissions that wait at most; the next one is told to come again."""

BATCH = 300

Waiting = tuple[Entry, asyncio.Future[Fate]]


class Submission(Struct, frozen=True, kw_only=True):
    """Answers that were checked, and the consultation that takes them by the clock of their arrival.

    `version`: under which the answers were checked; `named`: the one that the sender named, None where they named none.
    `receipt`: that of the withdrawn answer this one replaces, as `receipts.parse` gives it. `via`: the channel whose link was followed.
    """

    consultation: Consultation
    key: str
    version: int
    answers: dict[str, Any]
    day: datetime.date
    village: str | None = None
    channel: Channel = Channel.WEB
    assistance: Assistance = Assistance.SELF
    language: str = "vi"
    receipt: str | None = None
    via: str = ""
    named: int | None = None

    def body_hash(self, secret: bytes) -> bytes:
        """Alike for the same answers sent again, also where the form was changed in between."""
        body = [self.named, self.answers, self.village, self.channel, self.assistance, self.receipt]
        return receipts.body_hash(secret, receipts.canonical(body))


class Outcome(Struct, frozen=True):
    """`receipt`: ungrouped. `repeated`: the same answers had come with the same key before."""

    receipt: str
    repeated: bool


class Intake:
    """Takes submissions while `running`. `secret` keys receipts and hashes."""

    def __init__(self, secret: bytes, *, capacity: int = CAPACITY, batch: int = BATCH) -> None:
        self.secret = secret
        self.batch = batch
        self.queue: asyncio.Queue[Waiting | None] = asyncio.Queue(capacity)
        self.taking = False

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Intake"]:
        """Stores what is submitted while the block runs; on leaving, whatever waits is stored first."""
        worker = asyncio.create_task(self.work())
        self.taking = True
        try:
            yield self
        finally:
            self.taking = False
            await self.queue.put(None)
            await worker

    async def submit(self, submission: Submission) -> Outcome:
        """The receipt, once the answer is durable. Raises Busy, Closed, Conflict (key reused) or NotAllowed (receipt not accepted)."""
        entry = entry_of(submission, self.secret)
        future: asyncio.Future[Fate] = asyncio.get_running_loop().create_future()
        if not self.taking:
            raise Busy(SERVER_BUSY)
        try:
            self.queue.put_nowait((entry, future))
        except asyncio.QueueFull:
            raise Busy(SERVER_BUSY) from None
        fate = await future
        if isinstance(fate, Refusal):
            raise fate
        receipt = receipts.receipt(self.secret, submission.consultation.id, submission.key)
        return Outcome(receipt, repeated=fate == "repeated")

    async def work(self) -> None:
        ended = False
        while not ended:
            batch = [await self.queue.get()]
            while len(batch) < self.batch and not self.queue.empty():
                batch.append(self.queue.get_nowait())
            ended = None in batch
            await self.store([waiting for waiting in batch if waiting is not None])

    async def store(self, batch: Sequence[Waiting]) -> None:
        """One transaction. A failure is handed to those who wait: to all, unless one of them brought what PostgreSQL cannot hold."""
        if not batch:
            return
        entries = [entry for entry, _ in batch]
        [fates] = await asyncio.gather(answers.submit_batch(entries), return_exceptions=True)
        if isinstance(fates, asyncpg.DataError) and len(batch) > 1:
            for waiting in batch:
                await self.store([waiting])
        elif isinstance(fates, BaseException):
            for _, future in batch:
                fail(future, fates)
        else:
            for (_, future), fate in zip(batch, fates, strict=True):
                if not future.done():
                    future.set_result(fate)


def fail(future: asyncio.Future[Fate], error: BaseException) -> None:
    """A database that cannot be used now makes the server busy; anything else is a bug and says so."""
    if not future.done():
        lost = isinstance(error, asyncpg.PostgresError | asyncpg.InterfaceError | OSError | TimeoutError) and not isinstance(error, asyncpg.DataError)
        future.set_exception(Busy(SERVER_BUSY) if lost else error)


def entry_of(submission: Submission, secret: bytes) -> Entry:
    consultation = submission.consultation
    receipt = receipts.receipt(secret, consultation.id, submission.key)
    return Entry(
        consultation=consultation.id,
        unit=consultation.unit,
        version=submission.version,
        village=submission.village,
        channel=submission.channel,
        assistance=submission.assistance,
        language=submission.language,
        day=submission.day,
        id=receipts.answer_id(secret, receipt),
        key_hash=receipts.key_hash(secret, consultation.id, submission.key),
        body_hash=submission.body_hash(secret),
        answers=receipts.canonical(submission.answers).decode(),
        replaces=receipts.withdrawal_hash(secret, submission.receipt) if submission.receipt else None,
        via=submission.via,
        files=attachments.files_in(submission.answers),
    )

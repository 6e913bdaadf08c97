"""Work beside the web: what is queued is done once, tried again when it fails, and told without words."""

import asyncio
from uuid import uuid4

import asyncpg
import pytest
from structlog.testing import capture_logs

from server import jobs
from server.clock import Clock
from server.database import DB
from server.settings import Settings
from server.store import queue

pytestmark = pytest.mark.anyio


class Recorder:
    """A job that keeps whom it was asked for, and fails the first few times; `enough` is set when it was asked so often."""

    def __init__(self, times: int, *, failures: int = 0) -> None:
        self.times = times
        self.failures = failures
        self.seen: list[str] = []
        self.enough = asyncio.Event()

    async def __call__(self, consultation: str, settings: Settings, clock: Clock) -> None:
        self.seen.append(consultation)
        if len(self.seen) >= self.times:
            self.enough.set()
        if len(self.seen) <= self.failures:
            raise ValueError("what somebody answered")


async def finished(recorder: Recorder, pool: asyncpg.Pool, settings: Settings, clock: Clock) -> list[str]:
    made = jobs.worker(pool, settings, clock, {"count": recorder})
    running = asyncio.create_task(made.run(dequeue_timeout=jobs.timedelta(seconds=0.2)))
    try:
        await asyncio.wait_for(recorder.enough.wait(), 60)
    finally:
        made.shutdown.set()
        await running
    return recorder.seen


async def test_a_job_is_done_once_however_often_its_occasion_is_queued(db: asyncpg.Pool, settings: Settings, clock: Clock) -> None:
    first, second = str(uuid4()), str(uuid4())
    for consultation in (first, first, second):
        await queue.enqueue("count", consultation=consultation, occasion="closed")
    assert sorted(await finished(Recorder(2), db, settings, clock)) == sorted([first, second])
    assert await db.fetchval("SELECT count(*) FROM pgqueuer") == 0


async def test_a_change_that_is_rolled_back_leaves_no_job(db: asyncpg.Pool) -> None:
    async def change() -> None:
        async with DB.transaction():
            await queue.enqueue("count", consultation=str(uuid4()), occasion="closed")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await change()
    assert await db.fetchval("SELECT count(*) FROM pgqueuer") == 0


async def test_a_job_that_fails_is_tried_again_and_told_without_its_words(
    db: asyncpg.Pool, settings: Settings, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "PAUSE_S", 0.01)
    await queue.enqueue("count", consultation=str(uuid4()), occasion="closed")
    with capture_logs() as lines:
        await finished(Recorder(3, failures=2), db, settings, clock)
    assert [line["attempt"] for line in lines if line["event"] == "job failed"] == [1, 2]
    assert "answered" not in str(lines)
    assert await db.fetchval("SELECT count(*) FROM pgqueuer_log WHERE traceback::text LIKE '%answered%'") == 0

"""Work beside the web: what is queued is done once, tried again when it fails, and told without words."""

import asyncio
from collections.abc import Awaitable, Callable
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


async def run_until(done: Callable[[], bool], pool: asyncpg.Pool, settings: Settings, clock: Clock, work: dict[str, jobs.Work]) -> None:
    made = jobs.worker(pool, settings, clock, work)
    running = asyncio.create_task(made.run(dequeue_timeout=jobs.timedelta(seconds=0.2)))
    try:
        async with asyncio.timeout(30):
            while not done():
                await asyncio.sleep(0.05)
    finally:
        made.shutdown.set()
        await running


def recorder(seen: list[str], failures: int = 0) -> Callable[[str, Settings, Clock], Awaitable[None]]:
    async def work(consultation: str, _: Settings, __: Clock) -> None:
        seen.append(consultation)
        if len(seen) <= failures:
            raise ValueError("what somebody answered")

    return work


async def test_a_job_is_done_once_however_often_its_occasion_is_queued(db: asyncpg.Pool, settings: Settings, clock: Clock) -> None:
    seen: list[str] = []
    first, second = str(uuid4()), str(uuid4())
    for consultation in (first, first, second):
        await queue.enqueue("count", consultation=consultation, occasion="closed")
    await run_until(lambda: len(seen) >= 2, db, settings, clock, {"count": recorder(seen)})
    assert sorted(seen) == sorted([first, second])
    assert await db.fetchval("SELECT count(*) FROM pgqueuer") == 0


async def test_a_change_that_is_rolled_back_leaves_no_job(db: asyncpg.Pool) -> None:
    with pytest.raises(ZeroDivisionError):
        async with DB.transaction():
            await queue.enqueue("count", consultation=str(uuid4()), occasion="closed")
            raise ZeroDivisionError
    assert await db.fetchval("SELECT count(*) FROM pgqueuer") == 0


async def test_a_job_that_fails_is_tried_again_and_told_without_its_words(
    db: asyncpg.Pool, settings: Settings, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "PAUSE_S", 0.01)
    seen: list[str] = []
    await queue.enqueue("count", consultation=str(uuid4()), occasion="closed")
    with capture_logs() as lines:
        await run_until(lambda: len(seen) >= 3, db, settings, clock, {"count": recorder(seen, failures=2)})
    assert [line["attempt"] for line in lines if line["event"] == "job failed"] == [1, 2]
    assert "answered" not in str(lines)
    assert await db.fetchval("SELECT count(*) FROM pgqueuer_log WHERE traceback::text LIKE '%answered%'") == 0

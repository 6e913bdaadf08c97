"""Work beside the web: what the clock brings about each minute, and what a change has queued (store/queue.py)."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import asyncpg
import msgspec
from pgqueuer import PgQueuer, RetryRequested
from pgqueuer.errors import FailingListenerError
from pgqueuer.models import Job, Schedule

from server import counting
from server.clock import Clock
from server.database import DB, DatabaseAwayError
from server.logs import frames, log
from server.sent import tidy
from server.settings import Settings
from server.store import consultations

Work = Callable[[str, Settings, Clock], Awaitable[None]]
"""What a job does: takes the consultation's id."""

JOBS: dict[str, Work] = {counting.COUNT: counting.count}
"""Every kind of job by its name."""

TRIES = 5
PAUSE_S = 5.0
AWAY = (OSError, asyncpg.PostgresConnectionError, asyncpg.InterfaceError, asyncpg.OperatorInterventionError, FailingListenerError, DatabaseAwayError)


def worker(pool: asyncpg.Pool, settings: Settings, clock: Clock, jobs: dict[str, Work]) -> PgQueuer:
    """The queue's worker: `tick` each minute, and these jobs one of a kind at a time, each tried again when it fails."""
    made = PgQueuer.from_asyncpg_pool(pool)

    async def tick(_: Schedule) -> None:
        await settle(clock)
        await tidy(settings, today=clock.today())

    made.schedule("tick", "* * * * *", clean_old=True)(tick)
    for name, work in jobs.items():
        made.entrypoint(name, concurrency_limit=1)(tried(name, work, settings, clock))
    return made


def tried(name: str, work: Work, settings: Settings, clock: Clock) -> Callable[[Job], Awaitable[None]]:
    """The job with its failures told by place, not by words, for those may quote an answer; TRIES times, ever later."""

    async def run(job: Job) -> None:
        try:
            await work(msgspec.json.decode(job.payload or b"{}", type=dict[str, str])["consultation"], settings, clock)
        except Exception as error:  # noqa: BLE001 – every failure is told and tried again
            log.error("job failed", job=name, attempt=job.attempts + 1, **frames(error))
            if job.attempts + 1 >= TRIES:
                raise RuntimeError(f"{name} failed {TRIES} times") from None
            raise RetryRequested(timedelta(seconds=PAUSE_S * 2**job.attempts), type(error).__name__) from None

    return run


async def settle(clock: Clock) -> None:
    """Openings and closings that have come due are written down; what follows from them is queued."""
    for consultation in await consultations.settle_due(clock.now()):
        log.info("settled", consultation=consultation.slug, state=consultation.state)


async def work(settings: Settings, clock: Clock, jobs: dict[str, Work]) -> None:
    """Until SIGTERM or Ctrl-C; a job under way is finished first. Waits for a database that is away."""
    ending = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, ending.set)
    DB.point(settings.database_url)
    while not ending.is_set():
        try:
            await until(ending, settings, clock, jobs)
        except AWAY as error:
            log.warning("jobs wait for the database", **frames(error))
            await paused(ending)


async def until(ending: asyncio.Event, settings: Settings, clock: Clock, jobs: dict[str, Work]) -> None:
    async with DB.open(size=4) as pool:
        await settle(clock)
        made = worker(pool, settings, clock, jobs)
        watch = asyncio.create_task(stop_with(ending, made))
        try:
            await made.run(dequeue_timeout=timedelta(seconds=5), shutdown_on_listener_failure=True)
        finally:
            watch.cancel()


async def stop_with(ending: asyncio.Event, made: PgQueuer) -> None:
    await ending.wait()
    made.shutdown.set()


async def paused(ending: asyncio.Event) -> Any:
    try:
        async with asyncio.timeout(PAUSE_S):
            await ending.wait()
    except TimeoutError:
        return None

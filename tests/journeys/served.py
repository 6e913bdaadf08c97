"""The web and the jobs of a journey, as processes of their own, by a clock that the test moves: `python -m tests.journeys.served work`."""

import asyncio
import datetime
import os
import sys
from pathlib import Path

from litestar import Litestar

from server import jobs
from server.app import create_app
from server.settings import from_environment
from surveys.language import VIETNAM

CLOCK_FILE = "JOURNEY_CLOCK"


class FileClock:
    """Tells the moment that stands in a file."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def now(self) -> datetime.datetime:
        return datetime.datetime.fromisoformat(self.file.read_text())

    def today(self) -> datetime.date:
        return self.now().astimezone(VIETNAM).date()


def clock() -> FileClock:
    return FileClock(Path(os.environ[CLOCK_FILE]))


def app() -> Litestar:
    return create_app(from_environment(), clock())


if __name__ == "__main__" and sys.argv[1:] == ["work"]:
    asyncio.run(jobs.work(from_environment(), clock(), jobs.JOBS))

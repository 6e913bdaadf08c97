"""`ydan work`: the jobs alone."""

import asyncio

import click

from server import jobs, logs
from server.cli.database import reachable, ready
from server.clock import SystemClock
from server.processes import end_with_serve


@click.command()
def work() -> None:
    """Chạy các việc nền: tự mở và đóng các đợt, tổng hợp, in báo cáo."""
    end_with_serve()
    with reachable() as settings:
        logs.configure(settings.log)
        asyncio.run(ready(settings))
        asyncio.run(jobs.work(settings, SystemClock(), jobs.JOBS))

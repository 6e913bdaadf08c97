"""`ydan serve`: the database, the web and the jobs, for as long as it runs."""

import asyncio
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click

import server
from server import logs, processes, sentences
from server.cli.database import reachable, ready
from server.postgres import Keeper
from server.processes import LIFELINE, Child
from server.settings import Settings
from surveys.problems import Refusal

ROOT = Path(server.__file__).parents[1]
BACKLOG = 4096
ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 – where to knock when the server listens everywhere


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ mạng để lắng nghe.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Cổng.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 256), help="Số tiến trình web.")
def serve(host: str, port: int, workers: int) -> None:
    """Chạy trang web và các việc nền, cho đến khi nhận Ctrl-C hoặc SIGTERM.

    Không có DATABASE_URL thì tự chạy PostgreSQL trong $YDAN_DATA và dừng nó khi xong.
    """
    processes.demand_port(host, port)
    with reachable() as settings:
        logs.configure(settings.log)
        asyncio.run(ready(settings))
        file = settings.data / f"serve-{port}.lock"
        with only_one(file, host, port), emptied(settings.data / f"figures-{port}") as figures:
            environment = environment_of(settings, host=host, port=port, lifeline=file, figures=figures)
            own = [] if os.environ.get("DATABASE_URL", "").strip() else [Keeper(settings.data)]
            children = [Child("web", web_command(host, port, workers), environment), Child("work", work_command(), environment)]
            knock = ANYWHERE.get(host, host)
            processes.tend(
                [*children, *own],
                ready=lambda: processes.answers(knock, port),
                announce=lambda: click.echo(f"Ý Dân: {environment['YDAN_BASE_URL']} (Ctrl-C để dừng)"),
            )


@contextmanager
def only_one(file: Path, host: str, port: int) -> Iterator[None]:
    """The lifeline of what this `serve` starts. Raises Refusal where another one is about to open the same port."""
    with ExitStack() as held:
        try:
            held.enter_context(processes.lifeline(file))
        except BlockingIOError as error:
            raise Refusal(sentences.PORT_TAKEN, host=host, port=str(port)) from error
        yield


def environment_of(settings: Settings, *, host: str, port: int, lifeline: Path, figures: Path) -> dict[str, str]:
    """What web and jobs read their settings from: the same, with the database that was found."""
    given = dict(os.environ)
    path = os.pathsep.join(filter(None, [str(ROOT), given.get("PYTHONPATH", "")]))
    address = f"[{host}]" if ":" in host else host
    return {
        "YDAN_BASE_URL": f"http://{address}:{port}",
        **given,
        "DATABASE_URL": settings.database_url,
        "YDAN_DATA": str(settings.data),
        "PYTHONPATH": path,
        "PROMETHEUS_MULTIPROC_DIR": str(figures),
        LIFELINE: str(lifeline),
    }


@contextmanager
def emptied(folder: Path) -> Iterator[Path]:
    """Where the workers' figures for /metrics meet; without those of an earlier life, and gone afterwards."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def web_command(host: str, port: int, workers: int) -> list[str]:
    options = {
        "--interface": "asgi", "--host": host, "--port": str(port), "--workers": str(workers), "--http": "1", "--backlog": str(BACKLOG),
        "--backpressure": str(BACKLOG), "--workers-kill-timeout": "30", "--log-level": "warning", "--loop": "asyncio",
    }  # fmt: skip
    words = [word for option in options.items() for word in option]
    return [sys.executable, "-P", "-m", "granian", *words, "--factory", "--no-ws", "--respawn-failed-workers", "server.app:from_settings"]


def work_command() -> list[str]:
    return [sys.executable, "-P", "-m", "server.cli", "work"]

"""What every room's tests may ask for. A real PostgreSQL, started by our own launcher once per run, with a fresh database per test."""

import asyncio
import datetime
import fcntl
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import hypothesis
import pytest

if TYPE_CHECKING:
    import asyncpg
    import httpx
    from litestar import Litestar

    from server.settings import Settings

hypothesis.settings.register_profile("ydan", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], derandomize="CI" in os.environ)
hypothesis.settings.load_profile("ydan")
"""In CI the same examples each time, so that a change is judged by itself; everywhere else new ones."""

pytest_plugins = ["tests.server.personas", "tests.server.desk", "tests.server.road"]

BASE_URL = "http://127.0.0.1:8000"
FAST = {"fsync": "off", "full_page_writes": "off", "autovacuum": "off", "shared_buffers": "64MB", "max_connections": "60"}
"""The test cluster may lose its data when the machine dies. Autovacuum, which only a superuser may end, would keep a database from being dropped."""


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class SetClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, moment: datetime.datetime) -> None:
        self.moment = moment

    def now(self) -> datetime.datetime:
        return self.moment

    def today(self) -> datetime.date:
        return self.moment.date()

    def move(self, **by: float) -> None:
        """`move(days=20)`: later; with negative numbers, earlier."""
        self.moment += datetime.timedelta(**by)

    def set(self, day: str, hour: str = "09:00") -> None:
        """`set("2026-12-13", "23:59")`, in Vietnam's time."""
        self.moment = datetime.datetime.fromisoformat(f"{day}T{hour}+07:00").astimezone(self.moment.tzinfo)


@pytest.fixture
def clock() -> SetClock:
    from surveys.language import VIETNAM

    return SetClock(datetime.datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM))


@pytest.fixture(scope="session")
def cluster() -> Iterator[Path]:
    """The data folder of the PostgreSQL that all workers of this run share; the last one out stops and removes it."""
    from server.postgres import running

    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())
    folder = Path(tempfile.gettempdir()) / f"ydan-tests-{run}"
    folder.mkdir(mode=0o755, exist_ok=True)
    with running(folder, options=FAST) as url:
        (folder / "url").write_text(url)
        yield folder
    if not (folder / "postgres" / "postmaster.pid").exists():
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def template(cluster: Path) -> str:
    """Address of a database with every table and all units, made by the migrations. It is cloned, never changed."""
    url = (cluster / "url").read_text()
    made = cluster / "template"
    with (cluster / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            asyncio.run(make_template(url))
            made.touch()
    return renamed(url, "template_ydan")


async def make_template(url: str) -> None:
    import asyncpg

    from server.database import DB, prepare

    await execute(url, "CREATE DATABASE template_ydan")
    DB.point(renamed(url, "template_ydan"))
    await prepare()
    connection = await asyncpg.connect(renamed(url, "template_ydan"))
    await connection.execute("VACUUM ANALYZE")
    await connection.close()


async def execute(url: str, sql: str) -> None:
    import asyncpg

    connection = await asyncpg.connect(url)
    try:
        await connection.execute(sql)
    finally:
        await connection.close()


def renamed(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


@pytest.fixture
def empty_database(cluster: Path) -> Iterator[str]:
    """Address of a database without tables."""
    yield from cloned((cluster / "url").read_text(), "template0")


@pytest.fixture
def database_url(template: str, cluster: Path) -> Iterator[str]:
    """Address of a database of this test's own, with tables and units."""
    yield from cloned((cluster / "url").read_text(), "template_ydan")


def cloned(url: str, template: str) -> Iterator[str]:
    name = f"test_{uuid4().hex[:12]}"
    asyncio.run(execute(url, f"CREATE DATABASE {name} TEMPLATE {template}"))
    yield renamed(url, name)
    asyncio.run(execute(url, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> "Settings":
    from server.settings import Settings

    (tmp_path / "files").mkdir()
    return Settings(data=tmp_path, secret=b"a secret of the tests, long enough for all", database_url=database_url, base_url=BASE_URL)


@pytest.fixture
async def db(settings: "Settings") -> AsyncIterator["asyncpg.Pool"]:
    """The store without the web: its pool is open. For tests of store functions."""
    from server.database import DB

    DB.point(settings.database_url)
    async with DB.open() as pool:
        yield pool


@pytest.fixture
async def app(settings: "Settings", clock: SetClock) -> AsyncIterator["Litestar"]:
    """The application in this test's own event loop, its pool open."""
    from server.app import create_app

    made = create_app(settings, clock)
    async with made.lifespan():
        yield made


@pytest.fixture
async def client(app: "Litestar") -> AsyncIterator["httpx.AsyncClient"]:
    """A browser without cookies. `async with another(app) as other:` gives a second one."""
    async with another(app) as made:
        yield made


def another(app: "Litestar") -> "httpx.AsyncClient":
    import httpx

    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app, raise_app_exceptions=False), base_url=BASE_URL)

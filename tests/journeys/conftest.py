"""A ward that really runs: web and jobs as processes over a database of their own, people in real browsers, a clock to move."""

import asyncio
import datetime
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.conftest import execute, renamed
from tests.journeys.served import CLOCK_FILE, FileClock

if TYPE_CHECKING:
    from server.settings import Settings

ROOT = Path(__file__).parents[2]
CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--force-color-profile=srgb",
)  # fmt: skip
PHONE = {"width": 390, "height": 844}
SMALL_PHONE = {"width": 320, "height": 640}
DESK = {"width": 1200, "height": 900}


class Ward:
    """A running installation at `url`. `violations`: what pages did against the Content-Security-Policy."""

    def __init__(self, url: str, settings: "Settings", clock: Path, browser: Browser) -> None:
        self.url = url
        self.settings = settings
        self.clock = clock
        self.browser = browser
        self.contexts: list[BrowserContext] = []
        self.violations: list[str] = []

    def at(self, day: str, hour: str = "09:00") -> None:
        self.clock.write_text(f"{day}T{hour}:00+07:00")

    def later(self, **by: float) -> None:
        now = datetime.datetime.fromisoformat(self.clock.read_text())
        self.clock.write_text((now + datetime.timedelta(**by)).isoformat())

    def visitor(self, *, script: bool = True, size: dict[str, int] = PHONE, **more: Any) -> Page:
        """Somebody with a browser of their own."""
        context = self.browser.new_context(base_url=self.url, java_script_enabled=script, viewport=size, locale="vi-VN", has_touch=size is not DESK, **more)
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda message: self.violations.append(message.text) if "Content Security Policy" in message.text else None)
        return page

    def official(self, name: str, *, size: dict[str, int] = DESK) -> Page:
        """Signed in by name and password, as an official does it."""
        from tests.server.personas import PASSWORD

        page = self.visitor(size=size)
        page.goto("/sign-in")
        page.fill("[name=name]", name)
        page.fill("[name=password]", PASSWORD)
        page.locator("main form button[type=submit]").click()
        page.wait_for_url("**/desk")
        return page


def elsewhere(work: Callable[[], Awaitable[Any]]) -> Any:
    """Runs a coroutine in a thread: this one belongs to the browser's event loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(work())).result()  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ward")


@pytest.fixture(scope="module")
def ward_database(template: str, cluster: Path) -> Iterator[str]:
    url = (cluster / "url").read_text()
    name = f"journey_{os.getpid()}_{time.monotonic_ns()}"
    elsewhere(lambda: execute(url, f"CREATE DATABASE {name} TEMPLATE template_ydan"))
    yield renamed(url, name)
    elsewhere(lambda: execute(url, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(scope="module")
def ward(ward_database: str, folder: Path, browser: Browser, password_hash: str) -> Iterator[Ward]:
    """Phường Thanh Khê with two blocks and everybody of PERSONS, on 23 November 2026 at nine."""
    from server.settings import from_environment

    clock = folder / "clock"
    port = free_port()
    environment = os.environ | {
        "DATABASE_URL": ward_database, "YDAN_DATA": str(folder / "data"), "YDAN_LOG": "warning", "YDAN_BASE_URL": f"http://127.0.0.1:{port}",
        "PYTHONPATH": str(ROOT), CLOCK_FILE: str(clock),
    }  # fmt: skip
    settings = from_environment(environment)
    running = Ward(f"http://127.0.0.1:{port}", settings, clock, browser)
    running.at("2026-11-23")
    elsewhere(lambda: peopled(settings, password_hash, running))
    web = ["granian", "--interface", "asgi", "--host", "127.0.0.1", "--port", str(port), "--loop", "asyncio", "--factory", "--no-ws", "--log-level", "warning"]
    processes = [
        subprocess.Popen([sys.executable, "-m", *web, "tests.journeys.served:app"], env=environment, cwd=ROOT),
        subprocess.Popen([sys.executable, "-m", "tests.journeys.served", "work"], env=environment, cwd=ROOT),
    ]
    try:
        wait_for(f"{running.url}/health")
        yield running
    finally:
        for context in running.contexts:
            context.close()
        for process in processes:
            process.terminate()
            process.wait(20)


async def peopled(settings: "Settings", password_hash: str, ward: Ward) -> None:
    from server.database import DB
    from server.store import units
    from tests.server.personas import WARD, made_persons

    clock = FileClock(ward.clock)
    DB.point(settings.database_url)
    async with DB.open(size=2):
        await made_persons(password_hash, clock)
        rows = [units.VillageRow("Tổ dân phố 1", 120), units.VillageRow("Tổ dân phố 2", 80)]
        await units.replace_villages(WARD, rows, source="Công an phường", as_of=datetime.date(2026, 11, 1), by=None, now=clock.now())


def free_port() -> int:
    with socket.socket() as knock:
        knock.bind(("127.0.0.1", 0))
        return int(knock.getsockname()[1])


def wait_for(url: str, *, within_s: float = 30) -> None:
    until = time.monotonic() + within_s
    while True:
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)

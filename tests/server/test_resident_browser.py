"""Residents' pages in Debian's Chromium at phone size: with script, offline, by axe, under the content security policy."""

import asyncio
import datetime
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect, sync_playwright

from surveys.consultation import State
from tests.conftest import cloned
from tests.server.asked import asked

CHROMIUM = "/usr/bin/chromium"
ARGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
ARGS += ["--disable-component-update", "--disable-sync"]
WAIT_MS = 8000

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no chromium")


@pytest.fixture(scope="module")
def database(template: str, cluster: Path) -> Iterator[str]:
    yield from cloned((cluster / "url").read_text(), urlsplit(template).path[1:])


@pytest.fixture(scope="module")
def site(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running server with one consultation in each public state: road (open), later, over, off."""
    asyncio.run(seed(database))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    environment = {**os.environ, "DATABASE_URL": database, "YDAN_DATA": str(tmp_path_factory.mktemp("data")), "YDAN_LOG": "error"}
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "server.app:from_settings", "--port", port, "--no-ws"]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield started(f"http://127.0.0.1:{port}")
    finally:
        server.terminate()
        server.wait(20)


def started(address: str) -> str:
    for _ in range(120):
        try:
            if httpx.get(f"{address}/health").status_code == 200:
                return address
        except httpx.TransportError:
            pass
        time.sleep(0.25)
    raise AssertionError("the server did not start")


async def seed(database: str) -> None:
    from server.clock import SystemClock
    from server.database import DB
    from server.store import people, units
    from surveys.consultation import Role

    now = SystemClock().now()
    days = {"opens_on": now.date() - datetime.timedelta(3), "closes_on": now.date() + datetime.timedelta(20)}
    DB.point(database)
    async with DB.open() as pool:
        by = await people.create_or_change("author", unit="20209", roles=[Role.AUTHOR], full_name="Soạn", password_hash=None, now=now)
        await units.replace_villages("20209", [units.VillageRow("Tổ dân phố 1", 120)], source="UBND", as_of=now.date(), by=None, now=now)
        for slug, state in (("road", State.OPEN), ("later", State.APPROVED), ("over", State.CLOSED), ("off", State.CANCELLED)):
            ahead = {"opens_on": days["opens_on"] + datetime.timedelta(9)} if state is State.APPROVED else {}
            made = await asked(pool, by, now, state=state, **days | ahead, cancel_reason="Dự thảo đã được rút." if slug == "off" else "")
            await pool.execute("UPDATE consultation SET slug = $2 WHERE id = $1", made.id, slug)


@pytest.fixture(scope="module")
def browser(site: str) -> Iterator[Any]:
    """Gone before the site: Playwright's event loop must not run while the database is dropped."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield running
        running.close()


@pytest.fixture
def phone(browser: Any, site: str) -> Iterator[Page]:
    """390 px wide, with script. Whatever the policy refuses, or a script throws, fails the test."""
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, base_url=site)
    context.set_default_timeout(WAIT_MS)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if "Content Security Policy" in message.text else None)
    yield page
    assert context.cookies() == []
    assert wrong == []
    context.close()


def go_on(page: Page) -> None:
    page.locator(".moves button:visible").first.click()


def answer(page: Page, *, upto: int = 5) -> None:
    """Fills the form section by section; `upto` 5 sends it to be checked."""
    page.check("[name=dong_y][value=disagree]")
    page.fill("[name=vi_sao]", "Mất sân trước.")
    go_on(page)
    page.check("[name=hai_long][value='2']")
    page.check("[name='tung_mat/den'][value='3']")
    go_on(page)
    page.check("[name=uu_tien][value=other]")
    page.fill("[name='uu_tien/text']", "Vỉa hè")
    go_on(page)
    page.fill("[name=so_nguoi]", "4")
    page.check("[name=cho_phep]")
    go_on(page)
    if upto == 5:
        page.select_option("[name=':village']", label="Tổ dân phố 1")
        go_on(page)


def words(page: Page) -> str:
    return page.locator(".progress__words").inner_text()


def test_a_section_at_a_time_to_the_receipt(phone: Page) -> None:
    phone.goto("/c/road/form")
    assert words(phone) == "Phần 1 trên 4"
    expect(phone.locator("[data-question=vi_sao]")).to_be_hidden()
    answer(phone)

    expect(phone.locator("h1")).to_have_text("Xem lại trước khi gửi")
    assert "Tổ dân phố 1" in phone.locator(".review").inner_text()
    go_on(phone)

    expect(phone.locator("h1")).to_have_text("Đã gửi. Cảm ơn ông/bà.")
    assert phone.title().startswith("Đã gửi")
    assert phone.evaluate("localStorage.length") == 0
    phone.go_back()
    expect(phone.locator(".progress__words")).to_have_text("Phần 1 trên 4")
    assert phone.locator("input:checked").count() == 0


def test_back_keeps_everything_and_a_reload_brings_it_again(phone: Page) -> None:
    phone.goto("/c/road/form")
    answer(phone, upto=4)
    assert words(phone) == "Phần 5 trên 5"
    expect(phone.locator("[data-state]")).to_have_text("Đã lưu trên máy này.")

    phone.go_back()
    expect(phone.locator("[name=so_nguoi]")).to_have_value("4")
    phone.get_by_role("button", name="Quay lại").click()
    expect(phone.locator("[name='uu_tien/text']")).to_have_value("Vỉa hè")
    phone.reload()

    assert words(phone) == "Phần 3 trên 5"
    expect(phone.locator("[name='uu_tien/text']")).to_have_value("Vỉa hè")
    phone.locator("[data-switch]").click()
    expect(phone.locator(".progress__words")).to_have_text("Part 3 of 5")
    expect(phone.locator("[name='uu_tien/text']")).to_have_value("Vỉa hè")
    phone.get_by_role("button", name="Erase and start again").click()
    expect(phone.locator(".progress__words")).to_have_text("Part 1 of 4")


def test_required_question_is_asked_for_before_going_on(phone: Page) -> None:
    phone.goto("/c/road/form")
    go_on(phone)

    expect(phone.locator(".govuk-error-summary")).to_be_focused()
    assert words(phone).startswith("Phần 1")
    phone.locator(".govuk-error-summary a").click()
    phone.keyboard.press("Space")
    expect(phone.locator(".govuk-error-summary")).to_have_count(0)


def test_mistake_found_by_the_server_opens_its_section(phone: Page) -> None:
    phone.goto("/c/road/form")
    answer(phone, upto=4)
    phone.go_back()
    phone.fill("[name=so_nguoi]", "400")
    go_on(phone)
    go_on(phone)

    expect(phone.locator(".govuk-error-summary")).to_be_focused()
    expect(phone.locator("[name=so_nguoi]")).to_be_visible()
    expect(phone.locator("[name=so_nguoi]")).to_have_value("400")
    phone.fill("[name=so_nguoi]", "4")
    go_on(phone)
    go_on(phone)
    expect(phone.locator("h1")).to_have_text("Xem lại trước khi gửi")
    phone.locator("[data-change=so_nguoi]").click()
    expect(phone.locator("[name=so_nguoi]")).to_be_focused()
    expect(phone.locator(".govuk-error-summary")).to_have_count(0)


def test_without_network_nothing_is_lost_and_it_is_sent_once_later(phone: Page, site: str) -> None:
    phone.goto("/c/road/form")
    answer(phone)
    expect(phone.locator("h1")).to_have_text("Xem lại trước khi gửi")
    phone.context.set_offline(True)
    go_on(phone)

    expect(phone.locator("[data-state]")).to_contain_text("Đang chờ mạng.")
    phone.context.set_offline(False)

    expect(phone.locator("h1")).to_have_text("Đã gửi. Cảm ơn ông/bà.")


def test_lost_reply_is_asked_for_again_and_stored_once(phone: Page, database: str) -> None:
    phone.goto("/c/road/form")
    answer(phone)
    expect(phone.locator("h1")).to_have_text("Xem lại trước khi gửi")
    before = answers(database)
    lost: list[int] = []

    def lose(route: Any) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route.fetch().status)
            route.abort()

    phone.route("**/send", lose)
    go_on(phone)
    phone.get_by_role("button", name="Gửi lại").click()

    expect(phone.locator("h1")).to_have_text("Đã gửi. Cảm ơn ông/bà.")
    assert lost == [200]
    assert answers(database) == before + 1


def answers(database: str) -> int:
    """How many are stored; counted in a thread, for Playwright's event loop runs in this one."""
    with ThreadPoolExecutor() as apart:
        return apart.submit(asyncio.run, count(database)).result()


async def count(database: str) -> int:
    import asyncpg

    connection = await asyncpg.connect(database)
    try:
        return int(await connection.fetchval("SELECT count(*) FROM answer"))
    finally:
        await connection.close()


def test_without_script_it_is_one_long_page(browser: Any, site: str) -> None:
    page = browser.new_context(viewport={"width": 320, "height": 700}, java_script_enabled=False, base_url=site).new_page()
    page.set_default_timeout(WAIT_MS)
    page.goto("/c/road/form?lang=en")
    assert "Answer only if: " in page.locator("[data-question=vi_sao]").inner_text()
    for name in ("dong_y][value=disagree", "hai_long][value='4'", "cho_phep"):
        page.check(f"[name={name}]")
    page.get_by_role("button", name="Check your answers").click()
    page.get_by_role("button", name="Change How satisfied").click()
    assert page.url.endswith("/form?lang=en#q-hai_long")
    page.check("[name=hai_long][value='5']")
    page.get_by_role("button", name="Check your answers").click()
    page.get_by_role("button", name="Send", exact=True).click()

    assert page.locator("h1").inner_text() == "Sent. Thank you."
    code = page.locator("[data-code]").get_attribute("data-code")
    page.get_by_role("link", name="Check a receipt code").click()
    page.fill("#receipt", code)
    page.get_by_role("button", name="Check").click()
    assert "These answers are being counted." in page.locator("main").inner_text()


def found_by_axe(page: Page) -> list[str]:
    page.wait_for_load_state("load")
    return [f"{page.url} {violation['id']}: {violation['nodes'][0]['html'][:200]}" for violation in Axe().run(page).response["violations"]]


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (390, "dark"), (1280, "light")])
def test_axe_finds_nothing_and_no_page_is_wider_than_the_phone(browser: Any, site: str, width: int, scheme: str) -> None:
    page = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, base_url=site).new_page()
    page.set_default_timeout(WAIT_MS)
    found: list[str] = []

    def look() -> None:
        found.extend(found_by_axe(page))
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{page.url} is wider than {width}")

    for url in ("/", "/?q=thanh&lang=en", "/c/road", "/c/later", "/c/over", "/c/off", "/c/over/form", "/c/road/receipt", "/nowhere"):
        page.goto(url)
        look()
    page.goto("/c/road/form")
    look()
    go_on(page)
    look()
    answer(page, upto=4)
    look()
    page.go_back()
    page.fill("[name=so_nguoi]", "400")
    go_on(page)
    go_on(page)
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    look()
    page.fill("[name=so_nguoi]", "4")
    go_on(page)
    go_on(page)
    expect(page.locator("h1")).to_have_text("Xem lại trước khi gửi")
    look()
    go_on(page)
    expect(page.locator("h1")).to_have_text("Đã gửi. Cảm ơn ông/bà.")
    look()
    assert found == []


def test_touch_targets_of_the_form_are_large(phone: Page) -> None:
    phone.goto("/c/road/form")
    phone.check("[name=dong_y][value=agree]")
    for _ in range(3):
        heights = phone.evaluate(
            "[...document.querySelectorAll('main .choice, main button, main input[type=text], main select, main textarea, header a, main a')]"
            ".filter((e) => e.offsetParent).map((e) => [e.outerHTML.slice(0, 60), e.getBoundingClientRect().height])"
        )
        assert [target for target in heights if target[1] < 48] == []
        if phone.locator("[name=hai_long]").first.is_visible():
            phone.check("[name=hai_long][value='5']")
        go_on(phone)

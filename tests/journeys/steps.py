"""What people of a journey do, in their own words."""

import re
import secrets
import time
from typing import Any

from playwright.sync_api import Page

from tests.journeys.conftest import Ward

SLUG = re.compile(r"/desk/([a-z0-9-]+)")
CODE = re.compile(r"[0-9A-Z-]{26,}")


def make_from_library(author: Page, key: str, *, title: str) -> str:
    """A draft from a ready questionnaire; gives its slug."""
    author.goto(f"/desk/new?ready={key}")
    author.fill("[name=title_vi]", title)
    author.locator("main form button[type=submit]").click()
    author.wait_for_url("**/plan")
    found = SLUG.search(author.url)
    assert found
    return found[1]


def write_plan(author: Page, slug: str, **fields: str) -> None:
    author.goto(f"/desk/{slug}/plan")
    for name, value in fields.items():
        author.fill(f"[name={name}]", value)
    author.get_by_role("button", name="Lưu kế hoạch").click()
    author.wait_for_selector(".desk-said")


def act(page: Page, slug: str, verb: str, *, confirm: str = "", reason: str = "", closes_on: str = "") -> None:
    """Takes a step on its own page."""
    page.goto(f"/desk/{slug}/review" if verb == "approve" else f"/desk/{slug}" if verb == "submit" else f"/desk/{slug}/do/{verb}")
    for name, value in (("reason", reason), ("confirm", confirm), ("closes_on", closes_on)):
        if value:
            page.fill(f"[name={name}]", value)
    page.locator(f"form[action='/desk/{slug}/do/{verb}'] button[type=submit]").first.click()
    page.wait_for_selector(".desk-said")


def choose(page: Page, chosen: dict[str, Any]) -> None:
    """Ticks and types into the part of the form that is shown. Names are fields; lists tick several."""
    for name, values in chosen.items():
        for value in values if isinstance(values, list) else [values]:
            field = page.locator(f"[name='{name}']")
            if field.first.get_attribute("type") in ("radio", "checkbox"):
                page.locator(f"[name='{name}'][value='{value}']").check(force=True)
            elif field.first.evaluate("field => field.tagName") == "SELECT":
                field.select_option(label=value)
            else:
                field.fill(value)


def receipt_of(page: Page) -> str:
    code = page.locator("#receipt-code").get_attribute("data-code")
    assert CODE.fullmatch(code or "")
    return str(code)


def answer_without_script(ward: Ward, slug: str, chosen: dict[str, Any]) -> str:
    """The long page, check answers, send; gives the receipt."""
    page = ward.visitor(script=False)
    page.goto(f"/c/{slug}/form")
    for name, values in chosen.items():
        for value in values if isinstance(values, list) else [values]:
            field = page.locator(f"[name='{name}']").first
            kind = field.get_attribute("type")
            if kind in ("radio", "checkbox"):
                page.locator(f"[name='{name}'][value='{value}']").check(force=True)
            else:
                field.fill(value)
    page.locator("main form .moves button[type=submit]").first.click()
    page.get_by_role("button", name="Gửi ý kiến").click()
    return receipt_of(page)


def answer_by_program(ward: Ward, slug: str, chosen: dict[str, Any]) -> str:
    """The same through the API."""
    page = ward.contexts[0].request
    given = page.post(f"/api/v1/consultations/{slug}/responses", data={"answers": chosen}, headers={"Idempotency-Key": secrets.token_hex(16)})
    assert given.status == 201, given.text()
    return str(given.json()["receipt"])


def open_results(page: Page, slug: str, *, within_s: float = 120) -> None:
    """The results page, opened again until it is counted."""
    until = time.monotonic() + within_s
    while True:
        shown = page.goto(f"/c/{slug}/results", timeout=60_000)
        if shown and shown.status == 200:
            return
        assert shown is not None
        assert shown.status == 503
        assert time.monotonic() < until
        page.wait_for_timeout(1000)

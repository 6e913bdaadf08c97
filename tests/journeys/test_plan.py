"""A DOCX draft plan becomes clauses; residents answer at clauses on a phone; version 2 is compared and answers stay with their clause."""

import os
from pathlib import Path

from playwright.sync_api import Page

from tests.journeys.conftest import Ward
from tests.journeys.steps import make_from_library
from tests.plans.docx import docx
from tests.plans.source import Item, Source, source

TITLE = "Mở rộng đường số 5 thế nào?"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def look(page: Page, name: str) -> None:
    """A picture for who works on these pages; nothing without YDAN_LOOK."""
    if os.environ.get("YDAN_LOOK"):
        page.screenshot(path=str(Path(os.environ["YDAN_LOOK"]) / f"{name}.png"), full_page=True)


def second_version() -> Source:
    """Section II gets a new first clause, so every number behind it grows; one clause is reworded, one is gone."""
    found = source("road")
    at = next(place for place, item in enumerate(found.items) if item.body and "Mặt đường được mở" in str(item.body[0]))
    found.items.insert(at, Item("clause", "1.", "", ["Trước khi làm, đơn vị thi công cắm mốc ranh giới từng nhà và để mốc ít nhất 10 ngày."]))
    for item, number in zip(found.items[at + 1 : at + 5], ("2.", "3.", "4.", "5."), strict=True):
        item.number = number
    found.items[at + 1].body[0] = str(found.items[at + 1].body[0]).replace("lên 8 m", "lên 7,5 m")
    found.items = [item for item in found.items if "Mái hiên" not in str(item.body)]
    return found


def upload(page: Page, slug: str, content: bytes, name: str) -> None:
    page.goto(f"/desk/{slug}/draft")
    if page.locator("details", has_text="Đưa bản mới").count():
        page.get_by_text("Đưa bản mới của dự thảo lên").click()
    page.set_input_files("[name=plan]", {"name": name, "mimeType": WORD, "buffer": content})
    page.get_by_role("button", name="Đọc dự thảo").click()
    page.wait_for_selector(".desk-said")


def asked_at(page: Page, slug: str) -> dict[str, str]:
    """The questions at clauses: label → name in the table of answers."""
    page.goto(f"/desk/{slug}/questions")
    links = page.locator("a[href*='/questions/dieu_']")
    return {link.inner_text(): (link.get_attribute("href") or "").rpartition("/")[2] for link in links.all()}


def test_a_draft_plan_is_read_asked_about_and_replaced(ward: Ward) -> None:
    ward.at("2026-11-23")
    author = ward.official("author")
    slug = make_from_library(author, "neighbourhood_plan", title=TITLE)

    upload(author, slug, docx(source("road")), "Kế hoạch đường số 5.docx")
    assert "24 điều khoản" in author.locator(".desk-said").inner_text()
    look(author, "clauses")
    author.goto(f"/desk/{slug}/draft")
    look(author, "draft")
    author.get_by_role("button", name="Hỏi ý kiến tại điều khoản").click()
    for words in ("Mặt đường được mở từ 5,5 m", "Hộ lùi tường rào, cổng được hỗ trợ"):
        author.locator("li", has_text=words).locator("input[type=checkbox]").check()
    look(author, "ask")
    author.get_by_role("button", name="Đưa vào bộ câu hỏi").click()
    author.wait_for_selector(".desk-said")
    first = asked_at(author, slug)
    assert list(first) == ["Khoản 1 mục II", "Khoản 3 mục III"]
    look(author, "questions")

    upload(author, slug, docx(second_version()), "Kế hoạch đường số 5, sửa.docx")
    look(author, "compare")
    author.get_by_role("button", name="Dùng bản 2").click()
    author.wait_for_selector(".desk-said")
    second = asked_at(author, slug)
    assert second == {"Khoản 2 mục II": first["Khoản 1 mục II"], "Khoản 3 mục III": first["Khoản 3 mục III"]}

"""A DOCX draft plan becomes clauses; residents answer at clauses on a phone; version 2 is compared and answers stay with their clause."""

import os
import re
from pathlib import Path

from playwright.sync_api import Page

from tests.journeys.conftest import PHONE, Ward
from tests.journeys.papers import text_of
from tests.journeys.steps import act, answer_by_program, choose, make_from_library, open_results, receipt_of, write_plan
from tests.plans.docx import docx
from tests.plans.source import Item, Source, source

TITLE = "Mở rộng đường số 5 thế nào?"
FIRST = "Khoản 1 mục II: Mặt đường được mở từ 5,5 m lên 8 m trên chiều dài 620 m, mỗi bên thêm 1,25 m."
SECOND = "Khoản 2 mục II: Mặt đường được mở từ 5,5 m lên 7,5 m trên chiều dài 620 m, mỗi bên thêm 1,25 m."
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
    """The questions at clauses: label, without its place in the list → name in the table of answers."""
    page.goto(f"/desk/{slug}/questions")
    links = page.locator("a[href*='/questions/dieu_']")
    return {re.sub(r"^\d+\. ", "", link.inner_text()): (link.get_attribute("href") or "").rpartition("/")[2] for link in links.all()}


def test_a_draft_plan_is_read_asked_about_and_replaced(ward: Ward) -> None:
    ward.at("2026-11-23")
    author, approver = ward.official("author"), ward.official("approver")
    slug = make_from_library(author, "neighbourhood_plan", title=TITLE)
    upload(author, slug, docx(source("road")), "Kế hoạch đường số 5.docx")
    assert "24 điều khoản" in author.locator(".desk-said").inner_text()
    look(author, "clauses")
    first = ask_at_three_clauses(author, slug)
    write_plan(author, slug, opens_on="2026-11-24", closes_on="2026-12-14")
    act(author, slug, "submit")
    act(approver, slug, "approve")

    ward.at("2026-11-24", "08:00")
    road, stretches, money = first.values()
    answers_on_a_phone(ward, slug, road, stretches, money)
    ward.at("2026-11-26", "08:00")
    second = change_the_draft(author, approver, slug)
    assert list(second) == [SECOND, "Khoản 4 mục II. Quy mô từng đoạn", "Khoản 3 mục III: Hộ lùi tường rào, cổng được hỗ trợ như sau"]
    assert list(second.values()) == list(first.values())
    answers_without_script(ward, slug, road)
    for stance in ("agree", "disagree"):
        for _ in range(5):
            other = {"stance": "other", "text": "Nên hỗ trợ thêm."}
            answer_by_program(ward, slug, {"whole": {"stance": stance}, road: {"stance": stance}, money: other})

    ward.at("2026-12-15", "00:00")
    assert publishes(ward, author, approver, slug) == {
        road: {"agree": 6, "disagree": 6, "other": 0}, money: {"agree": 0, "disagree": 0, "other": 11}
    }  # fmt: skip
    assert ward.violations == []


def ask_at_three_clauses(author: Page, slug: str) -> dict[str, str]:
    author.goto(f"/desk/{slug}/draft")
    look(author, "draft")
    author.get_by_role("button", name="Hỏi ý kiến tại điều khoản").click()
    for words in ("Mặt đường được mở từ 5,5 m", "Quy mô từng đoạn", "Hộ lùi tường rào, cổng được hỗ trợ"):
        author.locator("li", has_text=words).locator("input[type=checkbox]").check()
    look(author, "ask")
    author.get_by_role("button", name="Đưa vào bộ câu hỏi").click()
    author.wait_for_selector(".desk-said")
    asked = asked_at(author, slug)
    assert list(asked) == [FIRST, "Khoản 3 mục II. Quy mô từng đoạn", "Khoản 3 mục III: Hộ lùi tường rào, cổng được hỗ trợ như sau"]
    return asked


def change_the_draft(author: Page, approver: Page, slug: str) -> dict[str, str]:
    """Version 2 comes while residents answer: compared, accepted, signed off by somebody else; gives the questions at its clauses."""
    author.goto(f"/desk/{slug}/change")
    author.get_by_role("button", name="Lập bản sửa").click()
    author.wait_for_selector(".desk-said")
    revision = author.url.split("/desk/")[1].split("/")[0]
    upload(author, revision, docx(second_version()), "Kế hoạch đường số 5, sửa.docx")
    author.wait_for_url("**/draft/compare")
    look(author, "compare")
    counts = author.locator(".plan-counts").inner_text().split("\n")
    assert counts == ["Có sửa 1 điều khoản", "Thêm mới 1 điều khoản", "Bỏ đi 1 điều khoản", "Đổi số 3 điều khoản", "Giữ nguyên 19 điều khoản"]
    author.get_by_role("button", name="Dùng bản 2").click()
    author.wait_for_selector(".desk-said")
    asked = asked_at(author, revision)
    author.goto(f"/desk/{revision}/change")
    look(author, "revision")
    author.fill("[name=reason]", "Sau ý kiến đầu tiên, mặt đường chỉ mở lên 7,5 m.")
    author.get_by_role("button", name="Lưu lý do").click()
    author.wait_for_selector(".desk-said")
    act(author, revision, "submit")
    act(approver, revision, "approve")
    return asked


def publishes(ward: Ward, author: Page, approver: Page, slug: str) -> dict[str, dict[str, int]]:
    """Seals, replies, publishes; gives what residents see counted at clauses that somebody answered."""
    act(author, slug, "seal")
    author.goto(f"/desk/{slug}/results")
    author.wait_for_selector("text=Khoản 2 mục II", timeout=60_000)
    look(author, "results")
    author.goto(f"/desk/{slug}/reply")
    author.fill("[name=reply_vi]", "Tiếp thu: giữ mặt đường 7,5 m, làm xong từng đoạn rồi mới sang đoạn sau.")
    author.get_by_role("button", name="Lưu tiếp thu").click()
    author.wait_for_selector(".desk-said")
    act(approver, slug, "publish", confirm="công bố")
    resident = ward.visitor()
    open_results(resident, slug)
    look(resident, "published")
    assert "Mặt đường được mở từ 5,5 m lên 7,5 m" in text_of(resident.request.get(f"/api/v1/consultations/{slug}/results.pdf").body())
    figures = resident.request.get(f"/api/v1/consultations/{slug}/results.json").json()
    return {
        question["name"]: {option["value"]: option["count"] for option in question["options"]}
        for question in figures["questions"] if question["name"].startswith("dieu_") and question["answered"]
    }  # fmt: skip


def answers_on_a_phone(ward: Ward, slug: str, road: str, stretches: str, money: str) -> None:
    """Reads the draft, goes from a clause to its question, opens the clause there, answers at two."""
    page = ward.visitor(size=PHONE)
    page.goto(f"/c/{slug}")
    look(page, "phone-first")
    page.get_by_role("button", name="Đọc toàn văn dự thảo").click()
    page.get_by_text("Mục lục").click()
    look(page, "phone-draft")
    page.get_by_role("button", name="Góp ý về Khoản 1 mục II").click()
    page.wait_for_selector(f"#q-{road}:visible")
    question = page.locator(f"#q-{road}")
    assert "lên 8 m" in question.inner_text()
    choose(page, {road: "agree"})
    table = page.locator(f"#q-{stretches} table")
    assert not table.is_visible()
    page.locator(f"#q-{stretches} summary").click()
    assert table.locator("tr").count() == 4
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    support = page.locator(f"#q-{money}").inner_text()
    assert "c) Mái hiên: 400.000 đồng" in support
    choose(page, {money: "other", f"{money}/text": "Nên hỗ trợ cả mái tôn."})
    look(page, "phone-form")
    to_the_end(page)
    assert page.locator("[name=whole]").first.is_visible()
    choose(page, {"whole": "agree"})
    to_the_end(page)
    page.get_by_role("button", name="Gửi ý kiến").wait_for()
    look(page, "phone-check")
    page.get_by_role("button", name="Gửi ý kiến").click()
    page.wait_for_selector("#receipt-code")
    receipt_of(page)


def to_the_end(page: Page) -> None:
    """On through the sections, and send."""
    while not page.locator(".moves button[type=submit]:visible").count():
        page.locator(".moves button[type=button]:not(.govuk-button--secondary):visible").click()
    page.locator(".moves button[type=submit]:visible").first.click()


def answers_without_script(ward: Ward, slug: str, road: str) -> None:
    """Sees what version 2 changed, and answers at a clause of it."""
    page = ward.visitor(script=False)
    page.goto(f"/c/{slug}/plan")
    look(page, "phone-draft-2")
    assert "Đây là bản 2, thay cho bản 1" in page.locator("main").inner_text()
    changed = page.locator("section", has_text="Mặt đường được mở").locator("details").last
    changed.locator("summary").click()
    assert changed.locator("del").inner_text().replace("\n", "") == "[bỏ: 8]"
    assert changed.locator("ins").inner_text().replace("\n", "") == "[thêm: 7,5]"
    page.locator(f"a[href*='#q-{road}']").click()
    page.locator("[name=whole][value=disagree]").check(force=True)
    page.locator(f"[name={road}][value=disagree]").check(force=True)
    page.locator("main form .moves button[type=submit]").first.click()
    page.get_by_role("button", name="Gửi ý kiến").click()
    receipt_of(page)

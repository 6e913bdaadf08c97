"""The life of a form: tried before it opens, talked over, approved, changed while it is open, and asked again as a new wave."""

import datetime
import os
import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Ward, elsewhere
from tests.journeys.steps import act, make_from_library, open_results, receipt_of, write_plan
from tests.journeys.test_pages import resident as small_phone
from tests.journeys.test_pages import wrong_here

if TYPE_CHECKING:
    from surveys.questionnaire import Question

TITLE = "Ông/bà có hài lòng với bộ phận một cửa?"
CLEARER = "Nhìn chung, ông/bà hài lòng đến mức nào với lần làm thủ tục gần nhất?"
REASON = "Câu hỏi chung chưa nói rõ là lần nào."
ANSWERS = {"visit": "counter", "overall": "4"}
NEXT = ".moves button[type=button]:not(.govuk-button--secondary):visible"


def looked(page: Page, name: str) -> None:
    """Keeps a picture where YDAN_LOOK names a folder."""
    if folder := os.environ.get("YDAN_LOOK"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def reworded(ward: Ward, slug: str, name: str, **changes: Any) -> None:
    """What the room of questions does, without depending on how it looks."""

    async def change() -> None:
        from msgspec import structs

        from server.database import DB
        from server.store import consultations, people, questionnaires
        from surveys import editing

        DB.point(ward.settings.database_url)
        now = datetime.datetime.fromisoformat(ward.clock.read_text())
        async with DB.open(size=2):
            account = await people.by_name("author", today=now.date())
            assert account
            person = account.person
            draft = await consultations.to_edit(person, slug, now)
            asked = await questionnaires.questionnaire(draft)
            question: Question = structs.replace(asked.question(name), **changes)
            await consultations.save_questionnaire(draft, editing.replace_question(asked, question), by=person, now=now)

    elsewhere(change)


def answer_with_script(page: Page, address: str) -> None:
    """A section at a time, to the page after sending."""
    page.goto(address)
    fill_with_script(page)
    send_with_script(page)


def fill_with_script(page: Page) -> None:
    while True:
        for name, value in ANSWERS.items():
            field = page.locator(f"[name='{name}'][value='{value}']")
            if field.is_visible():
                field.check(force=True)
        if not page.locator(NEXT).count():
            return
        page.locator(NEXT).click()


def send_with_script(page: Page) -> None:
    page.locator(".moves button[type=submit]:visible").first.click()
    page.wait_for_selector("[data-page=check]")
    page.get_by_role("button", name="Gửi ý kiến").click()
    page.wait_for_selector("[data-page=receipt]")


def answer_without_script(page: Page, address: str) -> None:
    page.goto(address)
    for name, value in ANSWERS.items():
        page.locator(f"[name='{name}'][value='{value}']").check(force=True)
    page.locator("main form .moves button[type=submit]").first.click()
    page.get_by_role("button", name="Gửi ý kiến").click()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_of_a_trial_are_sound(ward: Ward, language: str) -> None:
    author = ward.official("author")
    slug = make_from_library(author, "one_stop_desk", title=f"{TITLE} ({language})")
    address = begin_trial(author, slug)
    page = small_phone(ward, script=False)

    page.goto(f"{address}?lang={language}")
    wrong = wrong_here(page, language)
    page.locator("main form .moves button[type=submit]").first.click()
    wrong += wrong_here(page, language)
    answer_without_script_here(page)
    wrong += wrong_here(page, language)

    assert "\n".join(wrong) == ""
    assert page.context.cookies() == []


def answer_without_script_here(page: Page) -> None:
    for name, value in ANSWERS.items():
        page.locator(f"[name='{name}'][value='{value}']").check(force=True)
    for _ in range(2):
        page.locator("main form .moves button[type=submit]").first.click()


def begin_trial(author: Page, slug: str) -> str:
    author.goto(f"/desk/{slug}/trial")
    author.get_by_role("button", name="Bắt đầu chạy thử").click()
    return str(author.locator(".trial-link__address a").get_attribute("href"))


def test_a_form_is_tried_talked_over_changed_and_asked_again(ward: Ward) -> None:
    ward.at("2026-11-23")
    author, approver = ward.official("author"), ward.official("approver", size={"width": 390, "height": 844})
    slug = make_from_library(author, "one_stop_desk", title=TITLE)
    write_plan(author, slug, opens_on="2026-11-24", closes_on="2026-12-24")
    trial = tried(ward, author, slug)
    talked_over(ward, author, approver, slug)

    act(author, slug, "submit")
    approver.goto(f"/desk/{slug}/review")
    assert "nhìn chung" in approver.locator(".change").inner_text().lower()
    looked(approver, "review-changes")
    approver.fill("[name=statement]", "Đã xem, đồng ý mở.")
    approver.locator(f"form[action='/desk/{slug}/do/approve'] button").click()
    approver.wait_for_selector(".desk-said")
    assert "Đã xem, đồng ý mở." in approver.locator("#sign-offs").inner_text()
    looked(approver, "overview-approved")

    ward.at("2026-11-24", "00:00")
    gone = ward.visitor()
    assert (response := gone.goto(trial)) is not None
    assert response.status == 404
    holds_the_old_form = ward.visitor()
    holds_the_old_form.goto(f"/c/{slug}/form")
    fill_with_script(holds_the_old_form)

    changed_while_open(ward, author, approver, slug)
    send_with_script(holds_the_old_form)
    assert receipt_of(holds_the_old_form)
    new_phone = ward.visitor()
    new_phone.goto(f"/c/{slug}/form")
    assert REASON in new_phone.locator("#changed").inner_text()
    looked(new_phone, "form-changed")
    assert CLEARER in new_phone.locator("main").text_content()
    answer_with_script(new_phone, f"/c/{slug}/form")
    assert versions_stored(ward) == {1: 1, 2: 1}

    ward.at("2026-12-25", "00:00")
    act(author, slug, "seal")
    author.goto(f"/desk/{slug}/reply")
    author.fill("[name=reply_vi]", "Tiếp thu.")
    author.get_by_role("button", name="Lưu tiếp thu").click()
    act(approver, slug, "publish", confirm="công bố")
    resident = ward.visitor()
    open_results(resident, slug)
    assert "2 phiếu trả lời" in resident.locator("main").inner_text()

    asked_again(ward, author, slug)
    assert ward.violations == []


def tried(ward: Ward, author: Page, slug: str) -> str:
    """By two colleagues, one of them without script; gives the link."""
    trial = begin_trial(author, slug)
    phone = ward.visitor()
    answer_with_script(phone, trial)
    assert "Đã nhận phiếu thử" in phone.locator("h1").inner_text()
    looked(phone, "tried")
    assert phone.context.cookies() == []
    assert phone.evaluate("localStorage.length") == 0
    plain = ward.visitor(script=False)
    answer_without_script(plain, trial)
    assert "Chạy thử" in plain.locator(".trial").inner_text()
    plain.goto(trial)
    looked(plain, "trial-form")
    author.goto(f"/desk/{slug}/trial")
    assert "Đã có 2 phiếu thử" in author.locator("main").inner_text()
    looked(author, "trial-desk")
    assert author.locator(".tried", has_text="hài lòng").locator(".tried__count").first.inner_text() == "2"
    return trial


def talked_over(ward: Ward, author: Page, approver: Page, slug: str) -> None:
    """The approver comments and returns it; the author answers and rewords; the approver takes it up again, then is content."""
    act(author, slug, "submit")
    approver.goto(f"/desk/{slug}/review")
    card = approver.locator("#q-at-overall")
    card.locator("summary").first.click()
    card.locator("textarea").fill("Nên hỏi rõ hơn: nhìn chung là lần nào?")
    card.get_by_role("button", name="Ghi ý kiến").click()
    approver.wait_for_selector(".desk-said")
    act(approver, slug, "return")
    author.goto(f"/desk/{slug}")
    author.locator(".remark summary").first.click()
    author.locator(".remark textarea").fill("Vâng, sẽ sửa.")
    author.get_by_role("button", name="Gửi trả lời").click()
    looked(author, "overview-thread")
    reworded(ward, slug, "overall", label={"vi": "Nhìn chung, ông/bà hài lòng ra sao?", "en": "Overall, how satisfied are you?"})
    author.locator(".remark").get_by_role("button", name=re.compile("^Đã xử lý")).click()
    author.wait_for_selector(".remark--resolved")
    author.goto(f"/desk/{slug}/versions?old=1&new=2")
    looked(author, "versions")
    assert "Nhìn chung" in author.locator("#compared").inner_text()


def changed_while_open(ward: Ward, author: Page, approver: Page, slug: str) -> None:
    author.goto(f"/desk/{slug}/change")
    looked(author, "change")
    author.get_by_role("button", name="Lập bản sửa").click()
    work = f"{slug}-ban-sua"
    author.wait_for_url(f"**/desk/{work}/questions")
    reworded(ward, work, "overall", label={"vi": CLEARER, "en": "Overall, how satisfied were you the last time?"})
    author.goto(f"/desk/{work}/change")
    assert "So sánh được, cần thận trọng" in author.locator(".verdict").inner_text()
    author.fill("[name=reason]", REASON)
    author.get_by_role("button", name="Lưu lý do").click()
    author.wait_for_selector(".desk-said")
    looked(author, "revision")
    act(author, work, "submit")
    approver.goto(f"/desk/{work}/review")
    looked(approver, "revision-review")
    act(approver, work, "approve")
    approver.goto(f"/desk/{slug}")
    looked(approver, "overview-amended")


def versions_stored(ward: Ward) -> dict[int, int]:
    async def counted() -> dict[int, int]:
        import asyncpg

        connection = await asyncpg.connect(ward.settings.database_url)
        rows = await connection.fetch("SELECT version, count(*) AS n FROM answer GROUP BY version")
        trials = await connection.fetchval("SELECT count(*) FROM trial_answer JOIN consultation ON id = consultation WHERE state <> 'draft'")
        await connection.close()
        assert trials == 0
        base = min(row["version"] for row in rows)
        return {row["version"] - base + 1: row["n"] for row in rows}

    return elsewhere(counted)  # type: ignore[no-any-return]


def asked_again(ward: Ward, author: Page, slug: str) -> None:
    author.goto(f"/desk/{slug}")
    author.get_by_role("link", name="Lập đợt mới từ đợt này").click()
    author.get_by_role("button", name="Lập đợt mới từ đợt này").click()
    author.wait_for_url(re.compile(r"/desk/(?!" + slug + r"/)[^/]+/wave"))
    looked(author, "wave")
    assert set(author.locator(".verdict").all_inner_texts()) == {"So sánh được"}
    again = author.url.split("/")[-2]
    reworded(ward, again, "overall", label={"vi": "Ông/bà hài lòng thế nào với bộ phận một cửa?"})
    author.goto(f"/desk/{again}/wave")
    assert "So sánh được, cần thận trọng" in author.locator("#q-overall .verdict").inner_text()
    author.locator("#q-overall select").select_option("")
    author.get_by_role("button", name="Lưu cách ghép").click()
    author.wait_for_selector(".desk-said")
    assert "Không so sánh được" in author.locator("#q-overall .verdict").inner_text()
    looked(author, "wave-changed")

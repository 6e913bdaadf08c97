"""The whole life of an opinion consultation (type B): twenty days pass by the clock; three residents, each in their own way."""

from playwright.sync_api import Page

from tests.journeys.conftest import Ward
from tests.journeys.papers import text_of
from tests.journeys.steps import act, answer_without_script, make_from_library, open_results, receipt_of, write_plan

TITLE = "Đường số 5 nên rộng bao nhiêu?"


NEXT = ".moves button[type=button]:not(.govuk-button--secondary):visible"


def next_part(page: Page) -> None:
    page.locator(NEXT).click()


def test_an_opinion_consultation_lives_its_twenty_days(ward: Ward) -> None:
    ward.at("2026-11-23")
    author, approver = ward.official("author"), ward.official("approver", size={"width": 390, "height": 844})
    slug = make_from_library(author, "neighbourhood_plan", title=TITLE)
    write_plan(author, slug, title_en="How wide should road 5 be?", opens_on="2026-11-24", closes_on="2026-12-13")
    author.goto(f"/desk/{slug}")
    author.locator(f"form[action='/desk/{slug}/do/submit'] button").click()
    assert "20 ngày" in author.locator(".govuk-error-summary").inner_text()

    write_plan(author, slug, closes_on="2026-12-14")
    act(author, slug, "submit")
    act(approver, slug, "approve")
    ward.at("2026-11-24", "00:00")

    first = answer_without_script(ward, slug, {"whole": "agree", "widening": "agree", "house": "facing", "move_back": "agree", "metres": "1,5"})
    english_receipt = in_english(ward, slug)
    second = withdraws_and_answers_anew(ward, slug)
    assert len({first, english_receipt, second}) == 3

    ward.at("2026-12-14", "23:59")
    late = ward.visitor(script=False)
    late.goto(f"/c/{slug}/form")
    late.locator("[name=whole][value=agree]").check(force=True)
    ward.at("2026-12-15", "00:00")
    late.locator("main form .moves button[type=submit]").first.click()
    assert "14/12/2026" in late.locator("main").inner_text()

    act(author, slug, "seal")
    author.goto(f"/desk/{slug}/reply")
    author.fill("[name=reply_vi]", "Tiếp thu: giữ lòng đường 5,5 m, làm vỉa hè hai bên.")
    author.get_by_role("button", name="Lưu tiếp thu").click()
    author.wait_for_selector(".desk-said")
    act(approver, slug, "publish", confirm="công bố")

    resident = ward.visitor()
    open_results(resident, slug)
    shown = resident.locator("main").inner_text()
    assert "3 phiếu trả lời" in shown
    assert "giữ lòng đường 5,5 m" in shown
    paper = text_of(resident.request.get(f"/api/v1/consultations/{slug}/results.pdf").body())
    assert "Tiếp thu: giữ lòng đường 5,5 m" in paper
    english = text_of(resident.request.get(f"/api/v1/consultations/{slug}/results.pdf?lang=en").body())
    assert "How wide should road 5 be?" in english
    assert receipt_state(ward, slug, second) == "Phiếu này đang được tính."
    assert ward.violations == []


def in_english(ward: Ward, slug: str) -> str:
    """With script, a section at a time."""
    page = ward.visitor()
    page.goto(f"/c/{slug}?lang=en")
    assert page.locator("h1").inner_text() == "How wide should road 5 be?"
    page.get_by_role("button", name="Start").first.click()
    page.locator("[name=whole][value=disagree]").check(force=True)
    next_part(page)
    page.locator("[name=house][value=lane]").check(force=True)
    assert not page.locator("[name=metres]").is_visible()
    next_part(page)
    page.go_back()
    assert page.locator("[name=house][value=lane]").is_checked()
    next_part(page)
    next_part(page)
    page.fill("[name=mend]", "Keep the trees.")
    while page.locator(NEXT).count():
        next_part(page)
    page.locator(".moves button[type=submit]:visible").first.click()
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_selector("#receipt-code")
    return receipt_of(page)


def withdraws_and_answers_anew(ward: Ward, slug: str) -> str:
    code = answer_without_script(ward, slug, {"whole": "disagree"})
    page = ward.visitor(script=False)
    page.goto(f"/c/{slug}/receipt")
    page.fill("[name=receipt]", code.lower())
    page.get_by_role("button", name="Kiểm tra").click()
    page.get_by_role("button", name="Rút phiếu này").click()
    page.get_by_role("button", name="Trả lời lại").click()
    page.locator("[name=whole][value=agree]").check(force=True)
    page.locator("main form .moves button[type=submit]").first.click()
    page.get_by_role("button", name="Gửi ý kiến").click()
    again = receipt_of(page)
    assert receipt_state(ward, slug, code) == "Phiếu này đã được rút."
    return again


def receipt_state(ward: Ward, slug: str, code: str) -> str:
    page = ward.visitor(script=False)
    page.goto(f"/c/{slug}/receipt")
    page.fill("[name=receipt]", code)
    page.get_by_role("button", name="Kiểm tra").click()
    return page.locator(".receipt p").first.inner_text()

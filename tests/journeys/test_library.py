"""A ward finds a questionnaire in the library, puts a block into its draft and keeps what it made; all of it without script."""

from playwright.sync_api import Page

from tests.journeys.conftest import PHONE, Ward
from tests.server.personas import PASSWORD


def without_script(ward: Ward, name: str) -> Page:
    page = ward.visitor(script=False, size=PHONE)
    page.goto("/sign-in")
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/desk")
    return page


def test_from_the_library_to_the_wards_own_without_script(ward: Ward) -> None:
    author = without_script(ward, "author")
    author.get_by_role("link", name="Thư viện", exact=True).click()
    author.fill("[name=q]", "tram y te")
    author.get_by_role("button", name="Tìm").click()
    author.get_by_role("link", name="Ông/bà có hài lòng với trạm y tế không?", exact=True).click()
    assert author.frame_locator("iframe.desk-phone").locator("[data-question]").count() == 9
    author.get_by_role("link", name="Bắt đầu từ mẫu này").click()
    author.fill("[name=title_vi]", "Trạm y tế phục vụ tốt không?")
    author.locator("main form button[type=submit]").click()
    author.wait_for_url("**/plan")
    here = author.url.removesuffix("/plan")

    author.goto(f"{here}/questions")
    author.get_by_role("link", name="Thư viện", exact=True).last.click()
    author.check("[name=block][value=safety]", force=True)
    author.select_option("[name=after]", label="Sau phần: Đánh giá chung")
    author.get_by_role("button", name="Chèn khối câu hỏi").click()
    assert "Đã chèn “An toàn nơi ở”" in author.locator(".desk-said").inner_text()
    author.goto(f"{here}/analysis")
    author.get_by_role("button", name="Cập nhật theo câu hỏi").click()
    assert "Ông/bà hài lòng với từng mặt sau đây ở nơi mình sống ở mức nào?" in author.locator(".library-figures").inner_text()

    author.goto(f"{here}/library")
    author.fill("[name=name]", "Trạm y tế, mẫu của phường")
    author.get_by_role("button", name="Lưu vào thư viện").click()
    kept = author.locator(".desk-row", has_text="Trạm y tế, mẫu của phường")
    kept.locator(".library-start").click()
    assert author.locator("[name=ready]:checked").count() == 1
    assert author.input_value("[name=title_vi]") == "Trạm y tế phục vụ tốt không?"
    stranger = without_script(ward, "stranger")
    stranger.goto("/desk/library")
    assert "mẫu của phường" not in stranger.content()
    assert ward.violations == []

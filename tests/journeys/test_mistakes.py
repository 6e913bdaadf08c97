"""A mistake at the desk in a real browser: the summary takes the focus and leads to the field."""

from tests.journeys.conftest import Ward
from tests.journeys.steps import make_from_library


def test_error_summary_takes_the_focus_and_leads_to_the_field(ward: Ward) -> None:
    page = ward.official("author")
    slug = make_from_library(page, "one_stop_desk", title="Ông/bà hài lòng với một cửa đến mức nào?")
    page.goto(f"/desk/{slug}/plan")
    page.fill("#title_vi", "")
    page.get_by_role("button", name="Lưu kế hoạch").click()

    assert page.evaluate("document.activeElement.id") == "wrong"
    page.locator("#wrong a").click()
    assert page.evaluate("document.activeElement.id") == "title_vi"

"""Every room of the desk in a real browser: nothing for axe to find, nothing wider than a small phone, the Content-Security-Policy kept."""

import re

from axe_playwright_python.sync_playwright import Axe

from tests.journeys.conftest import SMALL_PHONE, Ward

ROOMS = ("", "/plan", "/draft", "/questions", "/questions/overall", "/preview", "/review", "/do/cancel", "/journal")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def found_by_axe(page):
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in Axe().run(page, options=RULES).response["violations"]]


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def made_from_library(ward: Ward):
    page = ward.official("author")
    page.goto("/desk/new")
    page.fill("#title_vi", "Ông/bà hài lòng với một cửa đến mức nào?")
    page.check("#instrument-satisfaction")
    page.check("#ready-one_stop_desk")
    page.get_by_role("button", name="Lập bản nháp").click()
    page.wait_for_url("**/plan")
    return page, re.sub(r"/plan$", "", page.url)


def test_every_room_is_clean_for_axe_and_fits_a_small_phone(ward, tmp_path):
    page, here = made_from_library(ward)
    phone = ward.official("approver", size=SMALL_PHONE)

    wrong = []
    for room in ("/desk", "/desk/new", *(here + room for room in ROOMS)):
        for who, name in ((page, "wide"), (phone, "phone")):
            who.goto(room)
            shown = f"{room.removeprefix(ward.url)} {name}"
            who.screenshot(path=tmp_path / f"{shown.replace('/', '_').strip()}.png", full_page=True)
            wrong += [(shown, one) for one in found_by_axe(who)]
            if not fits(who):
                wrong.append((shown, "wider than the screen"))

    assert wrong == []
    assert ward.violations == []


def test_error_summary_takes_the_focus_and_leads_to_the_field(ward):
    page, here = made_from_library(ward)
    page.goto(here + "/plan")
    page.fill("#title_vi", "")
    page.get_by_role("button", name="Lưu kế hoạch").click()

    assert page.evaluate("document.activeElement.id") == "wrong"
    page.locator("#wrong a").click()
    assert page.evaluate("document.activeElement.id") == "title_vi"

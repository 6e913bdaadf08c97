"""From the room “Đến người dân” to a resident's phone and back: links are copied, followed, and counted; papers are what the browser saves."""

import datetime

from playwright.sync_api import Page

from tests.journeys.conftest import PHONE, SMALL_PHONE, Ward, elsewhere
from tests.journeys.looking import NARROW, found_by_axe, width
from tests.journeys.steps import choose, receipt_of

CHOSEN = {"dong_y": "agree", "hai_long": "4", "cho_phep": "true"}


def opened_road(ward: Ward) -> str:
    return elsewhere(lambda: road(ward))  # type: ignore[no-any-return]


async def road(ward: Ward) -> str:
    from server.database import DB
    from server.store import people
    from tests.server.asked import asked

    now = datetime.datetime.fromisoformat(ward.clock.read_text())
    async with DB.open(size=2) as pool:
        account = await people.by_name("author", today=now.date())
        assert account is not None
        return (await asked(pool, account.person, now)).slug


def counted(page: Page, channel: str) -> list[str]:
    row = page.locator(".spread-reached tbody tr").filter(has=page.get_by_role("rowheader", name=channel, exact=True))
    return [cell.strip() for cell in row.locator("td").all_inner_texts()[:2]]


def answer_part_by_part(page: Page) -> None:
    onward = page.locator(".moves button[type=button]:not(.govuk-button--secondary):visible")
    while True:
        choose(page, {name: value for name, value in CHOSEN.items() if page.locator(f"[data-question='{name}']").is_visible()})
        if not onward.count():
            break
        onward.click()
    page.locator(".moves button[type=submit]:visible").first.click()
    page.get_by_role("button", name="Gửi ý kiến").click()


def test_link_is_copied_at_the_desk_followed_on_two_phones_and_counted(ward: Ward) -> None:
    slug = opened_road(ward)
    author = ward.official("author")
    author.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=ward.url)
    author.goto(f"/desk/{slug}/spread")
    link = author.locator("#link-zalo")
    link.focus()
    author.keyboard.press("Tab")
    author.keyboard.press("Enter")
    author.get_by_role("button", name="Đã chép").wait_for()
    assert author.evaluate("navigator.clipboard.readText()") == link.input_value()

    author.locator(".spread-picture").scroll_into_view_if_needed()
    assert author.locator(".spread-picture img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 1200
    scripted = ward.visitor(size=PHONE)
    scripted.goto(link.input_value())
    scripted.get_by_role("button", name="Bắt đầu trả lời").first.click()
    answer_part_by_part(scripted)
    assert receipt_of(scripted)

    plain = ward.visitor(script=False)
    plain.goto(author.locator("#link-letter").input_value())
    plain.get_by_role("button", name="Bắt đầu trả lời").first.click()
    for name, value in CHOSEN.items():
        plain.locator(f"[name='{name}'][value='{value}']").check(force=True)
    plain.locator("main form .moves button[type=submit]").first.click()
    plain.get_by_role("button", name="Gửi ý kiến").click()
    assert receipt_of(plain)

    author.reload()
    assert [counted(author, channel) for channel in ("Zalo", "Thư gửi hộ gia đình", "Facebook", "Không qua liên kết nào")] == [
        ["1", "1"], ["1", "1"], ["0", "0"], ["0", "0"]
    ]  # fmt: skip
    assert scripted.context.cookies() == []
    assert ward.violations == []


def test_channel_of_ones_own_is_named_and_renamed_without_script(ward: Ward) -> None:
    slug = opened_road(ward)
    author = ward.official("author", size=SMALL_PHONE)
    author.route("**/*.js*", lambda route: route.abort())
    author.goto(f"/desk/{slug}/spread")
    author.get_by_role("button", name="Thêm kênh").click()
    assert author.locator(".govuk-error-summary").count() == 1
    assert found_by_axe(author) == []

    author.get_by_label("Thêm một kênh khác").fill("Nhóm Zalo tổ 5")
    author.get_by_role("button", name="Thêm kênh").click()
    author.get_by_text("Đổi tên").click()
    author.get_by_label("Tên mới").fill("Trường tiểu học")
    author.get_by_role("button", name="Lưu tên").click()

    assert author.get_by_label("Trường tiểu học", exact=True).input_value().endswith("C")
    assert found_by_axe(author) == []
    assert width(author) <= NARROW


def test_only_the_text_is_printed_for_the_loudspeaker(ward: Ward) -> None:
    slug = opened_road(ward)
    author = ward.official("author")
    author.goto(f"/desk/{slug}/spread/loudspeaker")
    author.emulate_media(media="print")

    assert author.locator(".spread-aloud").is_visible()
    for hidden in (".desk-rooms", ".desk-nav", ".masthead", ".spread-around"):
        assert not author.locator(hidden).first.is_visible()

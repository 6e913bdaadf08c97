"""One questionnaire with every kind of question, answered on a small phone: by touch, by keyboard, without script."""

import datetime
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Ward, elsewhere
from tests.journeys.looking import found_by_axe, left_vietnamese, width
from tests.server import every

PHONE = {"width": 360, "height": 740}
NEXT, CHECK, SEND = (
    {"vi": "Tiếp", "en": "Continue"},
    {"vi": "Xem lại trước khi gửi", "en": "Check your answers before sending"},
    {"vi": "Gửi ý kiến", "en": "Send"},
)
ANSWERED: dict[str, Any] = every.VALUES | {"di_bang": "o_to", "do_xe": "gui", "xa": "20197", "cac_ngo": ["n3", "n12"]}
LEFT_TO_CHANCE = ("anh", "cho", "thon", "toa_do")


@pytest.fixture(scope="module")
def held(ward: Ward, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The slug of an open consultation with every kind, pictures and sound."""
    folder = tmp_path_factory.mktemp("given")
    (folder / "picture").write_bytes(every.picture())
    (folder / "sound").write_bytes(every.SOUND)
    return str(elsewhere(lambda: made(ward, folder)))


async def made(ward: Ward, folder: Path) -> str:
    from server.database import DB
    from server.media import keep_media
    from server.store import people
    from tests.server.asked import asked

    now = datetime.datetime.fromisoformat(ward.clock.read_text())
    picture = await keep_media(folder / "picture", sort="image", folder=ward.settings.files)
    sound = await keep_media(folder / "sound", sort="audio", folder=ward.settings.files)
    form = every.questionnaire(picture=picture, sound=sound, map_picture=picture)
    async with DB.open(size=2) as pool:
        account = await people.by_name("author", today=now.date())
        assert account
        return (await asked(pool, account.person, now, questionnaire=form)).slug


def stored(ward: Ward) -> list[dict[str, Any]]:
    async def read() -> list[dict[str, Any]]:
        from server.database import DB

        async with DB.open(size=2) as pool:
            return [msgspec.json.decode(row["answers"]) for row in await pool.fetch("SELECT answers FROM answer")]

    return elsewhere(read)  # type: ignore[no-any-return]


def clean(page: Page, ward: Ward, language: str) -> None:
    """What every screen must be."""
    assert found_by_axe(page) == []
    assert width(page) <= PHONE["width"]
    assert language == "vi" or left_vietnamese(page) == []
    assert ward.violations == []


def tap(page: Page, selector: str) -> None:
    page.locator(selector).tap()


def fill(page: Page, **fields: str) -> None:
    for name, value in fields.items():
        page.fill(f"[name='{name}']", value)


def find(page: Page, question: str, typed: str, wanted: str) -> None:
    field = page.locator(f"#q-{question} [role=combobox]")
    field.click()
    field.press_sequentially(typed)
    page.locator(f"#q-{question} [role=option]", has_text=wanted).first.tap()


def on(page: Page, language: str) -> None:
    page.get_by_role("button", name=NEXT[language], exact=True).tap()


def tap_choices(page: Page) -> None:
    """One, several, ranks, points, and out of long lists."""
    tap(page, "#q-di_bang label:has-text('Ô tô')")
    expect(page.locator("#q-do_xe legend")).to_contain_text("Ông/bà đi Ô tô: để ở đâu?")
    tap(page, "#q-do_xe label:has-text('Bãi gửi')")
    tap(page, "#q-can label:has-text('Đường')")
    tap(page, "#q-can label:has-text('Cây xanh')")
    for option in ("Đèn", "Cây xanh", "Đường"):
        tap(page, f"#q-thu_tu .divide__tap:has-text('{option}')")
    page.get_by_role("button", name="Đưa lên một hạng: Đường").tap()
    expect(page.locator("#q-thu_tu [role=status]")).to_have_text("Đường: hạng 2. Còn 0 hạng.")
    for _ in range(12):
        page.get_by_role("button", name="Thêm 5: Đường").tap()
    expect(page.locator("#q-chia [role=status]")).to_have_text("Còn 40 triệu đồng chưa chia.")
    for _ in range(9):
        page.get_by_role("button", name="Thêm 5: Đèn").tap()
    expect(page.locator("#q-chia [role=status]")).to_have_text("Đã chia đủ 100 triệu đồng.")
    find(page, "ngo", "ngo 12", "Ngõ 12")
    find(page, "cac_ngo", "tran cao 3", "Ngõ 3 ")
    find(page, "cac_ngo", "12", "Ngõ 12")


def tap_numbers(page: Page) -> None:
    """Scales, a table, numbers with their limits, a day, an hour, and what is worked out of them."""
    tap(page, "#q-diem .numbers__one >> nth=7")
    tap(page, "#q-sao label >> nth=3")
    tap(page, "[data-row=duong] label >> nth=1")
    tap(page, "[data-row=den] label >> nth=5")
    fill(page, so_nguoi="99", met="4,5", ngay="2021-05-01", gio="07:30")
    on(page, "vi")
    expect(page.locator("[role=alert]")).to_contain_text("Nhà có mấy người? – 99 lớn hơn mức cao nhất là 30. Điền một số không quá 30.")
    fill(page, so_nguoi="4")
    page.locator("[name=so_nguoi]").blur()
    expect(page.locator("#q-tich output")).to_have_text("18,0 mét người")
    expect(page.locator("#q-nhac")).to_contain_text("Nhà có 4 người, thêm một là 5.")


def tap_places(page: Page, picture: Path) -> None:
    """A ward, a village, points on a map, a photo."""
    find(page, "xa", "lien chieu", "Phường Liên Chiểu, Thành phố Đà Nẵng")
    find(page, "thon", "thanh khe", "Phường Thanh Khê")
    page.locator("#q-thon select").select_option(label="Tổ dân phố 2")
    page.locator("#q-cho .place__pad").tap(position={"x": 165, "y": 62})
    expect(page.locator("#q-cho [role=status]")).to_contain_text("Đã chỉ: 25 % từ trên xuống, 50 % từ trái sang.")
    fill(page, **{"toa_do/lat": "16,0678", "toa_do/lon": "108,2208"})
    page.set_input_files("#q-anh input[type=file]", picture)
    expect(page.locator("#q-anh [role=status]")).to_contain_text("Đã gửi: IMG_1.jpg,")


def test_every_kind_by_touch(ward: Ward, held: str, tmp_path: Path) -> None:
    (tmp_path / "IMG_1.jpg").write_bytes(every.picture(3000, 2000))
    page = ward.visitor(size=PHONE)
    page.goto(f"/c/{held}/form")
    clean(page, ward, "vi")

    on(page, "vi")
    expect(page.locator("[role=alert]")).to_contain_text("Câu này cần có trả lời.")
    assert not page.locator("#q-do_xe label", has_text="Bãi gửi").is_visible()
    tap_choices(page)
    clean(page, ward, "vi")
    on(page, "vi")

    tap_numbers(page)
    clean(page, ward, "vi")
    on(page, "vi")

    tap_places(page, tmp_path / "IMG_1.jpg")
    clean(page, ward, "vi")
    on(page, "vi")

    answer_words(page)
    on(page, "vi")
    page.get_by_role("button", name=CHECK["vi"]).tap()
    expect(page.locator("h1")).to_have_text(CHECK["vi"])
    expect(page.locator("main")).to_contain_text("Tổ dân phố 2, Phường Thanh Khê, Thành phố Đà Nẵng")
    expect(page.locator("main")).to_contain_text("Đã nhận: ảnh,")
    clean(page, ward, "vi")
    page.get_by_role("button", name=SEND["vi"]).tap()
    expect(page.locator("#receipt-code")).to_be_visible()

    [answers] = stored(ward)
    assert {name: value for name, value in answers.items() if name not in LEFT_TO_CHANCE} == plain(ANSWERED)
    assert re.fullmatch("20209/[0-9a-f-]{36}", answers["thon"])
    assert re.fullmatch("[0-9a-f]{32}", answers["anh"])
    assert [round(part, 1) for part in answers["cho"]] == [0.2, 0.5] or [round(part, 2) for part in answers["cho"]] == [0.25, 0.5]


def plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in LEFT_TO_CHANCE}


def answer_words(page: Page) -> None:
    tap(page, "#q-dong_y label:has-text('Ý kiến khác') >> nth=0")
    fill(page, **{"dong_y/text": "Làm vỉa hè trước.", "dieu_5/text": "Quá rộng", "mot_dong": "Cảm ơn", "gop_y": "Hết"})
    tap(page, "#q-dieu_5 label:has-text('Không đồng ý')")
    tap(page, "#q-cho_phep label")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def reach(page: Page, selector: str) -> None:
    """Goes there by Tab alone."""
    target = page.locator(selector).first
    for _ in range(120):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {selector}")


def key_choices(page: Page) -> None:
    """One, several, ranks, points, and out of long lists."""
    reach(page, "#q-di_bang input")
    press(page, "ArrowDown", "Space")
    expect(page.locator("#q-do_xe legend")).to_contain_text("You go by Car: where do you park?")
    reach(page, "#q-do_xe input")
    press(page, "ArrowUp")
    reach(page, "#q-can input[value=duong]")
    press(page, "Space", "Tab", "Tab", "Space")
    for option in ("Lights", "Road", "Trees"):
        reach(page, f"#q-thu_tu .divide__tap:has-text('{option}')" if option != "Road" else "#q-thu_tu [data-option=duong] .divide__tap")
        press(page, "Enter")
        page.evaluate("document.querySelector('#q-can input').focus()")
    reach(page, "#f-chia\\/duong")
    page.keyboard.type("60")
    reach(page, "#f-chia\\/den")
    page.keyboard.type("40")
    expect(page.locator("#q-chia [role=status]")).to_have_text("All 100 million đồng are given.")
    reach(page, "#q-ngo [role=combobox]")
    page.keyboard.type("lane 12")
    expect(page.locator("#q-ngo [role=option]").first).to_be_visible()
    press(page, "ArrowDown", "Enter")
    for lane in ("lane 3 ", "lane 12"):
        reach(page, "#q-cac_ngo [role=combobox]")
        page.keyboard.type(lane)
        expect(page.locator("#q-cac_ngo [role=option]").first).to_be_visible()
        press(page, "ArrowDown", "Enter")


def key_numbers(page: Page) -> None:
    """Scales, a table, numbers, and what is worked out of them."""
    reach(page, "#q-diem input")
    press(page, *["ArrowRight"] * 7)
    reach(page, "#q-sao input")
    press(page, *["ArrowDown"] * 3)
    reach(page, "[data-row=duong] input")
    press(page, "ArrowDown")
    reach(page, "[data-row=den] input")
    press(page, "ArrowUp")
    for name, typed in (("so_nguoi", "4"), ("met", "4.5")):
        reach(page, f"[name={name}]")
        page.keyboard.type(typed)
    fill(page, ngay="2021-05-01", gio="07:30")
    expect(page.locator("#q-tich output")).to_have_text("18.0 metre people")


def key_words(page: Page) -> None:
    """Stances with their words, texts, consent."""
    reach(page, "#q-dong_y input")
    press(page, "ArrowUp")
    reach(page, "[name='dong_y/text']")
    page.keyboard.type("Làm vỉa hè trước.")
    reach(page, "#q-dieu_5 input")
    press(page, "ArrowDown")
    fill(page, **{"dieu_5/text": "Quá rộng", "mot_dong": "Cảm ơn", "gop_y": "Hết"})
    reach(page, "#q-cho_phep input")
    press(page, "Space")


def test_every_kind_by_keyboard_in_english(ward: Ward, held: str, tmp_path: Path) -> None:
    before = len(stored(ward))
    (tmp_path / "IMG_2.jpg").write_bytes(every.picture())
    page = ward.visitor(size=PHONE)
    page.goto(f"/c/{held}/form?lang=en")
    clean(page, ward, "en")

    key_choices(page)
    clean(page, ward, "en")
    reach(page, ".moves button:has-text('Continue')")
    press(page, "Enter")

    key_numbers(page)
    clean(page, ward, "en")
    reach(page, ".moves button:has-text('Continue')")
    press(page, "Enter")

    reach(page, "#q-xa [role=combobox]")
    page.keyboard.type("lien chieu")
    expect(page.locator("#q-xa [role=option]").first).to_be_visible()
    press(page, "ArrowDown", "Enter")
    reach(page, "#q-cho .place__pad")
    press(page, "Shift+ArrowUp", "ArrowLeft")
    expect(page.locator("#q-cho [role=status]")).to_contain_text("Pointed: 40% from the top, 48% from the left.")
    clean(page, ward, "en")
    reach(page, ".moves button:has-text('Continue')")
    press(page, "Enter")

    key_words(page)
    reach(page, ".moves button:has-text('Continue')")
    press(page, "Enter")
    reach(page, ".moves button:has-text('Check')")
    press(page, "Enter")
    expect(page.locator("h1")).to_have_text(CHECK["en"])
    clean(page, ward, "en")
    page.get_by_role("button", name=SEND["en"]).press("Enter")
    expect(page.locator("#receipt-code")).to_be_visible()

    answers = stored(ward)
    assert len(answers) == before + 1
    assert any(plain(one) == plain(ANSWERED) and one["cho"] == [0.4, 0.48] for one in answers)


def test_every_kind_without_script(ward: Ward, held: str, tmp_path: Path) -> None:
    before = len(stored(ward))
    (tmp_path / "IMG_3.jpg").write_bytes(every.picture())
    page = ward.visitor(script=False, size=PHONE)
    page.goto(f"/c/{held}/form")
    for name, values in every.FORM.items():
        for value in values if isinstance(values, list) else [values]:
            field = page.locator(f"[name='{name}']").first
            if field.get_attribute("type") in ("radio", "checkbox"):
                page.locator(f"[name='{name}'][value='{value}']").check(force=True)
            elif name.startswith("thu_tu/"):
                field.select_option(value)
            else:
                field.fill(value)
    page.set_input_files("[name='anh/file']", tmp_path / "IMG_3.jpg")
    page.locator("main form .moves button").first.click()
    page.get_by_role("button", name=SEND["vi"]).click()
    expect(page.locator("#receipt-code")).to_be_visible()

    answers = stored(ward)
    assert len(answers) == before + 1
    assert any(one.get("di_bang") == every.VALUES["di_bang"] and re.fullmatch("[0-9a-f]{32}", one["anh"]) for one in answers)
    assert ward.violations == []


def test_draft_brings_back_what_was_chosen_of_a_long_list(ward: Ward, held: str) -> None:
    page = ward.visitor(size=PHONE)
    page.goto(f"/c/{held}/form")
    find(page, "ngo", "ngo 12", "Ngõ 12")
    tap(page, "#q-thu_tu .divide__tap:has-text('Đèn')")
    page.reload()

    expect(page.locator("#q-ngo input:checked + span")).to_have_text("Ngõ 12 Trần Cao Vân")
    expect(page.get_by_role("button", name="Đèn, hạng 1")).to_be_visible()

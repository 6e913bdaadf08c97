"""An official writes a consultation at the designer: by keyboard alone, by drag, two at once, and without script."""

from collections.abc import Callable

from playwright.sync_api import Error, Page, expect

from tests.journeys.conftest import DESK, SMALL_PHONE, Ward
from tests.journeys.looking import NARROW, found_by_axe, width
from tests.journeys.steps import SLUG, make_from_library

OFF = "document.activeElement"

FORM = {
    "Về đường số 5": [
        ("dong y", "Ông/bà có đồng ý mở rộng đường số 5 không?", "Do you agree to widen road 5?", ()),
        ("chon mot y", "Nhà ông/bà ở đâu?", "Where is your house?", (("Mặt đường", "On the road"), ("Trong hẻm", "In a lane"), ("Nơi khác", "Elsewhere"))),
        ("so thap phan", "Ông/bà đề nghị lòng đường rộng bao nhiêu mét?", "How many metres wide should it be?", ()),
        ("chon nhieu", "Ông/bà lo điều gì?", "What worries you?", (("Bụi và ồn", "Dust and noise"), ("Mất chỗ đỗ xe", "Parking"), ("Cây xanh", "Trees"))),
        ("nhieu dong", "Vì sao ông/bà lo điều đó?", "Why does that worry you?", ()),
    ],
    "Khi thi công": [
        ("hai long", "Ông/bà hài lòng với cách phường báo trước?", "Are you satisfied with the notice given?", ()),
        ("chu mot dong", "Phường nên báo qua kênh nào?", "Which channel should the ward use?", ()),
        ("so nguyen", "Nhà ông/bà có mấy xe máy?", "How many motorbikes do you have?", ()),
        ("ngay", "Ngày nào thuận tiện để bắt đầu?", "Which day suits for the start?", ()),
        ("thang diem", "Việc này cần đến mức nào, 1 đến 5?", "How needed is it, 1 to 5?", ()),
    ],
    "Về ông/bà": [
        ("chon mot y", "Tuổi của ông/bà?", "Your age?", (("Dưới 30", "Under 30"), ("30 đến 59", "30 to 59"), ("Từ 60", "60 and over"))),
        ("chon mot y", "Ông/bà là?", "You are?", (("Nữ", "A woman"), ("Nam giới", "A man"), ("Không nói", "Rather not say"))),
        ("so nguyen", "Nhà có mấy người?", "How many people live there?", ()),
        ("loi dan", "Cảm ơn ông/bà đã góp ý.", "Thank you for your opinion.", ()),
        ("nhieu dong", "Ông/bà còn góp ý gì?", "Anything else?", ()),
    ],
}
"""Sections → what is typed to find the kind, both languages, choices."""


def tab_to(page: Page, selector: str, *, back: bool = False, most: int = 150) -> None:
    """Presses Tab until what has the focus is this. A page where that never happens cannot be used by keyboard."""
    for _ in range(most):
        if page.evaluate(f"selector => {OFF}.matches(selector)", selector):
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"{selector} is not reached by Tab; the focus is on {page.evaluate(f'{OFF}.outerHTML')[:200]}")


def press(page: Page, selector: str, key: str = "Enter", *, back: bool = False) -> None:
    tab_to(page, selector, back=back)
    page.keyboard.press(key)


def focused(page: Page, selector: str) -> None:
    """Waits until the page itself has put the focus there."""
    try:
        page.wait_for_function(f"selector => {OFF}.matches(selector)", arg=selector)
    except Error as late:
        raise AssertionError(
            f"{selector} is not given the focus; that is on {page.evaluate(f'{OFF}.outerHTML')[:300]}; {page.locator('#saved').all_inner_texts()}"
        ) from late


def at_rest(page: Page) -> None:
    """Everything typed is saved, and the page says so."""
    page.wait_for_function(
        "() => { const saved = document.querySelector('#saved'); return saved && !saved.dataset.busy && /Đã lưu/.test(saved.textContent)"
        " && !document.querySelector('.htmx-request') }"
    )


def new_by_keyboard(page: Page) -> str:
    page.goto("/desk/new")
    tab_to(page, "[name=title_vi]")
    page.keyboard.type("Đường số 5 nên làm thế nào?")
    tab_to(page, "[name=title_en]")
    page.keyboard.type("How should road 5 be built?")
    press(page, "[name=instrument][value=opinion]", "Space")
    tab_to(page, "[name=ready]")
    page.keyboard.press("ArrowUp")
    tab_to(page, "[name=ready][value=blank]")
    press(page, "form[action='/desk/new'] button[type=submit]")
    page.wait_for_url("**/plan")
    found = SLUG.search(page.url)
    assert found
    press(page, ".desk-rooms a[href$='/questions']")
    page.wait_for_url("**/questions")
    return found[1]


def add_section(page: Page, name: str) -> None:
    press(page, "#add-section")
    focused(page, "#label_vi")
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type("About it")
    at_rest(page)


def add_question(page: Page, kind: str, vietnamese: str, english: str, choices: tuple[tuple[str, str], ...]) -> None:
    tab_to(page, "#add-here")
    if page.locator("#starts").get_attribute("open") != "":
        page.keyboard.press("Enter")
        focused(page, "#find-kind")
    tab_to(page, "#find-kind")
    page.keyboard.type(kind)
    page.keyboard.press("Enter")
    focused(page, "#label_vi")
    page.keyboard.type(vietnamese)
    page.keyboard.press("Tab")
    page.keyboard.type(english)
    for at, (said, told) in enumerate(choices):
        if at == 0:
            tab_to(page, "#options-0_vi")
        page.keyboard.type(said)
        page.keyboard.press("Tab")
        page.keyboard.type(told)
        page.keyboard.press("Enter")
        focused(page, f"#options-{at + 1}_vi")
    at_rest(page)


def add_condition(page: Page, question: str, *, on: str, choose: Callable[[], None]) -> str:
    """Opens the question from the list, picks another one and its value; gives the sentence the page makes of it."""
    name = page.locator(".designer-outline__row a", has_text=question).get_attribute("id")
    press(page, f"#{name}", back=True)
    focused(page, "#opened")
    pick(page, "#when-new", on)
    press(page, "#when-add")
    focused(page, "#when-0-is")
    choose()
    page.wait_for_function("() => /Chỉ hỏi khi/.test(document.querySelector('#when-words').textContent)")
    at_rest(page)
    return page.locator("#when-words").inner_text()


def pick(page: Page, selector: str, words: str) -> None:
    """Chooses in a list by its arrow keys."""
    tab_to(page, selector)
    at = page.locator(f"{selector} option").all_inner_texts()
    page.keyboard.press("Home")
    for _ in range(next(index for index, option in enumerate(at) if option.strip().startswith(words))):
        page.keyboard.press("ArrowDown")


def ticking(page: Page, value: str) -> Callable[[], None]:
    return lambda: press(page, f"[name='when-0-value'][value='{value}']", "Space")


def test_fifteen_questions_in_two_languages_by_keyboard_alone(ward: Ward) -> None:
    ward.at("2026-11-23")
    page = ward.official("author")
    slug = new_by_keyboard(page)
    for name, questions in FORM.items():
        add_section(page, name)
        for kind, vietnamese, english, choices in questions:
            add_question(page, kind, vietnamese, english, choices)

    said = [
        add_condition(page, "lòng đường rộng bao nhiêu", on="Ông/bà có đồng ý", choose=ticking(page, "agree")),
        add_condition(page, "Vì sao ông/bà lo", on="Ông/bà lo điều gì", choose=ticking(page, "cay_xanh")),
    ]
    said.append(add_condition(page, "Ngày nào thuận tiện", on="Nhà ông/bà có mấy xe", choose=at_least(page, "1")))
    found = found_by_axe(page)
    tab_to(page, ".desk-rooms a[href$='/preview']", back=True)
    page.keyboard.press("Enter")
    page.wait_for_url("**/preview")
    shown = page.frame_locator("iframe.desk-phone").locator("[data-question]")
    expect(shown).to_have_count(15)
    press(page, f".desk-rooms a[href='/desk/{slug}']")
    page.wait_for_url(f"**/desk/{slug}")
    press(page, f"form[action='/desk/{slug}/do/submit'] button")
    page.wait_for_selector(".desk-said")

    assert said == [
        "Chỉ hỏi khi: “Ông/bà có đồng ý mở rộng đường số 5 không?” là “Đồng ý”",
        "Chỉ hỏi khi: “Ông/bà lo điều gì?” có chọn “Cây xanh”",
        "Chỉ hỏi khi: “Nhà ông/bà có mấy xe máy?” ít nhất là 1",
    ]
    assert page.locator(".desk-tag").inner_text() == "chờ phê duyệt"
    assert found == []
    assert ward.violations == []


def at_least(page: Page, number: str) -> Callable[[], None]:
    def choose() -> None:
        pick(page, "#when-0-is", "ít nhất")
        tab_to(page, "#when-0-value")
        page.keyboard.type(number)

    return choose


def names(page: Page) -> list[str]:
    return page.locator("[data-question-row]").evaluate_all("rows => rows.map(row => row.dataset.questionRow)")


def drag(page: Page, row: str, *, below: str) -> None:
    """As a hand does it: not in one jump."""
    start, end = page.locator(row).bounding_box(), page.locator(below).bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 60, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(start["x"] + 60, start["y"] + 30, steps=4)
    page.mouse.move(end["x"] + 60, end["y"] + end["height"] - 4, steps=12)
    page.mouse.up()


def test_questions_are_moved_by_drag_and_by_keys_and_it_is_undone(ward: Ward) -> None:
    page = ward.official("author")
    slug = make_from_library(page, "one_stop_desk", title="Dời câu hỏi")
    page.goto(f"/desk/{slug}/questions")
    before = names(page)
    drag(page, f"#q-{before[0]}", below=f"#q-{before[2]}")
    expect(page.locator("#announced")).to_contain_text("nay là câu")
    dragged = names(page)
    page.reload()
    assert names(page) == dragged != before

    page.locator(f"#go-{dragged[1]}").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("[data-question-row]").first).to_have_attribute("data-question-row", dragged[1])
    focused(page, f"#go-{dragged[1]}")
    page.keyboard.press("Control+z")
    expect(page.locator("[data-question-row]").first).to_have_attribute("data-question-row", dragged[0])
    page.wait_for_function("() => !document.querySelector('.htmx-request')")
    page.locator("#undo").click()
    expect(page.locator("[data-question-row]").first).to_have_attribute("data-question-row", before[0])
    page.wait_for_function("() => !document.querySelector('.htmx-request')")

    assert names(page) == before
    assert ward.violations == []


def test_two_officials_see_each_other_and_lose_nothing(ward: Ward) -> None:
    one, other = ward.official("author"), ward.official("author")
    slug = make_from_library(one, "one_stop_desk", title="Hai người cùng sửa")
    for page in (one, other):
        page.goto(f"/desk/{slug}/questions/overall")
    one.fill("#label_vi", "Lời của người thứ nhất")
    at_rest(one)
    other.fill("#label_en", "Words of the second")
    expect(other.locator("#label_vi")).to_have_value("Lời của người thứ nhất")
    assert other.locator("#label_en").input_value() == "Words of the second"

    one.goto(f"/desk/{slug}/questions/overall")
    one.fill("#hint_vi", "Một") if one.locator("#hint_vi").is_visible() else one.locator("summary:has-text('Giải thích dưới')").click()
    one.fill("#hint_vi", "Một")
    at_rest(one)
    other.locator("summary:has-text('Giải thích dưới')").click()
    other.fill("#hint_vi", "Hai")
    other.wait_for_selector(".designer-clash")
    sides = other.locator(".designer-clash__sides .desk-words").all_inner_texts()
    other.get_by_role("button", name="Giữ bản của tôi").click()
    other.wait_for_function("() => !document.querySelector('.designer-clash')")
    one.goto(f"/desk/{slug}/questions/overall")

    assert sides == ["Hai", "Một"]
    assert one.locator("#hint_vi").input_value() == "Hai"
    assert ward.violations == []


def test_without_script_everything_is_a_form(ward: Ward) -> None:
    page = ward.official("author", size=SMALL_PHONE)
    slug = make_from_library(page, "one_stop_desk", title="Không có script")
    page.route("**/*.js*", lambda route: route.abort())
    page.goto(f"/desk/{slug}/questions/overall")
    page.locator("#when-new").select_option(index=0)
    page.locator("#when-add").click()
    page.locator("[name='when-0-value']").first.check()
    page.get_by_role("button", name="Lưu câu hỏi").click()
    page.wait_for_selector(".desk-said")
    page.goto(f"/desk/{slug}/questions/overall")
    found = found_by_axe(page)
    sentence = page.locator("#when-words").inner_text()
    page.goto(f"/desk/{slug}/questions")

    assert sentence.startswith("Chỉ hỏi khi: “")
    assert width(page) <= NARROW
    assert found == []
    assert DESK["width"] == 1200

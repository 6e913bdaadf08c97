"""Paragraphs of a paper become clauses: what is a number, what a heading, what belongs together."""

import unicodedata

import pytest
from hypothesis import given

from surveys.kinds import Block
from surveys.plan import Clause
from surveys.plan.reading import Part, read
from tests.surveys.plan.strategies import plans, printed


def shape(*lines):
    """(level, number, heading, text) of each clause."""
    parts = [line if isinstance(line, Part) else Part(line) for line in lines]
    return [(one.level, one.number, one.heading, " / ".join(block.text or "[bảng]" for block in one.blocks)) for one in read(parts).clauses]


def test_what_stands_before_the_first_number_is_the_preamble():
    assert shape("KẾ HOẠCH", "Căn cứ Luật số 10/2022/QH15;", "Điều 1. Phạm vi", "Toàn phường.") == [
        ("preamble", "", "", "KẾ HOẠCH / Căn cứ Luật số 10/2022/QH15;"),
        ("article", "Điều 1", "Phạm vi", "Toàn phường."),
    ]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Chương I", ("chapter", "Chương I", "", "")),
        ("CHƯƠNG II. TỔ CHỨC THỰC HIỆN", ("chapter", "CHƯƠNG II", "TỔ CHỨC THỰC HIỆN", "")),
        ("Chương III QUY ĐỊNH CHUNG", ("chapter", "Chương III", "QUY ĐỊNH CHUNG", "")),
        ("Phần thứ nhất: MỞ ĐẦU", ("part", "Phần thứ nhất", "MỞ ĐẦU", "")),
        ("Mục 1. Nguồn vốn", ("section", "Mục 1", "Nguồn vốn", "")),
        ("Tiểu mục 1. Vay", ("subsection", "Tiểu mục 1", "Vay", "")),
        ("Điều 1: Phạm vi", ("article", "Điều 1", "Phạm vi", "")),
        ("ĐIỀU 1. Phạm vi", ("article", "ĐIỀU 1", "Phạm vi", "")),
        ("I. MỤC ĐÍCH", ("section", "I.", "MỤC ĐÍCH", "")),
        ("A. SỰ CẦN THIẾT", ("part", "A.", "SỰ CẦN THIẾT", "")),
        ("1. Mỗi hộ được một lô.", ("clause", "1.", "", "Mỗi hộ được một lô.")),
        ("1/ Mỗi hộ được một lô.", ("clause", "1/", "", "Mỗi hộ được một lô.")),
        ("(1) Mỗi hộ được một lô.", ("clause", "(1)", "", "Mỗi hộ được một lô.")),
        ("1.1. Mỗi hộ được một lô.", ("subclause", "1.1.", "", "Mỗi hộ được một lô.")),
        ("1.1.1 Mỗi hộ được một lô.", ("point", "1.1.1", "", "Mỗi hộ được một lô.")),
        ("a) Mỗi hộ được một lô;", ("point", "a)", "", "Mỗi hộ được một lô;")),
        ("Phụ lục I", ("annex", "Phụ lục I", "", "")),
    ],
)
def test_every_way_of_numbering_is_known(line, found):
    assert shape(line) == [found]


def test_points_go_by_the_vietnamese_alphabet():
    letters = "abcdđeghiklmnopqrstuvxy"
    found = shape("Điều 1. Việc phải làm", *(f"{letter}) Việc thứ {letter};" for letter in letters))

    assert [number for _, number, _, _ in found[1:]] == [f"{letter})" for letter in letters]


@pytest.mark.parametrize(
    "line", ["20. Sau đó làm tiếp.", "Điều 30 của Quyết định số 5.", "Điều 9, khoản 2 quy định khác.", "3.500 m² đất ở.", "2027 là năm thứ hai."]
)
def test_a_number_that_fits_no_sequence_is_text(line):
    assert shape("Điều 1. Phạm vi", "1. Toàn phường.", line) == [
        ("article", "Điều 1", "Phạm vi", ""),
        ("clause", "1.", "", f"Toàn phường. / {line}"),
    ]


def test_heading_on_the_next_lines_is_taken_with_its_chapter():
    assert shape("Chương I", "QUY ĐỊNH CHUNG", "VÀ NGUYÊN TẮC", "Điều 1. Phạm vi", "Toàn phường.")[0] == (
        "chapter", "Chương I", "QUY ĐỊNH CHUNG VÀ NGUYÊN TẮC", ""
    )  # fmt: skip


def test_a_sentence_behind_an_article_is_no_heading():
    assert shape("Điều 1. Ban hành kèm theo Quyết định này Quy chế chợ.") == [("article", "Điều 1", "", "Ban hành kèm theo Quyết định này Quy chế chợ.")]


def test_a_short_line_is_a_heading_only_where_something_follows_it():
    assert shape("1. Mục đích", "Giảm ngập.", "2. Vỉa hè", "3. Đèn đường") == [
        ("clause", "1.", "Mục đích", "Giảm ngập."),
        ("clause", "2.", "", "Vỉa hè"),
        ("clause", "3.", "", "Đèn đường"),
    ]


def test_bold_words_at_the_beginning_are_the_heading():
    assert shape(Part("2. Y tế: Chi 6,9 tỷ đồng.", lead=9), Part("1. Giáo dục: Chi 41 tỷ đồng.", lead=len("1. Giáo dục:")))[-1] == (
        "clause", "1.", "Giáo dục", "Chi 41 tỷ đồng."
    )  # fmt: skip


def test_numbers_that_word_counted_are_believed():
    assert shape(Part("Phạm vi", label="Điều 7."), Part("Toàn phường.", label="3."), Part("Không đào đường;", label="-")) == [
        ("article", "Điều 7", "Phạm vi", ""),
        ("clause", "3.", "", "Toàn phường. / - Không đào đường;"),
    ]


def test_tables_stay_with_their_clause_and_lose_empty_rows():
    plan = read([Part("Điều 1. Giá"), Part(rows=(("Loại", "Giá"), ("", ""), ("Đất ở",)))])

    assert plan.clauses[0].blocks == (Block(rows=(("Loại", "Giá"), ("Đất ở", ""))),)


def test_signatures_are_their_own_and_annexes_follow_them():
    assert shape(
        "Điều 1. Thi hành", "Từ ngày ký.", "Nơi nhận:", "- Như trên;", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "QUY CHẾ", "QUẢN LÝ CHỢ", "Điều 1. Giờ chợ"
    ) == [
        ("article", "Điều 1", "Thi hành", "Từ ngày ký."),
        ("closing", "", "", "Nơi nhận: / - Như trên; / TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH"),
        ("annex", "", "QUY CHẾ QUẢN LÝ CHỢ", ""),
        ("article", "Điều 1", "Giờ chợ", ""),
    ]  # fmt: skip


def test_letterhead_in_a_table_becomes_lines():
    plan = read([Part(rows=(("ỦY BAN NHÂN DÂN\nPHƯỜNG THANH KHÊ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"),)), Part("Điều 1. Giá")])

    assert [block.text for block in plan.clauses[0].blocks] == [
        "ỦY BAN NHÂN DÂN", "PHƯỜNG THANH KHÊ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
    ]  # fmt: skip


def test_a_paper_without_numbers_becomes_a_clause_a_paragraph():
    assert shape("VỀ CON ĐƯỜNG", "Đường rộng thêm hai mét.", "Cây giữ lại.") == [
        ("section", "", "VỀ CON ĐƯỜNG", ""),
        ("paragraph", "", "", "Đường rộng thêm hai mét."),
        ("paragraph", "", "", "Cây giữ lại."),
    ]


def test_nothing_is_an_empty_plan():
    assert read([Part("  "), Part(rows=(("", ""),))]).clauses == ()


def test_clauses_know_what_they_lie_in():
    plan = read([Part(line) for line in ("Chương I", "CHUNG", "Điều 1. Giá", "1. Trong chợ:", "a) Rau;", "2. Ngoài chợ.", "Điều 2. Giờ")])

    assert plan.parents() == {"d1": "", "d2": "d1", "d3": "d2", "d4": "d3", "d5": "d2", "d6": "d1"}
    assert [clause.number for clause in plan.within("d2")] == ["1.", "a)", "2."]
    assert [clause.id for clause in plan.path("d4")] == ["d1", "d2", "d3", "d4"]


def test_letters_and_spaces_of_other_programs_are_the_same():
    lines = ("Chương\u00a0I", "QUY ĐỊNH CHUNG", "Điều 1.\tPhạm vi", "đ)  Đường hẻm;")
    decomposed = [unicodedata.normalize("NFD", line) for line in lines]

    assert shape(*decomposed) == shape(*lines) == [
        ("chapter", "Chương I", "QUY ĐỊNH CHUNG", ""), ("article", "Điều 1", "Phạm vi", "đ) Đường hẻm;")
    ]  # fmt: skip


@given(plans())
def test_reading_what_was_printed_gives_the_same_clauses(plan):
    again = read([Part(line) for line in printed(plan)])

    texts = [Clause(one.id, one.level, one.number, one.heading, tuple(block for block in one.blocks if block.text)) for one in plan.clauses]
    assert again.clauses == tuple(texts)

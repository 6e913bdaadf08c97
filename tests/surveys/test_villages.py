"""Lists of villages, typed or in a sheet."""

import unicodedata

import pytest

from surveys.units import VillageRow
from surveys.villages import read_sheets, read_villages


def wrong(lines: list[tuple[str, str, str]]) -> list[tuple[str, str]]:
    table = read_villages(lines)
    assert table.rows == ()
    return [(problem.where, problem.code.id) for problem in table.problems]


def test_names_and_counts_are_read_and_empty_lines_passed_over():
    lines = [("1", " Tổ  1 ", "1.145"), ("2", "", " "), ("3", unicodedata.normalize("NFD", "Tổ Thanh Hà"), "0"), ("4", "Tổ 3", "")]

    assert read_villages(lines).rows == (VillageRow("Tổ 1", 1145), VillageRow("Tổ Thanh Hà", 0), VillageRow("Tổ 3", None))


def test_a_row_that_sums_up_is_no_village():
    assert read_villages([("1", "Tổ 1", "40"), ("2", "Tổng cộng", "40")]).rows == (VillageRow("Tổ 1", 40),)


def test_every_problem_is_named_at_once_and_nothing_taken():
    lines = [("1", "", "40"), ("2", "Tổ 1", "nhiều"), ("3", "TỔ 1", "4"), ("4", "x" * 201, ""), ("5", "Tổ 5", "-1"), ("6", "Tổ 6", "1,5")]

    assert wrong(lines) == [
        ("1", "village_unnamed"), ("2", "households_wrong"), ("3", "village_twice"), ("4", "village_name_long"), ("5", "households_wrong"),
        ("6", "households_wrong"),
    ]  # fmt: skip


def test_no_village_and_too_many_are_problems():
    assert wrong([("1", "", "")]) == [("", "no_villages")]
    assert wrong([(str(n), f"Tổ {n}", "") for n in range(1001)]) == [("", "too_many_villages")]


@pytest.mark.parametrize("header", [
    ["STT", "Tên thôn", "Tổng số hộ"],
    ["TT", "Tổ dân phố", "Số hộ", "Chủ hộ"],
    ["No", "Village", "Households"],
    ["", "Thôn, tổ", "Số hộ nghèo", "Số hộ"],
])  # fmt: skip
def test_header_is_found_below_titles_by_what_it_says(header):
    counts = {"Tổng số hộ": "45", "Số hộ": "45", "Households": "45", "Chủ hộ": "Ông Ba", "Số hộ nghèo": "3"}
    line = ["1", "Thôn Đông", *(counts[title] for title in header[2:])]

    table = read_sheets({"Bìa": [["x"]], "Danh sách": [["UBND PHƯỜNG"], [], header, line]})

    assert table.rows == (VillageRow("Thôn Đông", 45),)


def test_problems_of_a_sheet_name_sheet_and_row():
    table = read_sheets({"Sheet1": [["Thôn", "Số hộ"], ["Thôn Đông", "4"], ["Thôn Tây", "bốn"]]})

    assert [(problem.where, problem.code.id) for problem in table.problems] == [("Sheet1!3", "households_wrong")]


def test_a_sheet_without_the_two_columns_says_so():
    assert [problem.code.id for problem in read_sheets({"Sheet1": [["Họ tên", "Chủ hộ"]]}).problems] == ["no_village_header"]
    assert [problem.code.id for problem in read_sheets({}).problems] == ["no_village_header"]

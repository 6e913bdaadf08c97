"""Files of answers as other programs write them."""

import csv
import datetime
import io
import unicodedata

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from analysis.data import BadData, Table, read
from templates import words

ROWS = [["a", "b"], ["Đường số 5", "2"], ["", "x, “y”"]]


def column(table: Table, name: str) -> list[str]:
    codes, values = table.columns[name]
    return [values[code] if code >= 0 else "" for code in codes]


def as_csv(rows: list[list[str]], delimiter: str = ",") -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def as_xlsx(rows: list[list[object]], first_row: int = 0) -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    for row, cells in enumerate(rows, first_row):
        sheet.write_row(row, 0, cells)
    book.close()
    return content.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(
    ("encoding", "named"), [("utf-8", None), ("utf-8-sig", None), ("utf-16", None), ("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16-le", "utf-16-le")]
)
def test_csv_is_read_in_every_encoding_and_with_every_separator(encoding, named, delimiter):
    table = read(as_csv(ROWS, delimiter).encode(encoding), encoding=named)

    assert (list(table.columns), column(table, "a"), column(table, "b")) == (["a", "b"], ["Đường số 5", ""], ["2", "x, “y”"])


def test_old_vietnamese_code_page_gives_composed_letters():
    assert column(read("a\nTô\u0309 hai\n".encode("cp1258"), encoding="cp1258"), "a") == ["Tổ hai"]


def test_rows_are_numbered_as_a_spreadsheet_does():
    table = read(b'a,b\r\n\r\n1,"x\r\ny"\r\n\r\n2,z\r\n')

    assert table.row_numbers.tolist() == [3, 5]


def test_xlsx_cells_read_as_their_csv_would():
    table = read(as_xlsx([["a", "b", "c"], [4, 1.5, True], [4.0, datetime.date(2026, 11, 23), "x"], ["", "", ""], ["9", "", ""]]))

    assert (column(table, "a"), column(table, "b"), column(table, "c")) == (["4", "4", "9"], ["1.5", "2026-11-23", ""], ["1", "x", ""])
    assert table.row_numbers.tolist() == [2, 3, 5]


def test_a_sheet_may_begin_below_the_first_row():
    table = read(as_xlsx([["a"], ["1"]], first_row=3))

    assert (column(table, "a"), table.row_numbers.tolist()) == (["1"], [5])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "no_header"),
        (b"\n\n", "no_header"),
        (b",,\n1,2,3\n", "no_header"),
        ("a\nTổ".encode("cp1258", "ignore") + b"\xff", "not_utf8"),
        (b"a,b\n1\n", "ragged"),
        (b"a,b\n1,2,3\n", "ragged"),
        (b'a,b\n1,"2\n', "unreadable_csv"),
        (b'a,b\n"1"x,2\n', "unreadable_csv"),
        (b"a,a\n1,2\n", "column_twice"),
        (b"PK\x03\x04 not a workbook", "broken_workbook"),
    ],
)
def test_a_bad_file_is_refused_with_its_reason(content, code):
    with pytest.raises(BadData) as refused:
        read(content)

    assert refused.value.code.id == code
    assert "{" not in words(refused.value, "en")


def test_a_bad_row_is_named():
    with pytest.raises(BadData) as refused:
        read(b"a,b\n1,2\n\n3\n")

    assert dict(refused.value.given) == {"row": 4, "given": 1, "high": 2}


cells = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)


@given(st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=8)))
def test_whatever_a_csv_writer_wrote_is_read_back(rows):
    width = len(rows[0])
    table = read(as_csv([[f"c{place}" for place in range(width)], *rows]).encode())

    for place in range(width):
        assert column(table, f"c{place}") == [unicodedata.normalize("NFC", row[place].strip()) for row in rows]
    assert len(table) == len(rows)

"""Small workbooks, built in the test that reads them."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import xlsxwriter

Cells = Sequence[object]
YES_NO = [("list_name", "name", "label"), ("yes_no", "yes", "Có"), ("yes_no", "no", "Không")]


@pytest.fixture(scope="session")
def workbook() -> Callable[..., bytes]:
    """`workbook(survey=[(header…), (row…)], choices=…, settings=…)` → the bytes of an .xlsx; None leaves a cell empty."""

    def build(**sheets: Sequence[Cells]) -> bytes:
        out = io.BytesIO()
        book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell is not None:
                        page.write(number, column, cell)
        book.close()
        return out.getvalue()

    return build


@pytest.fixture(scope="session")
def yes_no() -> list[Cells]:
    return list(YES_NO)


@pytest.fixture(scope="session")
def real_forms() -> Path:
    """Forms of others, which do not ship with the project."""
    folder = Path(__file__).parents[4] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("no real forms on this machine")
    return folder

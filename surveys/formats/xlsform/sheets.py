"""A workbook as rows of text that remember what was taken from them.

Cells are read as pyxform reads them: 1.0 is “1”, TRUE and FALSE are capitals, non-breaking spaces are spaces. What nobody takes
from a row is found again by `Row.left`, so that nothing is lost in silence.
"""

import datetime
import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import python_calamine
from msgspec import Struct

from surveys.formats.xlsform.columns import Column, columns
from surveys.kinds import Text

FURTHEST = 61
"""pyxform reads no further than 60 empty rows."""


class Row:
    """One row below the header. `cells` holds what is not empty."""

    def __init__(self, sheet: str, number: int, cells: Mapping[Column, str]) -> None:
        self.where = f"{sheet}!{number}"
        self.number = number
        self.cells = cells
        self.taken: set[Column] = set()

    def take(self, field: str) -> str:
        """The cell of this field, in whatever language; empty where there is none."""
        for column, text in self.cells.items():
            if column.field == field:
                self.taken.add(column)
                return text
        return ""

    def peek(self, field: str) -> str:
        """The same, without taking it."""
        return next((text for column, text in self.cells.items() if column.field == field), "")

    def take_text(self, field: str, default: str, languages: Sequence[str] = ()) -> Text:
        """The cells of this field, in the order of `languages`; a column without one is in `default`, unless that has a column of its own."""
        found: dict[str, str] = {}
        for column, text in sorted(self.cells.items(), key=lambda cell: cell[0].language == ""):
            if column.field == field and (language := column.language or default) not in found:
                found[language] = text
                self.taken.add(column)
        order = [*languages, *found]
        return {language: found[language] for language in sorted(found, key=order.index)}

    def take_all(self) -> None:
        """Marks the whole row as spoken for: what became of it is said elsewhere."""
        self.taken.update(self.cells)

    def has(self, field: str) -> bool:
        return any(column.field == field for column in self.cells)

    @property
    def left(self) -> Iterator[tuple[Column, str]]:
        """What nobody took."""
        return ((column, text) for column, text in self.cells.items() if column not in self.taken)


class Sheet(Struct, frozen=True):
    """One sheet: its name as written, the columns of its header, the rows that are not empty, how many cells it holds.

    `beyond` are rows that stand so far below the others that ODK's programs no longer see them.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    beyond: tuple[Row, ...]
    cells: int

    @property
    def where(self) -> str:
        return f"{self.name}!1"


def sheets(data: bytes) -> dict[str, Sheet]:
    """Every sheet by its lower-case name; a workbook of one sheet holds the survey, whatever its name.

    Raises python_calamine.CalamineError where it is no workbook.
    """
    with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        read = {name.strip().lower(): sheet(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names}
    return {"survey": next(iter(read.values()))} if len(read) == 1 else read


def sheet(name: str, grid: list[list[Any]]) -> Sheet:
    header = columns([cell_text(cell) for cell in grid[0]]) if grid else ()
    places = [(column, column.index) for column in header]
    rows = []
    for number, line in enumerate(grid[1:], start=2):
        cells = {column: text for column, index in places if line[index] != "" and (text := cell_text(line[index]))}
        if cells:
            rows.append(Row(name, number, cells))
    seen = next((place for place, row in enumerate(rows) if row.number - (rows[place - 1].number if place else 1) > FURTHEST), len(rows))
    return Sheet(name, header, tuple(rows[:seen]), tuple(rows[seen:]), sum(cell != "" for line in grid for cell in line))


def cell_text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return unicodedata.normalize("NFC", str(cell).replace("\u00a0", " ")).strip()

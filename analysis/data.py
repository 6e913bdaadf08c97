"""A file of answers collected anywhere, as columns of text: CSV or XLSX, one header row, a row per response."""

import codecs
import csv
import datetime
import gc
import io
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import python_calamine
from msgspec import Struct

from analysis import sentences
from surveys.problems import Refusal

MAX_UNPACKED_MB = 1000
BYTE_ORDER_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16", codecs.BOM_UTF8: "utf-8-sig"}
DELIMITERS = ",;\t"

Numbered = tuple[list[int], list[list[str]]]
"""The numbers that a spreadsheet gives to rows, and those rows; the first is the header."""


class Codes(NamedTuple):
    """A column by its distinct values: `codes` (n,) point into `values`, -1 is blank."""

    codes: np.ndarray
    values: list[Any]


class Table(Struct, frozen=True):
    """Columns by header; `row_numbers` (n,) are those of the file, as a spreadsheet counts them."""

    columns: Mapping[str, Codes]
    row_numbers: np.ndarray

    def __len__(self) -> int:
        return len(self.row_numbers)


class BadData(Refusal):
    """The file cannot be counted; the sentence says why."""

    status = 422


def read(content: bytes, *, encoding: str | None = None) -> Table:
    """The columns of a CSV or XLSX file, told apart by their first bytes. Raises BadData."""
    with collector_paused():
        return tabulate(workbook_rows(content) if content.startswith(b"PK\x03\x04") else csv_rows(decoded(content, encoding)))


@contextmanager
def collector_paused() -> Iterator[None]:
    """Rows are many small lists without cycles: walking them all again and again would take half the time of reading."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def decoded(content: bytes, encoding: str | None) -> str:
    """Text of UTF-8 with or without its mark, or of UTF-16 with one, where no encoding is named."""
    marked = next((name for mark, name in BYTE_ORDER_MARKS.items() if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding or marked).removeprefix("\ufeff")
    except LookupError:
        raise BadData(sentences.NO_SUCH_ENCODING, given=encoding) from None
    except UnicodeError as wrong:
        at = wrong.start + 1 if isinstance(wrong, UnicodeDecodeError) else 1
        raise (BadData(sentences.WRONG_ENCODING, given=encoding, at=at) if encoding else BadData(sentences.NOT_UTF8, at=at)) from None


def csv_rows(text: str) -> Numbered:
    """Empty lines are no rows, and are counted."""
    first = text.lstrip("\r\n").partition("\n")[0]
    csv.field_size_limit(10_000_000)
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), delimiter=max(DELIMITERS, key=first.count), strict=True))
    except csv.Error as wrong:
        raise BadData(sentences.UNREADABLE_CSV, row=len(rows) + 1, reason=str(wrong)) from None
    return [number for number, row in enumerate(rows, 1) if row], [row for row in rows if row]


def workbook_rows(content: bytes) -> Numbered:
    """The first sheet; blank rows are none, and are counted."""
    try:
        unpacked_mb = sum(entry.file_size for entry in zipfile.ZipFile(io.BytesIO(content)).infolist()) // 1_000_000
        if unpacked_mb > MAX_UNPACKED_MB:
            raise BadData(sentences.WORKBOOK_TOO_BIG, given=unpacked_mb, high=MAX_UNPACKED_MB)
        sheet = python_calamine.CalamineWorkbook.from_object(io.BytesIO(content)).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except (zipfile.BadZipFile, python_calamine.CalamineError, IndexError) as wrong:
        raise BadData(sentences.BROKEN_WORKBOOK, reason=str(wrong)) from None
    width = max((index + 1 for row in rows for index, cell in enumerate(row) if cell != ""), default=0)
    written = [(number, [cell_text(cell) for cell in row[:width]]) for number, row in enumerate(rows, 1)]
    kept = [(number, row) for number, row in written if any(row)]
    return [number for number, _ in kept], [row for _, row in kept]


def cell_text(cell: Any) -> str:
    """What a CSV would hold: 4 for 4.0, ISO days and moments, 1 and 0 for true and false."""
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**53 else format(cell, "f") if "e" in repr(cell) else repr(cell)
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    return str(cell)


def tabulate(numbered: Numbered) -> Table:
    """Raises BadData where the header is no header, or a row does not fit it."""
    numbers, rows = numbered
    names = [unicodedata.normalize("NFC", name.strip()) for name in rows[0]] if rows else []
    if not any(names):
        raise BadData(sentences.NO_HEADER)
    body = rows[1:]
    if set(map(len, body)) - {len(names)}:
        body = [fitted(row, len(names), number) for number, row in zip(numbers[1:], body, strict=True)]
    cells: Iterable[Sequence[str]] = zip(*body, strict=True) if body else ([] for _ in names)
    columns: dict[str, Codes] = {}
    for name, column in zip(names, cells, strict=True):
        if name in columns:
            raise BadData(sentences.COLUMN_TWICE, given=name)
        if name:
            columns[name] = encoded(column)
    return Table(columns, np.array(numbers[1:], dtype=np.int64))


def fitted(row: list[str], width: int, number: int) -> list[str]:
    """The row at the header's width, where only blanks stand beyond it. Raises BadData."""
    if len(row) < width or any(cell.strip() for cell in row[width:]):
        raise BadData(sentences.RAGGED, row=number, given=len(row), high=width)
    return row[:width]


def encoded(column: Sequence[str]) -> Codes:
    """Values without the white space around them; what is only white space is blank."""
    raw_codes, seen = pd.factorize(np.array(column, dtype=object))
    values: dict[str, int] = {}
    stripped = [unicodedata.normalize("NFC", cell.strip()) for cell in seen]
    place = np.array([values.setdefault(cell, len(values)) if cell else -1 for cell in stripped] or [-1], dtype=np.int64)
    return Codes(place[raw_codes], list(values))

"""A workbook that lists villages → their rows. In a process of its own: `python -m surveys.formats.villages FILE NAME SECONDS MEGABYTES`."""

import datetime
import io
import sys
from pathlib import Path
from typing import Any

import msgspec
import python_calamine
from msgspec import Struct

from surveys.formats import LARGEST_MB, archive, codes, load
from surveys.formats.__main__ import stay_within
from surveys.formats.taken import Unreadable
from surveys.problems import Problem
from surveys.villages import VillageTable, read_sheets

MOST_CELLS = 200_000


class Heard(Struct, frozen=True):
    """Either the table, or why the file could not be read."""

    table: VillageTable = VillageTable()
    unreadable: Problem | None = None


def read(data: bytes, name: str) -> VillageTable:
    """Raises Unreadable where it is no workbook, or one that is too big."""
    ending = Path(name).suffix.lower()
    if ending not in {".xlsx", ".xls"}:
        raise Unreadable(codes.UNKNOWN_FORMAT)
    if len(data) > LARGEST_MB * 1_000_000:
        raise Unreadable(codes.TOO_BIG, high=LARGEST_MB)
    archive.check(data, ending)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = {sheet: book.get_sheet_by_name(sheet).to_python(skip_empty_area=False) for sheet in book.sheet_names}
    except python_calamine.CalamineError:
        raise Unreadable(codes.BROKEN_FILE) from None
    if sum(len(line) for lines in sheets.values() for line in lines) > MOST_CELLS:
        raise Unreadable(codes.TOO_HEAVY)
    return read_sheets({sheet: [[written(value) for value in line] for line in lines] for sheet, lines in sheets.items()})


def written(value: Any) -> str:
    """A cell as somebody sees it: 145.0 is 145."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else str(value)


def told(path: str, name: str) -> bytes:
    try:
        return msgspec.json.encode(Heard(table=read(load(Path(path)), name)))
    except Unreadable as refusal:
        return msgspec.json.encode(Heard(unreadable=Problem(refusal.code, given=refusal.given)))


def heard(data: bytes) -> VillageTable:
    """The table on the other side. Raises Unreadable; msgspec.MsgspecError where the data is cut short."""
    said = msgspec.json.decode(data, type=Heard)
    if said.unreadable:
        raise Unreadable(said.unreadable.code, **said.unreadable.given)
    return said.table


if __name__ == "__main__":
    stay_within(*sys.argv[3:])
    sys.stdout.buffer.write(told(*sys.argv[1:3]))

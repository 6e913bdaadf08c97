"""A unit's villages as somebody typed them or a spreadsheet lists them, checked row by row: names, and the households every share is taken of."""

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from surveys.kinds import Integer
from surveys.language import fold, normalise
from surveys.problems import Code, Problem
from surveys.units import VillageRow

LONGEST_NAME = 200
MOST_VILLAGES = 1000
MOST_HOUSEHOLDS = 1_000_000
TOTALS = frozenset({"tong", "tong cong", "tong so", "cong", "toan phuong", "toan xa", "total"})
"""Names of rows that sum up the others."""

HEADER_WITHIN = 20
"""Rows in which the header of a sheet is looked for, below titles and national headings."""

VILLAGE_UNNAMED = Code("village_unnamed", "Có số hộ nhưng chưa có tên thôn, tổ.", "Điền tên, hoặc xóa số hộ.")
VILLAGE_TWICE = Code("village_twice", "“{given}” có hai lần.", "Bỏ một dòng, hoặc đặt tên khác.")
VILLAGE_NAME_LONG = Code("village_name_long", "Tên dài {given} ký tự, nhiều nhất là {high}.", "Viết tên ngắn hơn.")
HOUSEHOLDS_WRONG = Code("households_wrong", "“{given}” không phải là số hộ.", "Điền số nguyên, ví dụ 145; chưa biết thì để trống.")
NO_VILLAGES = Code("no_villages", "Không có thôn, tổ nào.", "Điền ít nhất một dòng.")
TOO_MANY_VILLAGES = Code("too_many_villages", "Có {given} dòng, nhiều nhất là {high}.", "Chia tệp theo đơn vị.")
SOURCE_NEEDED = Code("source_needed", "Chưa ghi nguồn của số hộ.", "Ghi nguồn, ví dụ: Công an phường, rà soát hộ khẩu.")
NO_VILLAGE_HEADER = Code("no_village_header", "Không thấy dòng tiêu đề có cột tên thôn, tổ và cột số hộ.", "Đặt tên cột là “Thôn, tổ” và “Số hộ”.")


class VillageTable(Struct, frozen=True):
    """What a list of villages held, and everything wrong with it; with a problem none of it is taken."""

    rows: tuple[VillageRow, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_villages(lines: Iterable[tuple[str, str, str]]) -> VillageTable:
    """From lines of (where, name, households). An empty line and a sum of all are passed over; an empty count is not known, never zero."""
    rows: list[VillageRow] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for where, raw, count in lines:
        name = normalise(raw)
        if (not name and not count.strip()) or fold(name) in TOTALS:
            continue
        wrong = wrong_name(name, seen) or wrong_count(count)
        if wrong:
            problems.append(Problem(wrong.code, where, wrong.given))
        seen.add(name.casefold())
        rows.append(VillageRow(name, households_of(count)))
    if not rows:
        problems.append(Problem(NO_VILLAGES))
    if len(rows) > MOST_VILLAGES:
        problems.append(Problem(TOO_MANY_VILLAGES, given={"given": len(rows), "high": MOST_VILLAGES}))
    return VillageTable(() if problems else tuple(rows), tuple(problems))


def wrong_name(name: str, seen: set[str]) -> Problem | None:
    if not name or not name.isprintable():
        return Problem(VILLAGE_UNNAMED)
    if len(name) > LONGEST_NAME:
        return Problem(VILLAGE_NAME_LONG, given={"given": len(name), "high": LONGEST_NAME})
    return Problem(VILLAGE_TWICE, given={"given": name}) if name.casefold() in seen else None


def wrong_count(count: str) -> Problem | None:
    reading = Integer(low=0, high=MOST_HOUSEHOLDS).read(count) if count.strip() else 0
    return Problem(HOUSEHOLDS_WRONG, given={"given": count}) if isinstance(reading, Problem) else None


def households_of(count: str) -> int | None:
    reading = Integer(low=0, high=MOST_HOUSEHOLDS).read(count) if count.strip() else None
    return reading if isinstance(reading, int) else None


def read_sheets(sheets: Mapping[str, Sequence[Sequence[str]]]) -> VillageTable:
    """From the cells of a workbook, sheet by sheet: the first one with a header that names both columns."""
    for sheet, cells in sheets.items():
        for number, header in enumerate(cells[:HEADER_WITHIN]):
            found = village_columns(header)
            if found:
                name, count = found
                below = enumerate(cells[number + 1 :], start=number + 2)
                return read_villages((f"{sheet}!{row}", cell(line, name), cell(line, count)) for row, line in below)
    return VillageTable(problems=(Problem(NO_VILLAGE_HEADER, where=next(iter(sheets), "")),))


def village_columns(header: Sequence[str]) -> tuple[int, int] | None:
    """Where the name and the number of households stand."""
    words = [set(re.findall(r"[a-z]+", fold(text))) for text in header]
    counts = [place for place, said in enumerate(words) if is_count(said)]
    names = [place for place, said in enumerate(words) if place not in counts and is_village(said)]
    return (names[0], counts[0]) if names and counts else None


def is_count(said: set[str]) -> bool:
    """“Số hộ”, “Tổng số hộ”, “Households”; not “Chủ hộ” or “Hộ nghèo”."""
    return bool(said & {"households", "household"}) or ("ho" in said and bool(said & {"so", "tong"}) and not said & {"chu", "ngheo"})


def is_village(said: set[str]) -> bool:
    return bool(said & {"thon", "village", "name", "ten", "block"}) or {"to", "dan", "pho"} <= said or said == {"to"}


def cell(line: Sequence[str], place: int) -> str:
    return line[place] if place < len(line) else ""

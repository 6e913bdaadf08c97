"""The account of a workbook: every cell that is not empty was taken, is named as lost, or stands in a column nobody answers to."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from surveys.formats import codes
from surveys.formats.xlsform.columns import MEDIA, Column, is_field
from surveys.formats.xlsform.sheets import Sheet
from surveys.problems import Code, Problem

if TYPE_CHECKING:
    from surveys.formats.xlsform.questions import Form

LOOKS = frozenset({
    "minimal", "compact", "quick", "quickcompact", "autocomplete", "autoadvance", "horizontal", "horizontal-compact", "vertical", "columns",
    "columns-pack", "likert", "list-nolabel", "list", "label", "no-label", "no-buttons", "no-calendar", "pages", "field-list", "table-list", "grid",
    "theme-grid", "multiline", "search", "picker", "hidden-answer", "stance", "bearing", "image-map", "autocomplete_chars", "thousands-sep",
    "counter", "rating", "no-ticks", "unit", "points", "clause", "maps", "placement-map",
})  # fmt: skip
"""Appearances that change how a question looks, not what may be answered."""

NUMBERED = re.compile(r"w\d+|compact-\d+|quickcompact-\d+|columns-\d+")
NO = frozenset({"no", "false", "false()", "0"})
QUIET = {"read_only": NO, "required": NO, "autoplay": NO, "disabled": NO, "add_none_option": NO, "choice_filter": frozenset({"true()"})}
"""Values that say nothing: what they switch off is off anyway."""

QUIET_SETTINGS = frozenset({"style", "name", "omit_instanceid", "clean_text_values", "allow_choice_duplicates", "namespaces"})
"""Settings about looks and the format itself."""


def losses(form: "Form") -> list[Problem]:
    """What was said lost while reading, then all that nobody took, in the order of sheets and rows."""
    order = {sheet.name: number for number, sheet in enumerate(form.book.values())}
    found = [*form.losses, *(loss for key, sheet in form.book.items() for loss in of_sheet(key, sheet, form))]
    return sorted(found, key=lambda loss: position(loss, order))


def position(loss: Problem, order: dict[str, int]) -> tuple[int, int]:
    sheet, _, row = loss.where.rpartition("!")
    return order.get(sheet, 0), int(row)


def of_sheet(key: str, sheet: Sheet, form: "Form") -> Iterator[Problem]:
    for row in sheet.beyond if key in {"survey", "choices", "settings"} else ():
        yield Problem(codes.LOST_BEYOND, row.where, {"given": " · ".join(row.cells.values())})
    if key == "survey":
        yield from of_cells(sheet, codes.LOST_CELL)
    elif key == "choices":
        yield from of_lists(form)
        yield from of_cells(sheet, codes.LOST_CELL)
    elif key == "settings":
        yield from of_cells(sheet, codes.LOST_SETTING)
    elif sheet.cells and not key.startswith("_"):
        yield Problem(codes.LOST_SHEET, sheet.where, {"given": sheet.name, "n": sheet.cells})


def of_cells(sheet: Sheet, code: Code) -> Iterator[Problem]:
    strange: Counter[Column] = Counter()
    for row in sheet.rows:
        for column, text in row.left:
            if is_quiet(column, text, code):
                continue
            if column.field in MEDIA:
                yield Problem(codes.LOST_MEDIA, row.where, {"column": column.header, "given": text})
            elif code is codes.LOST_SETTING or is_field(column.field):
                yield Problem(code, row.where, {"column": column.header, "given": text})
            else:
                strange[column] += 1
    for column, count in strange.items():
        yield Problem(codes.LOST_COLUMN, sheet.where, {"column": column.header, "n": count})


def is_quiet(column: Column, text: str, code: Code) -> bool:
    if column.field == "appearance":
        return all(word in LOOKS or NUMBERED.fullmatch(word) for word in text.split())
    if code is codes.LOST_SETTING and column.field in QUIET_SETTINGS:
        return True
    return column.ignorable or text.casefold() in QUIET.get(column.field, ())


def of_lists(form: "Form") -> Iterator[Problem]:
    """Lists that no question uses, named at their first row."""
    for listed in form.lists.values():
        if listed.name not in form.used and listed.rows:
            for row in (*listed.rows, *listed.repeated):
                row.take_all()
            yield Problem(codes.LOST_LIST, listed.rows[0].where, {"given": listed.name})
        else:
            for row in listed.repeated:
                yield Problem(codes.LOST_OPTION, row.where, {"given": row.take("name"), "list": listed.name})

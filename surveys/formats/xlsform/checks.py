"""Mistakes in an XLSForm that its cells alone can tell: all of them at once, with sheet and row."""

import re
from collections.abc import Iterable, Iterator, Mapping

from pyxform.parsing.expression import is_xml_tag

from surveys.formats import codes
from surveys.formats.xlsform.columns import is_field
from surveys.formats.xlsform.expressions import references
from surveys.formats.xlsform.lists import YES
from surveys.formats.xlsform.sheets import Row, Sheet
from surveys.formats.xlsform.survey import SETTING_TYPES, begins, ends, is_disabled, is_known, is_remark, is_shown, select, type_of
from surveys.problems import CONDITION_LATER, CONDITION_UNKNOWN, Problem

LISTLESS = re.compile(r"(select_one|select_multiple|select one|select1|rank|select all that apply)( from)?", re.IGNORECASE)
WORDED = ("label", "hint", "image", "audio", "video", "big-image")
UNNAMED = frozenset({"note", "audit"})


def problems(book: dict[str, Sheet]) -> list[Problem]:
    """Everything wrong that the cells alone can tell."""
    rows = [row for row in book["survey"].rows if not is_disabled(row) and not is_remark(row)]
    found = [*of_columns(book), *of_types(rows), *of_names(rows), *of_words(rows), *of_groups(rows), *of_references(rows), *of_lists(rows, book)]
    order = list(book)
    return sorted(
        found,
        key=lambda problem: (order.index(problem.where.rpartition("!")[0].strip().lower()) if len(order) > 1 else 0, int(problem.where.rpartition("!")[2])),
    )


def of_columns(book: Mapping[str, Sheet]) -> Iterator[Problem]:
    """Columns that are one field in one language; those that no XLSForm knows count as they are written."""
    for key in ("survey", "choices", "settings"):
        seen = set()
        for column in book[key].columns if key in book else ():
            same = (column.field if is_field(column.field) else column.header, column.language)
            if same in seen:
                yield Problem(codes.DUPLICATE_COLUMN, book[key].where, {"given": column.header})
            seen.add(same)


def of_types(rows: Iterable[Row]) -> Iterator[Problem]:
    for row in rows:
        text = type_of(row)
        if not text:
            yield Problem(codes.NO_TYPE, row.where)
        elif LISTLESS.fullmatch(text):
            yield Problem(codes.NO_LIST, row.where)
        elif not is_known(text):
            yield Problem(codes.UNKNOWN_TYPE, row.where, {"given": text})


def of_names(rows: Iterable[Row]) -> Iterator[Problem]:
    """Names that are missing, no names, or given twice within one group; names of groups may come only once in all."""
    inside: list[dict[str, str]] = [{}]
    groups: dict[str, str] = {}
    for row in rows:
        name, text = row.take("name"), type_of(row)
        if ends(text):
            inside = inside[:-1] or inside
            continue
        first = inside[-1].get(name) or (groups.get(name) if begins(text) else None)
        if problem := wrong_name(name, text, row, first):
            yield problem
        inside[-1].setdefault(name, row.where)
        if begins(text):
            groups.setdefault(name, row.where)
            inside.append({})


def wrong_name(name: str, text: str, row: Row, first: str | None) -> Problem | None:
    if not name:
        return None if text in UNNAMED else Problem(codes.NO_NAME, row.where)
    if not is_xml_tag(name) and text not in SETTING_TYPES:
        return Problem(codes.BAD_NAME, row.where, {"given": name})
    return Problem(codes.DUPLICATE_NAME, row.where, {"given": name, "first": first}) if first else None


def of_words(rows: Iterable[Row]) -> Iterator[Problem]:
    """Questions that people would meet without a word or a picture."""
    for row in rows:
        if is_shown(row) and not any(row.peek(field) for field in WORDED):
            yield Problem(codes.NO_LABEL, row.where, {"given": row.take("name")})


def of_groups(rows: Iterable[Row]) -> Iterator[Problem]:
    opened: list[tuple[Row, str]] = []
    for row in rows:
        text = type_of(row)
        if sort := begins(text):
            opened.append((row, sort))
        elif sort := ends(text):
            if not opened or opened[-1][1] != sort:
                yield Problem(codes.END_WITHOUT_BEGIN, row.where, {"given": text})
            else:
                opened.pop()
    for row, _ in opened:
        yield Problem(codes.BEGIN_WITHOUT_END, row.where, {"given": row.take("name")})


def of_references(rows: list[Row]) -> Iterator[Problem]:
    """Questions that nothing has, and conditions on what is only asked later."""
    place = {row.take("name"): number for number, row in reversed(list(enumerate(rows))) if not ends(type_of(row))}
    for number, row in enumerate(rows):
        for column, text in row.cells.items():
            for name in references(text):
                if name not in place:
                    code = CONDITION_UNKNOWN if column.field == "relevant" else codes.UNKNOWN_REFERENCE
                    yield Problem(code, row.where, {"given": name, "column": column.header})
                elif column.field == "relevant" and place[name] >= number:
                    yield Problem(CONDITION_LATER, row.where, {"given": name})


def of_lists(rows: list[Row], book: Mapping[str, Sheet]) -> Iterator[Problem]:
    sheet = book.get("choices")
    listed: dict[str, list[Row]] = {}
    for row in sheet.rows if sheet else ():
        if name := row.take("list_name"):
            listed.setdefault(name, []).append(row)
    many = set()
    for row in rows:
        chosen = select(type_of(row))
        if chosen and not chosen.from_file and not references(chosen.listed) and chosen.sort != "select one external":
            if chosen.listed not in listed:
                yield Problem(codes.UNKNOWN_LIST, row.where, {"given": chosen.listed})
            elif not any(option.take("name") for option in listed[chosen.listed]):
                yield Problem(codes.EMPTY_LIST, row.where, {"given": chosen.listed})
            if chosen.sort == "select all that apply":
                many.add(chosen.listed)
    for name, options in listed.items():
        yield from of_options(name, options, spaced=name not in many, repeated=may_repeat(book.get("settings")))


def may_repeat(sheet: Sheet | None) -> bool:
    """Whether the form says that its lists hold a name several times on purpose."""
    return any(
        column.field == "allow_choice_duplicates" and text.casefold() in YES for row in (sheet.rows[:1] if sheet else ()) for column, text in row.cells.items()
    )


def of_options(name: str, options: list[Row], *, spaced: bool, repeated: bool) -> Iterator[Problem]:
    seen = set()
    for option in options:
        given = option.take("name")
        if not given:
            yield Problem(codes.OPTION_WITHOUT_NAME, option.where)
        elif given in seen and not repeated:
            yield Problem(codes.DUPLICATE_OPTION, option.where, {"given": given, "list": name})
        elif " " in given and not spaced:
            yield Problem(codes.OPTION_WITH_SPACE, option.where, {"given": given})
        seen.add(given)

"""The columns of one question, read together: most kinds have one, some stand in several or as a list in one cell."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from msgspec import structs

from analysis.coding import UNKNOWN, Coded, Missing, Wrong, one, options_of, outside, plain, reader, spelled, spellings, with_text
from analysis.combining import BLANK, combined, distinct
from analysis.data import Codes, Table
from analysis.matching import LATITUDE, LONGITUDE, TEXT, WHOLE
from surveys.kinds import OTHER, Decimal, Integer, Matrix, Place, Points, Ranking, SelectMultiple
from surveys.kinds.choice import ordered
from surveys.language import normalise
from surveys.problems import Problem
from surveys.questionnaire import Question

FLAGS = {"1": 1, "true": 1, "yes": 1, "0": 0, "false": 0, "no": 0}
BETWEEN = re.compile(r"\s+|;")

Parts = Mapping[str, str]
"""Headers by the part of the question that they hold."""


def code(question: Question, parts: Parts, table: Table, *, missing: Missing = frozenset()) -> Coded:
    """Reads the columns that hold this question. A missing code that is no option becomes blank; one that is stays itself."""
    name, kind = question.name, question.kind
    if isinstance(kind, SelectMultiple):
        return several(name, kind, parts, table, missing)
    if isinstance(kind, Matrix):
        return joined(one(f"{name}/{row}", table.columns[header], header, spelled(kind.scale, missing)) for row, header in parts.items())
    if isinstance(kind, Ranking):
        return ranked(name, kind, parts, table, missing)
    if isinstance(kind, Points):
        return divided(name, kind, parts, table)
    if isinstance(kind, Place):
        return located(name, kind, parts, table, missing)
    header = parts.get(WHOLE)
    if header is None:
        return Coded({}, [])
    coded = one(name, table.columns[header], header, reader(kind, missing))
    if isinstance(kind, Integer | Decimal):
        return structs.replace(coded, outside_limits=outside(kind, coded.columns[name]))
    return with_text(name, kind, coded, parts, table)


def several(name: str, kind: SelectMultiple, parts: Parts, table: Table, missing: Missing) -> Coded:
    """From one column of names, or from one 0/1 column per option; nothing chosen is no answer."""
    options = [option.name for option in options_of(kind)]
    if WHOLE in parts:
        lists, wrong = one_list(name, kind, parts, table, missing)
        marks = np.array([[option in chosen for option in options] for chosen in lists.values] or [[False] * len(options)], dtype=np.int64)
        flags, answered = marks[lists.codes], lists.codes >= 0
    else:
        flags, wrong = ticked(name, options, parts, table)
        answered = flags.sum(axis=1) > 0
    columns = {f"{name}/{option}": Codes(np.where(answered, flags[:, place], -1), [0, 1]) for place, option in enumerate(options)}
    if kind.other and TEXT in parts:
        other = Coded({name: Codes(np.where(columns[f"{name}/{OTHER}"].codes == 1, 0, -1), [OTHER])}, wrong)
        columns[f"{name}/{TEXT}"] = with_text(name, kind, other, parts, table).columns[f"{name}/{TEXT}"]
    return Coded(columns, wrong)


def one_list(name: str, kind: SelectMultiple | Ranking, parts: Parts, table: Table, missing: Missing) -> tuple[Codes, list[Wrong]]:
    """Option names as tuples, in the order written."""
    read = listed(kind, missing)
    coded = one(name, table.columns[parts[WHOLE]], parts[WHOLE], lambda value: chosen if (chosen := read(value)) is UNKNOWN else tuple(chosen) or BLANK)
    return coded.columns[name], coded.wrong


def ticked(name: str, options: Sequence[str], parts: Parts, table: Table) -> tuple[np.ndarray, list[Wrong]]:
    """(rows, options) of 0 and 1; an option without a column was not chosen."""
    flags = np.zeros((len(table), len(options)), dtype=np.int64)
    wrong: list[Wrong] = []
    for place, option in enumerate(options):
        if option in parts:
            coded = one(name, table.columns[parts[option]], parts[option], lambda value: FLAGS.get(plain(value).casefold(), UNKNOWN))
            column = coded.columns[name]
            flags[:, place] = np.array([*column.values, 0], dtype=np.int64)[column.codes]
            wrong += coded.wrong
    return flags, wrong


def listed(kind: SelectMultiple | Ranking, missing: Missing) -> Callable[[str], Any]:
    """Reads names between spaces, or labels one after another, the longest that fits first."""
    names = spellings(options_of(kind))
    longest_first = "|".join(re.escape(written) for written in sorted([*names, *missing], key=len, reverse=True))
    item = re.compile(rf"({longest_first})(?:\s*[;,]\s*|\s+|$)")

    def read(value: str) -> Any:
        words = value.split()
        if all(word in names or word in missing for word in words):
            return [names[word] for word in words if word in names]
        chosen, at, text = [], 0, normalise(value)
        while at < len(text):
            found = item.match(text, at)
            if found is None:
                return UNKNOWN
            chosen += [names[found[1]]] if found[1] in names else []
            at = found.end()
        return chosen

    return read


def ranked(name: str, kind: Ranking, parts: Parts, table: Table, missing: Missing) -> Coded:
    """From one column of names, the first rank first, or from one column of ranks per option. How many were ranked is not held against anybody."""
    if WHOLE in parts:
        lists, wrong = one_list(name, kind, parts, table, missing)
        twice = {place for place, order in enumerate(lists.values) if len(set(order)) < len(order)}
        wrong += [Wrong(int(row), parts[WHOLE], " ".join(lists.values[lists.codes[row]])) for row in np.flatnonzero(np.isin(lists.codes, list(twice)))]
        orders = distinct(lists.codes, [BLANK if place in twice else order for place, order in enumerate(lists.values)])
    else:
        orders, wrong = together(parts, table, ordered)
    columns = {option.name: [rank_of(option.name, order) for order in orders.values] for option in kind.options}
    return Coded({f"{name}/{option}": distinct(orders.codes, ranks) for option, ranks in columns.items()}, wrong)


def rank_of(option: str, order: Sequence[str]) -> int | None:
    return order.index(option) + 1 if option in order else None


def divided(name: str, kind: Points, parts: Parts, table: Table) -> Coded:
    """From one column per option; a blank beside others is none, and all of them must add up."""
    given, wrong = together(parts, table, kind.read)
    return Coded({f"{name}/{option.name}": distinct(given.codes, [points.get(option.name, 0) for points in given.values]) for option in kind.options}, wrong)


def together(parts: Parts, table: Table, read: Callable[[dict[str, str]], Any]) -> tuple[Codes, list[Wrong]]:
    """What `read` makes of the cells of each row, by part; a row that it finds a problem with is wrong."""
    headers = list(parts.values())
    place, found = combined([table.columns[header] for header in headers], len(table))
    codes, values, wrong = np.full(len(found) + 1, -1, dtype=np.int64), list[Any](), list[Wrong]()
    for at, row in enumerate(found):
        cells = {part: plain(cell) for part, cell in zip(parts, row, strict=True) if cell is not None}
        reading = read(cells) if cells else BLANK
        if isinstance(reading, Problem) or (isinstance(reading, tuple) and any(isinstance(part, Problem) for part in reading)):
            wrong += [Wrong(int(index), headers[0], ", ".join(cell or "" for cell in row)) for index in np.flatnonzero(place == at)]
        elif reading:
            codes[at] = len(values)
            values.append(reading)
    return Codes(codes[place], values), wrong


def located(name: str, kind: Place, parts: Parts, table: Table, missing: Missing) -> Coded:
    """From one column of latitude, longitude and more (ODK's geopoint), or from one of each."""
    free = structs.replace(kind, image="", bounds=None) if kind.bounds else kind

    def point(cells: Mapping[str, str]) -> Any:
        if WHOLE in cells:
            latitude, longitude = [*BETWEEN.split(cells[WHOLE]), "", ""][:2]
            return BLANK if cells[WHOLE] in missing else free.read([latitude, longitude])
        return free.read([cells.get(LATITUDE, ""), cells.get(LONGITUDE, "")])

    used = {WHOLE: parts[WHOLE]} if WHOLE in parts else parts
    points, wrong = together(used, table, point)
    return Coded({f"{name}/{part}": distinct(points.codes, [value[at] for value in points.values]) for at, part in enumerate((LATITUDE, LONGITUDE))}, wrong)


def joined(coded: Iterable[Coded]) -> Coded:
    """Several columns of one question as one."""
    columns: dict[str, Codes] = {}
    wrong: list[Wrong] = []
    for part in coded:
        columns |= part.columns
        wrong += part.wrong
    return Coded(columns, wrong)

"""What the cells of a data file say in a questionnaire's terms, distinct value by distinct value."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from msgspec import Struct, structs

from analysis.data import Codes, Table
from analysis.matching import TEXT, WHOLE
from surveys.kinds import OTHER, OTHER_LABEL, Consent, Date, Decimal, Integer, Kind, Matrix, OpenText, Option, Scale, SelectMultiple, SelectOne, Stance
from surveys.language import normalise
from surveys.problems import Problem
from surveys.questionnaire import Question
from surveys.reading import clean

BLANK = None
UNKNOWN = object()
"""A reading of something that is no value of the question."""

WHOLE_NUMBER = re.compile(r"([-+]?\d+)\.0+")
POWER = re.compile(r"[-+]?\d+(\.\d+)?[eE][-+]?\d{1,3}")
MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ].*")
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
FLAGS = {"1": 1, "true": 1, "yes": 1, "0": 0, "false": 0, "no": 0}
CONSENTED = {"1": 1, "true": 1, "yes": 1, "on": 1, "ok": 1, "0": BLANK, "false": BLANK, "no": BLANK}

Missing = frozenset[str]
"""Codes that mean don't know or refused, as written in the file."""


class Wrong(Struct, frozen=True):
    """A value that its question does not know: `index` of the row in the table, from 0."""

    index: int
    column: str
    value: str


class Coded(Struct, frozen=True):
    """The cells of one question, by the columns of its kind, and what could not be read."""

    columns: dict[str, Codes]
    wrong: list[Wrong]
    outside_limits: int = 0


def code(question: Question, parts: Mapping[str, str], table: Table, *, missing: Missing = frozenset()) -> Coded:
    """Reads the columns that hold this question. A missing code that is no option becomes blank; one that is stays itself."""
    name, kind = question.name, question.kind
    if isinstance(kind, SelectMultiple):
        return several(name, kind, parts, table, missing)
    if isinstance(kind, Matrix):
        return joined(one(f"{name}/{row}", table.columns[header], header, spelled(kind.scale, missing)) for row, header in parts.items())
    header = parts.get(WHOLE)
    if header is None:
        return Coded({}, [])
    coded = one(name, table.columns[header], header, reader(kind, missing))
    if isinstance(kind, Integer | Decimal):
        return structs.replace(coded, outside_limits=outside(kind, coded.columns[name]))
    return with_text(name, kind, coded, parts, table)


def reader(kind: Kind, missing: Missing) -> Callable[[str], Any]:
    if isinstance(kind, SelectOne | Stance | Scale):
        return spelled(kind, missing)
    if isinstance(kind, Integer | Decimal | Date):
        return unlimited(kind, missing)
    if isinstance(kind, Consent):
        return lambda value: CONSENTED.get(plain(value).casefold(), UNKNOWN)
    if isinstance(kind, OpenText):
        return lambda value: BLANK if value in missing else (clean(value) or BLANK) if UNSEEN.search(value) else value
    raise TypeError(f"{type(kind).__name__} has no column in a data file")


def one(column: str, cells: Codes, header: str, read: Callable[[str], Any]) -> Coded:
    """A column of which every distinct value is read once."""
    readings = [read(value) for value in cells.values]
    wrong = [
        Wrong(int(index), header, cells.values[place])
        for place, reading in enumerate(readings)
        if reading is UNKNOWN
        for index in np.flatnonzero(cells.codes == place)
    ]
    return Coded({column: distinct(cells.codes, [BLANK if reading is UNKNOWN else reading for reading in readings])}, wrong)


def distinct(codes: np.ndarray, readings: Sequence[Any]) -> Codes:
    """The same column with equal readings under one code, blanks as -1."""
    values: dict[Any, int] = {}
    place = [-1 if reading is BLANK else values.setdefault(reading, len(values)) for reading in readings]
    return Codes(np.array([*place, -1], dtype=np.int64)[codes], list(values))


def plain(value: str) -> str:
    """4 for the 4.0 that spreadsheets and pandas write."""
    whole = WHOLE_NUMBER.fullmatch(value)
    return whole[1] if whole else value


def options_of(kind: Kind) -> tuple[Option, ...]:
    """All that can be chosen, missing ones and the worded one at the end."""
    if isinstance(kind, Scale | Matrix):
        return (*kind.options, *kind.missing)
    if isinstance(kind, SelectOne | SelectMultiple):
        return (*kind.options, Option(OTHER, OTHER_LABEL)) if kind.other else kind.options
    return kind.options if isinstance(kind, Stance) else ()


def spellings(options: Iterable[Option]) -> dict[str, str]:
    """Option names by what a file may write: the name, or a label that only one option has."""
    labels: dict[str, set[str]] = {}
    for option in options:
        for label in option.label.values():
            labels.setdefault(normalise(label), set()).add(option.name)
    named = {label: names.pop() for label, names in labels.items() if len(names) == 1 and label}
    return named | {option.name: option.name for option in options}


def spelled(kind: Kind, missing: Missing) -> Callable[[str], Any]:
    """Reads the name of one option."""
    names = spellings(options_of(kind))

    def read(value: str) -> Any:
        for written in (value, plain(value), normalise(value)):
            if written in names:
                return names[written]
        return BLANK if value in missing or plain(value) in missing else UNKNOWN

    return read


def unlimited(kind: Integer | Decimal | Date, missing: Missing) -> Callable[[str], Any]:
    """Reads a number or a day; limits were for whoever answered and do not undo an answer."""
    free = structs.replace(kind, low=None, high=None)

    def read(value: str) -> Any:
        if value in missing or plain(value) in missing:
            return BLANK
        reading = free.read(MOMENT.sub(r"\1", value) if isinstance(kind, Date) else float(value) if POWER.fullmatch(value) else plain(value))
        return UNKNOWN if isinstance(reading, Problem) else reading

    return read


def outside(kind: Integer | Decimal, column: Codes) -> int:
    places = [place for place, number in enumerate(column.values) if isinstance(kind.read(number), Problem)]
    return int(np.isin(column.codes, places).sum())


def with_text(name: str, kind: Kind, coded: Coded, parts: Mapping[str, str], table: Table) -> Coded:
    """Adds the words of a worded choice or a stance, where it was chosen."""
    if TEXT not in parts:
        return coded
    words = one(f"{name}/{TEXT}", table.columns[parts[TEXT]], parts[TEXT], reader(OpenText(), frozenset())).columns[f"{name}/{TEXT}"]
    chosen = coded.columns[name]
    worded = np.isin(chosen.codes, [place for place, value in enumerate(chosen.values) if isinstance(kind, Stance) or value == OTHER])
    return structs.replace(coded, columns=coded.columns | {f"{name}/{TEXT}": Codes(np.where(worded, words.codes, -1), words.values)})


def several(name: str, kind: SelectMultiple, parts: Mapping[str, str], table: Table, missing: Missing) -> Coded:
    """From one column of names, or from one 0/1 column per option; nothing chosen is no answer."""
    options = [option.name for option in options_of(kind)]
    if WHOLE in parts:
        cells, read = table.columns[parts[WHOLE]], listed(kind, missing)
        lists = one(name, cells, parts[WHOLE], lambda value: chosen if (chosen := read(value)) is UNKNOWN else tuple(chosen) or BLANK)
        column, wrong = lists.columns[name], lists.wrong
        marks = np.array([[option in chosen for option in options] for chosen in column.values] or [[False] * len(options)], dtype=np.int64)
        flags, answered = marks[column.codes], column.codes >= 0
    else:
        flags, wrong = ticked(name, options, parts, table)
        answered = flags.sum(axis=1) > 0
    columns = {f"{name}/{option}": Codes(np.where(answered, flags[:, place], -1), [0, 1]) for place, option in enumerate(options)}
    if kind.other and TEXT in parts:
        other = Coded({name: Codes(np.where(columns[f"{name}/{OTHER}"].codes == 1, 0, -1), [OTHER])}, wrong)
        columns[f"{name}/{TEXT}"] = with_text(name, kind, other, parts, table).columns[f"{name}/{TEXT}"]
    return Coded(columns, wrong)


def ticked(name: str, options: Sequence[str], parts: Mapping[str, str], table: Table) -> tuple[np.ndarray, list[Wrong]]:
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


def listed(kind: SelectMultiple, missing: Missing) -> Callable[[str], Any]:
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


def joined(coded: Iterable[Coded]) -> Coded:
    """Several columns of one question as one."""
    columns: dict[str, Codes] = {}
    wrong: list[Wrong] = []
    for part in coded:
        columns |= part.columns
        wrong += part.wrong
    return Coded(columns, wrong)

"""What one column of a data file says in a questionnaire's terms, distinct value by distinct value."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
from msgspec import Struct, structs

from analysis.combining import BLANK, distinct
from analysis.data import Codes, Table
from analysis.matching import TEXT
from surveys.kinds import (
    OTHER,
    OTHER_LABEL,
    Calculation,
    Consent,
    Date,
    Decimal,
    File,
    Integer,
    Kind,
    Matrix,
    OpenText,
    Option,
    Points,
    Ranking,
    Scale,
    SelectMultiple,
    SelectOne,
    Stance,
    Time,
    UnitChoice,
)
from surveys.language import normalise
from surveys.problems import Problem
from surveys.reading import clean

UNKNOWN = object()
"""A reading of something that is no value of the question."""

WHOLE_NUMBER = re.compile(r"([-+]?\d+)\.0+")
POWER = re.compile(r"[-+]?\d+(\.\d+)?[eE][-+]?\d{1,3}")
MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ].*")
ZONE = re.compile(r"(Z|[+-]\d{2}:?\d{2})$")
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
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


def reader(kind: Kind, missing: Missing) -> Callable[[str], Any]:
    if isinstance(kind, SelectOne | Stance | Scale):
        return spelled(kind, missing)
    if isinstance(kind, Integer | Decimal | Date | Time | Calculation):
        return unlimited(Decimal() if isinstance(kind, Calculation) else kind, missing)
    if isinstance(kind, UnitChoice):
        return lambda value: BLANK if value in missing else unit_of(kind, plain(value))
    if isinstance(kind, Consent):
        return lambda value: CONSENTED.get(plain(value).casefold(), UNKNOWN)
    if isinstance(kind, OpenText | File):
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
    return kind.options if isinstance(kind, Stance | Ranking | Points) else ()


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


def unlimited(kind: Integer | Decimal | Date | Time, missing: Missing) -> Callable[[str], Any]:
    """Reads a number, a day or an hour; limits were for whoever answered and do not undo an answer."""
    free = structs.replace(kind, low=None, high=None)

    def read(value: str) -> Any:
        if value in missing or plain(value) in missing:
            return BLANK
        reading = free.read(written(kind, value))
        return UNKNOWN if isinstance(reading, Problem) else reading

    return read


def written(kind: Kind, value: str) -> Any:
    """What other programs write around a value taken off: the hour of a day, the zone of an hour, powers of ten."""
    if isinstance(kind, Date):
        return MOMENT.sub(r"\1", value)
    if isinstance(kind, Time):
        return ZONE.sub("", value)
    return float(value) if POWER.fullmatch(value) else plain(value)


def unit_of(kind: UnitChoice, value: str) -> Any:
    """A code, also one whose first zeros a spreadsheet took away; or a name that only one unit has."""
    readings = (kind.read(one) for one in (value, value.zfill(2 if kind.level == "province" else 5)))
    return next((reading for reading in readings if not isinstance(reading, Problem)), UNKNOWN)


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

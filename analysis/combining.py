"""Several columns seen as one: each distinct row of them once."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from analysis.data import Codes

BLANK = None


def combined(columns: Sequence[Codes], rows: int) -> tuple[np.ndarray, list[tuple[Any, ...]]]:
    """(rows,) places in the list of distinct rows; those rows hold None where blank."""
    code = np.zeros(rows, dtype=np.int64)
    for column in columns:
        code = np.unique(code * (len(column.values) + 1) + column.codes + 1, return_inverse=True)[1]
    _, first, place = np.unique(code, return_index=True, return_inverse=True)
    return place, [tuple(column.values[column.codes[row]] if column.codes[row] >= 0 else BLANK for column in columns) for row in first]


def worked(columns: Sequence[Codes], rows: int, work: Callable[..., Any]) -> Codes:
    """What `work` makes of each distinct row, which it takes as separate arguments; None is blank."""
    place, found = combined(columns, rows)
    return distinct(place, [work(*row) for row in found])


def distinct(codes: np.ndarray, readings: Sequence[Any]) -> Codes:
    """The same column with equal readings under one code, blanks as -1."""
    values: dict[Any, int] = {}
    place = [-1 if reading is BLANK else values.setdefault(reading, len(values)) for reading in readings]
    return Codes(np.array([*place, -1], dtype=np.int64)[codes], list(values))


def holding_value(column: Codes, value: Any) -> np.ndarray:
    """(rows,) bool: where exactly this value stands."""
    return np.isin(column.codes, [at for at, each in enumerate(column.values) if each == value])

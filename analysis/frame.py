"""The one shape that answers take before they are counted: a DataFrame of categoricals beside its questionnaire.

Columns are those of each question's kind (surveys.kinds): choices and scales are categoricals whose categories are option
names in the questionnaire's order; flags Int8; whole numbers, ranks and points Int64, others Float64; days, hours, units and
words text. Blank is NA: nobody answered. `id unit village channel assistance version` stand beside them where the answers came from the database, and
columns of a data file that somebody wants groups by. stored.py and reading.py make Frames.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from msgspec import Struct

from analysis.coding import options_of
from analysis.data import Codes
from surveys.kinds import Calculation, Column, Integer, Matrix, Points, Ranking, Scale, SelectMultiple, SelectOne, Stance
from surveys.language import sort_key
from surveys.questionnaire import Question, Questionnaire

CONTEXT = ("id", "unit", "village", "channel", "assistance", "version")

Missing = Mapping[str, frozenset[str]]
"""Codes that mean don't know or refused, by question; under "" those of all scales."""


class Frame(Struct, frozen=True):
    """Answers of `len` people. `asked[question]` (n,) bool; a question that everybody was asked is not in it.

    `missing[question]` are options that are answers outside the base: don't know, refused.
    """

    questionnaire: Questionnaire
    table: pd.DataFrame
    asked: Mapping[str, np.ndarray] = {}
    missing: Missing = {}

    def __len__(self) -> int:
        return len(self.table)


def framed(
    questionnaire: Questionnaire, columns: Mapping[str, Codes], context: Mapping[str, Any], *, rows: int, asked: Mapping[str, np.ndarray], missing: Missing
) -> Frame:
    """The Frame of coded columns; those of a question without any are blank. `missing` are codes as somebody named them."""
    series = dict(context)
    left_out: dict[str, frozenset[str]] = {}
    for question in counted(questionnaire):
        kind = question.kind
        series |= {column.name: cells(column, question, columns.get(column.name) or blank(rows)) for column in kind.columns(question.name)}
        choices = options_of(kind) if isinstance(kind, SelectOne | SelectMultiple | Scale | Matrix | Stance) else ()
        outside = codes_of(question, missing) & {option.name for option in choices}
        outside |= {option.name for option in kind.missing} if isinstance(kind, Scale | Matrix) else frozenset()
        left_out |= {question.name: outside} if outside else {}
    some = {name: mask for name, mask in asked.items() if not mask.all()}
    return Frame(questionnaire, pd.DataFrame(series, index=pd.RangeIndex(rows)), some, left_out)


def blank(rows: int) -> Codes:
    return Codes(np.full(rows, -1, dtype=np.int64), [])


def cells(column: Column, question: Question, coded: Codes) -> Any:
    """A pandas array of one column."""
    codes = coded.codes
    if column.type in ("choice", "ordered"):
        place = {level: index for index, level in enumerate(column.levels)}
        levels = pd.Index(column.levels, dtype="str")
        placed = np.array([*(place[str(value)] for value in coded.values), -1], dtype=np.int64)[codes]
        return pd.Categorical.from_codes(placed, categories=levels, ordered=column.type == "ordered")
    if column.type == "flag":
        return pd.arrays.IntegerArray(np.array([*coded.values, 0], dtype=np.int8)[codes], codes < 0)
    if column.type == "number" and isinstance(question.kind, Integer | Ranking | Points):
        return pd.arrays.IntegerArray(np.array([*coded.values, 0], dtype=np.int64)[codes], codes < 0)
    if column.type == "number":
        return pd.arrays.FloatingArray(np.array([*coded.values, 0], dtype=np.float64)[codes], codes < 0)
    return pd.array(np.array([*coded.values, None], dtype=object)[codes], dtype="str")


def categorical(column: Codes) -> pd.Categorical:
    """Plain values as a categorical in Vietnamese order."""
    order = sorted(range(len(column.values)), key=lambda place: sort_key(column.values[place]))
    place = np.empty(len(order) + 1, dtype=np.int64)
    place[order] = np.arange(len(order))
    place[-1] = -1
    return pd.Categorical.from_codes(place[column.codes], categories=pd.Index([column.values[each] for each in order], dtype="str"))


def counted(questionnaire: Questionnaire) -> list[Question]:
    """Its questions without notes: those that people answer, and those that are worked out from answers."""
    return [question for question in questionnaire.questions() if question.kind.asks or isinstance(question.kind, Calculation)]


def codes_of(question: Question, missing: Missing) -> frozenset[str]:
    """The missing codes that a question knows: its own, and where it is a scale those of all scales."""
    own = missing.get(question.name, frozenset())
    return own | missing.get("", frozenset()) if isinstance(question.kind, Scale | Matrix) else own

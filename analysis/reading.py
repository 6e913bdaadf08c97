"""A data file as a Frame: every column coded, skip logic followed, everything odd about it said."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from msgspec import Struct

from analysis import composing, sentences
from analysis.coding import Coded, plain
from analysis.data import BadData, Table
from analysis.folding import folded
from analysis.frame import Frame, Missing, blank, categorical, codes_of, counted, framed
from analysis.matching import WHOLE, Match, match
from analysis.skipping import asked_of
from surveys.kinds import Calculation, Matrix, Place, Points, Ranking
from surveys.problems import Code
from surveys.questionnaire import Question, Questionnaire

SHOWN = 20
"""Unknown values that are printed; how many there are is said too."""


class Note(Struct, frozen=True):
    """Something worth saying about how a file was read, which stops nothing."""

    code: Code
    given: Mapping[str, Any] = {}


class Reading(Struct, frozen=True):
    """A data file as a Frame, and what is to be said about it."""

    frame: Frame
    notes: list[Note]


class UnknownValues(BadData):
    """A data file holds values that its questions do not know: all of them, as (row of the file, column, value); `first` are to be printed."""

    def __init__(self, wrong: list[tuple[int, str, str]]) -> None:
        super().__init__(sentences.UNKNOWN_VALUES, n=len(wrong), shown=min(SHOWN, len(wrong)))
        self.wrong = wrong
        self.first = wrong[:SHOWN]


def from_table(questionnaire: Questionnaire, table: Table, *, missing: Missing | None = None, keep: Sequence[str] = ()) -> Reading:
    """The Frame of a data file. `keep`: headers that no question claims but groups are wanted by. Raises BadData, UnknownValues."""
    found = match(questionnaire, table)
    coded = {
        question.name: composing.code(question, found.parts.get(question.name, {}), table, missing=codes_of(question, missing or {}))
        for question in counted(questionnaire)
    }
    wrong = sorted((each for part in coded.values() for each in part.wrong), key=lambda each: each.index)
    if wrong:
        raise UnknownValues([(int(table.row_numbers[each.index]), each.column, each.value) for each in wrong])
    there = [question for question in counted(questionnaire) if question.name in found.parts or not isinstance(question.kind, Calculation)]
    columns = {column.name: blank(len(table)) for question in there for column in question.kind.columns(question.name)}
    for part in coded.values():
        columns |= part.columns
    asked, kept, dropped = asked_of(questionnaire, columns, len(table))
    context = {name: categorical(table.columns[name]) for name in keep}
    frame = framed(questionnaire, kept, context, rows=len(table), asked=asked, missing=missing or {})
    return Reading(frame, [*noted(found), *limits_noted(coded), *dropping_noted(dropped)])


def noted(found: Match) -> list[Note]:
    notes = [(sentences.UNKNOWN_COLUMNS, found.unknown), (sentences.ABSENT_QUESTIONS, found.absent)]
    return [Note(code, {"names": ", ".join(names)}) for code, names in notes if names]


def limits_noted(coded: Mapping[str, Coded]) -> list[Note]:
    return [Note(sentences.OUTSIDE_LIMITS, {"n": part.outside_limits, "name": name}) for name, part in coded.items() if part.outside_limits]


def dropping_noted(dropped: Mapping[str, int]) -> list[Note]:
    return [Note(sentences.NOT_ASKED_ANSWERS, {"n": sum(dropped.values()), "names": ", ".join(dropped)})] if dropped else []


def rows(questionnaire: Questionnaire, table: Table) -> list[tuple[int, dict[str, Any]]]:
    """(row of the file, `answers` as the API takes them) for each response, to be checked like any other.

    Labels become option names; what is no value of its question stays as it was written, for the check to find. What is worked
    out from answers is not read.
    """
    found = match(questionnaire, table)
    asking = [question for question in questionnaire.questions() if question.kind.asks and question.name in found.parts]
    raw = {question.name: raw_answers(question, found.parts[question.name], table) for question in asking}
    return [(int(number), {name: values[place] for name, values in raw.items() if values[place] is not None}) for place, number in enumerate(table.row_numbers)]


def raw_answers(question: Question, parts: Mapping[str, str], table: Table) -> list[Any]:
    if isinstance(question.kind, Ranking | Points | Place) and WHOLE not in parts:
        return parts_written(parts, table)
    coded = composing.code(question, parts, table)
    columns = {column.name: coded.columns.get(column.name) or blank(len(table)) for column in question.kind.columns(question.name)}
    raw = folded(question.kind, question.name, {name: np.array([*column.values, None], dtype=object)[column.codes] for name, column in columns.items()})
    place = {header: part for part, header in parts.items()}
    for wrong in coded.wrong:
        known = raw[wrong.index]
        part = place[wrong.column]
        value = wrong.value.split() if isinstance(question.kind, Ranking) else wrong.value
        raw[wrong.index] = {**(known or {}), part: wrong.value} if isinstance(question.kind, Matrix) else value
    return raw


def parts_written(parts: Mapping[str, str], table: Table) -> list[Any]:
    """What stands in several columns, by part; the check reads it as it reads a form."""
    columns = {part: np.array([*map(plain, table.columns[header].values), None], dtype=object)[table.columns[header].codes] for part, header in parts.items()}
    rows = ({part: cells[row] for part, cells in columns.items() if cells[row] is not None} for row in range(len(table)))
    return [row or None for row in rows]

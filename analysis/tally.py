"""How many people said what: counts per question, option and group. Tallies of parts add up to the tally of the whole."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

import numpy as np
import pandas as pd
from msgspec import Struct

from analysis.coding import options_of
from analysis.frame import Frame, Missing, asking
from surveys.kinds import Decimal, Integer, Kind, Matrix, Option, SelectMultiple, Text
from surveys.questionnaire import Question, Questionnaire

Key = TypeVar("Key")

Groups = tuple[np.ndarray, list[str]]
"""(n,) codes and the group names they point to; -1 is in no group."""


class Counts(Struct, frozen=True):
    """People of one question, all or of one group. `options` in the codebook's order; `values` of numbers: people by number."""

    asked: int
    answered: int
    options: dict[str, int] = {}
    values: dict[float, int] = {}

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.asked + other.asked, self.answered + other.answered, summed(self.options, other.options), summed(self.values, other.values))


class Tally(Struct, frozen=True):
    """`questions[name]`; `groups[by][name][group]`; `sizes[by][group]` are responses. A matrix is counted by row, named `matrix/row`.

    People in no group are counted under "".
    """

    responses: int
    questions: dict[str, Counts]
    groups: dict[str, dict[str, dict[str, Counts]]] = {}
    sizes: dict[str, dict[str, int]] = {}

    def __add__(self, other: "Tally") -> "Tally":
        groups = {
            by: {
                name: {group: plus(ours.get(group), theirs.get(group)) for group in {**ours, **theirs}}
                for name in {**self.groups.get(by, {}), **other.groups.get(by, {})}
                for ours, theirs in [(self.groups.get(by, {}).get(name, {}), other.groups.get(by, {}).get(name, {}))]
            }
            for by in {**self.groups, **other.groups}
        }
        questions = {name: plus(self.questions.get(name), other.questions.get(name)) for name in {**self.questions, **other.questions}}
        sizes = {by: summed(self.sizes.get(by, {}), other.sizes.get(by, {})) for by in {**self.sizes, **other.sizes}}
        return Tally(self.responses + other.responses, questions, groups, sizes)


class Item(Struct, frozen=True):
    """What is counted as one question: a question, or one row of a matrix. `options` leaves out those that count as missing."""

    name: str
    label: Text
    question: Question
    options: tuple[Option, ...]

    @property
    def kind(self) -> Kind:
        return self.question.kind


class Marks(Struct, frozen=True):
    """One item, person by person. `chosen`: (n,) places of options, or (n, options) bool where several can be chosen."""

    asked: np.ndarray
    answered: np.ndarray
    chosen: np.ndarray | None = None
    numbers: np.ndarray | None = None


def items(questionnaire: Questionnaire, missing: Missing) -> Iterator[Item]:
    """All that is counted, in the order asked."""
    for question in asking(questionnaire):
        outside = missing.get(question.name, frozenset())
        options = tuple(option for option in options_of(question.kind) if option.name not in outside)
        if isinstance(question.kind, Matrix):
            yield from (Item(f"{question.name}/{row.name}", row.label, question, options) for row in question.kind.rows)
        else:
            yield Item(question.name, question.label, question, options)


def count(frame: Frame, *, by: Sequence[str] = ()) -> Tally:
    """Everything. `by`: questions with one answer, or other columns of the Frame."""
    everybody: Groups = np.full(len(frame), -1, dtype=np.int64), []
    grouped = {name: groups_of(frame.table[name]) for name in by}
    questions: dict[str, Counts] = {}
    groups: dict[str, dict[str, dict[str, Counts]]] = {name: {} for name in by}
    for item in items(frame.questionnaire, frame.missing):
        marks = marked(frame, item)
        questions[item.name] = split(marks, item, everybody)[""]
        for name in by:
            groups[name][item.name] = split(marks, item, grouped[name])
    return Tally(len(frame), questions, groups, {name: sizes(found) for name, found in grouped.items()})


def groups_of(column: pd.Series) -> Groups:
    """The groups that a column makes: its categories, or its distinct values in order."""
    categories = column if isinstance(column.dtype, pd.CategoricalDtype) else column.astype("category")
    return np.asarray(categories.cat.codes, dtype=np.int64), [str(name) for name in categories.cat.categories]


def sizes(groups: Groups) -> dict[str, int]:
    codes, names = groups
    return dict(zip(("", *names), np.bincount(codes + 1, minlength=len(names) + 1).tolist(), strict=True))


def marked(frame: Frame, item: Item) -> Marks:
    kind, table = item.kind, frame.table
    asked = frame.asked.get(item.question.name, np.ones(len(frame), dtype=bool))
    if isinstance(kind, SelectMultiple):
        columns = [f"{item.name}/{option.name}" for option in item.options]
        chosen = np.array([table[name].to_numpy(dtype=np.int8, na_value=0) == 1 for name in columns], dtype=bool).reshape(len(columns), len(frame)).T
        return Marks(asked, chosen.sum(axis=1) > 0, chosen)
    column = table[item.name]
    if item.options:
        place = {option.name: index for index, option in enumerate(item.options)}
        chosen = np.array([*(place.get(name, -1) for name in column.cat.categories), -1])[column.cat.codes]
        return Marks(asked, chosen >= 0, chosen)
    answered = np.asarray(column.notna(), dtype=bool)
    if isinstance(kind, Integer | Decimal):
        return Marks(asked, answered, numbers=column.to_numpy(dtype=np.float64, na_value=np.nan))
    return Marks(asked, answered)


def split(marks: Marks, item: Item, groups: Groups) -> dict[str, Counts]:
    """Counts of every group, and under "" of those in none."""
    codes, names = groups[0] + 1, ("", *groups[1])
    asked, answered = (np.bincount(codes[mask], minlength=len(names)).tolist() for mask in (marks.asked, marks.answered))
    options, values = crossed(marks, codes, len(names), len(item.options)), numbered(marks, codes, len(names))
    labels = [option.name for option in item.options]
    return {name: Counts(asked[place], answered[place], dict(zip(labels, options[place], strict=True)), values[place]) for place, name in enumerate(names)}


def crossed(marks: Marks, codes: np.ndarray, groups: int, options: int) -> list[list[int]]:
    """People by group and option."""
    if marks.chosen is None:
        return [[] for _ in range(groups)]
    if marks.chosen.ndim == 2:
        return np.array([np.bincount(codes[flags], minlength=groups) for flags in marks.chosen.T]).T.reshape(groups, options).tolist()
    places = codes[marks.answered] * options + marks.chosen[marks.answered]
    return np.bincount(places, minlength=groups * options).reshape(groups, options).tolist()


def numbered(marks: Marks, codes: np.ndarray, groups: int) -> list[dict[float, int]]:
    """People by group and number."""
    found: list[dict[float, int]] = [{} for _ in range(groups)]
    if marks.numbers is not None:
        numbers, place = np.unique(marks.numbers[marks.answered], return_inverse=True)
        both, people = np.unique(codes[marks.answered] * len(numbers) + place, return_counts=True)
        for each, many in zip(both.tolist(), people.tolist(), strict=True):
            found[each // len(numbers)][float(numbers[each % len(numbers)])] = many
    return found


def plus(ours: Counts | None, theirs: Counts | None) -> Counts:
    return (ours or Counts(0, 0)) + (theirs or Counts(0, 0))


def summed(ours: Mapping[Key, int], theirs: Mapping[Key, int]) -> dict[Key, int]:
    return {key: ours.get(key, 0) + theirs.get(key, 0) for key in {**ours, **theirs}}

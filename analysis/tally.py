"""How many people said what: counts per question, option and group. Tallies of parts add up to the tally of the whole."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import TypeVar

import numpy as np
import pandas as pd
from msgspec import Struct

from analysis.coding import options_of
from analysis.frame import Frame, counted
from analysis.labels import label_of, option_label
from surveys import units
from surveys.kinds import Calculation, Decimal, Integer, Kind, Matrix, Option, Place, Points, Ranking, SelectMultiple, Text, Time, UnitChoice
from surveys.questionnaire import Question

Key = TypeVar("Key")

Groups = tuple[np.ndarray, list[str]]
"""(n,) codes and the group names they point to; -1 is in no group."""


class Counts(Struct, frozen=True):
    """People of one question, all or of one group. `options` in the codebook's order; of a ranking those who put it first, of
    points those who gave it any. `values` of numbers: people by number; hours are minutes after midnight.

    `ranks` of a ranking: by option, people who gave it the first rank, the second, …. `points`: by option, all it was given.
    """

    asked: int
    answered: int
    options: dict[str, int] = {}
    values: dict[float, int] = {}
    ranks: dict[str, tuple[int, ...]] = {}
    points: dict[str, int] = {}

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.asked + other.asked,
            self.answered + other.answered,
            summed(self.options, other.options),
            summed(self.values, other.values),
            {name: side_by_side(self.ranks.get(name, ()), other.ranks.get(name, ())) for name in {**self.ranks, **other.ranks}},
            summed(self.points, other.points),
        )


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
    """One item, person by person. `chosen`: (n,) places of options, or (n, options) bool where several can be chosen.

    `given` (n, options): ranks, or points; 0 where an option got none.
    """

    asked: np.ndarray
    answered: np.ndarray
    chosen: np.ndarray | None = None
    numbers: np.ndarray | None = None
    given: np.ndarray | None = None


def items(frame: Frame) -> Iterator[Item]:
    """All that is counted, in the order asked."""
    for question in counted(frame.questionnaire):
        kind, label = question.kind, label_of(question)
        outside = frame.missing.get(question.name, frozenset())
        options = tuple(Option(option.name, option_label(option)) for option in options_of(kind) if option.name not in outside)
        if isinstance(kind, Matrix):
            yield from (Item(f"{question.name}/{row.name}", option_label(row), question, options) for row in kind.rows)
        elif isinstance(kind, UnitChoice):
            yield Item(question.name, label, question, named_units(frame.table[question.name]))
        else:
            yield Item(question.name, label, question, options)


def named_units(column: pd.Series) -> tuple[Option, ...]:
    """The units that somebody named, by code; those nobody named are thousands."""
    return tuple(Option(code, {"vi": units.spoken(code.partition("/")[0])}) for code in sorted(column.dropna().unique()))


def count(frame: Frame, *, by: Sequence[str] = ()) -> Tally:
    """Everything. `by`: questions with one answer, or other columns of the Frame."""
    everybody: Groups = np.full(len(frame), -1, dtype=np.int64), []
    grouped = {name: groups_of(frame.table[name]) for name in by}
    questions: dict[str, Counts] = {}
    groups: dict[str, dict[str, dict[str, Counts]]] = {name: {} for name in by}
    for item in items(frame):
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
    if isinstance(kind, Ranking | Points):
        return by_option(frame, item, asked)
    column = table[f"{item.name}/lat" if isinstance(kind, Place) else item.name]
    if item.options:
        column = column.astype("category") if isinstance(kind, UnitChoice) else column
        place = {option.name: index for index, option in enumerate(item.options)}
        chosen = np.array([*(place.get(name, -1) for name in column.cat.categories), -1])[column.cat.codes]
        return Marks(asked, chosen >= 0, chosen)
    answered = np.asarray(column.notna(), dtype=bool)
    if isinstance(kind, Integer | Decimal | Calculation):
        return Marks(asked, answered, numbers=column.to_numpy(dtype=np.float64, na_value=np.nan))
    if isinstance(kind, Time):
        return Marks(asked, answered, numbers=minutes(column))
    return Marks(asked, answered)


def by_option(frame: Frame, item: Item, asked: np.ndarray) -> Marks:
    """A ranking is counted by its first ranks, points by who gave an option any."""
    columns = [frame.table[f"{item.name}/{option.name}"] for option in item.options]
    given = np.array([column.to_numpy(dtype=np.int64, na_value=0) for column in columns]).reshape(len(columns), len(frame)).T
    answered = np.asarray((given > 0).any(axis=1))
    chosen = np.where(answered, (given == 1).argmax(axis=1), -1) if isinstance(item.kind, Ranking) else given > 0
    return Marks(asked, answered, chosen, given=given)


def minutes(column: pd.Series) -> np.ndarray:
    """(n,) minutes after midnight."""
    return np.array([np.nan if pd.isna(time) else int(time[:2]) * 60 + int(time[3:]) for time in column], dtype=np.float64)


def split(marks: Marks, item: Item, groups: Groups) -> dict[str, Counts]:
    """Counts of every group, and under "" of those in none."""
    codes, names = groups[0] + 1, ("", *groups[1])
    asked, answered = (np.bincount(codes[mask], minlength=len(names)).tolist() for mask in (marks.asked, marks.answered))
    options, values = crossed(marks, codes, len(names), len(item.options)), numbered(marks, codes, len(names))
    labels = [option.name for option in item.options]
    ranks, points = ranked(marks, item, codes, len(names)), pointed(marks, item, codes, len(names))
    return {
        name: Counts(asked[place], answered[place], chosen_of(item, labels, options[place]), values[place], ranks[place], points[place])
        for place, name in enumerate(names)
    }


def chosen_of(item: Item, labels: Sequence[str], people: Sequence[int]) -> dict[str, int]:
    """People by option; of units only those that somebody named, which are other ones in other parts of the data."""
    found = zip(labels, people, strict=True)
    return {name: number for name, number in found if number} if isinstance(item.kind, UnitChoice) else dict(found)


def crossed(marks: Marks, codes: np.ndarray, groups: int, options: int) -> list[list[int]]:
    """People by group and option."""
    if marks.chosen is None:
        return [[] for _ in range(groups)]
    if marks.chosen.ndim == 2:
        return np.array([np.bincount(codes[flags], minlength=groups) for flags in marks.chosen.T]).T.reshape(groups, options).tolist()
    places = codes[marks.answered] * options + marks.chosen[marks.answered]
    return np.bincount(places, minlength=groups * options).reshape(groups, options).tolist()


def ranked(marks: Marks, item: Item, codes: np.ndarray, groups: int) -> list[dict[str, tuple[int, ...]]]:
    """Of every group, by option, how many gave it each rank."""
    if marks.given is None or not isinstance(item.kind, Ranking):
        return [{} for _ in range(groups)]
    most = len(item.options)
    people = [np.bincount(codes * (most + 1) + given, minlength=groups * (most + 1)).reshape(groups, most + 1) for given in marks.given.T]
    return [{option.name: tuple(people[at][group, 1:].tolist()) for at, option in enumerate(item.options)} for group in range(groups)]


def pointed(marks: Marks, item: Item, codes: np.ndarray, groups: int) -> list[dict[str, int]]:
    """Of every group, all points that each option was given."""
    if marks.given is None or not isinstance(item.kind, Points):
        return [{} for _ in range(groups)]
    sums = np.zeros((groups, len(item.options)), dtype=np.int64)
    np.add.at(sums, codes, marks.given)
    return [{option.name: total for option, total in zip(item.options, row, strict=True)} for row in sums.tolist()]


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


def side_by_side(ours: Sequence[int], theirs: Sequence[int]) -> tuple[int, ...]:
    return tuple(one + other for one, other in zip_longest(ours, theirs, fillvalue=0))

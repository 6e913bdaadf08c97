"""Which mean ranks, mean shares and calculated figures stay hidden, so that none of them gives away what suppression hides.

- A row (all people, or one group) shows its mean ranks all or none: they are equations over how many gave each rank. None are
  shown where a first place is hidden, or where a rank given by fewer than K would have fewer than K possible values.
- A mean share of points is hidden where the number of those who gave any is; as shares add up to 100, never one alone, and
  never ones that together are of fewer than K people.
- What all show bounds every group whose base and first places are shown: where that is too narrow, nobody's mean ranks are shown.
- The groups whose figures are hidden together are one row more, which follows by subtraction: it must be as safe as a shown one.
- What is calculated from answers is hidden where its base is nearly, but not quite, that of a question it rests on, and
  where a count of that question is hidden.
"""

from collections.abc import Callable, Mapping
from typing import TypeVar

import numpy as np
from msgspec import structs

from analysis.report import GroupTally, OptionTally, QuestionTally
from surveys.kinds import Calculation, Points, Ranking

RANKING, POINTS = Ranking(()).tag, Points(()).tag
CALCULATION = Calculation(0).tag

Row = QuestionTally | GroupTally
Tally = TypeVar("Tally", QuestionTally, GroupTally)
Safe = Callable[[np.ndarray, int], bool]


def protected(full: QuestionTally, shown: QuestionTally, k: int) -> QuestionTally:
    """`shown`, whose counts are protected already, without the mean ranks and shares that `full` has and nobody may know."""
    if full.kind == RANKING:
        complete = not hides(shown) and ranks_safe(table_of(full), k) and groups_open(full, shown, k)
        safe, shown = ranks_safe, without_ranks(shown)
    elif full.kind == POINTS:
        hidden = [before.count or 0 for before, after in zip(full.options, shown.options, strict=True) if after.suppressed and before.count]
        complete, safe = not hidden, givers_safe
        if not hides(shown) or (len(hidden) > 1 and max(hidden) >= k):
            return with_groups(full, shown, safe, k, complete=complete)
    else:
        return shown
    return with_groups(full, shown if complete else bare(shown), safe, k, complete=complete)


def with_groups(full: QuestionTally, shown: QuestionTally, safe: Safe, k: int, *, complete: bool) -> QuestionTally:
    """The same of every group; none where not all of everybody is shown."""
    groups = {}
    for by, rows in shown.groups.items():
        stripped = unsafe_groups(full, full.groups[by], rows, safe, k) if complete else {row.value for row in rows}
        groups[by] = tuple(bare(row) if row.value in stripped else row for row in rows)
    return structs.replace(shown, groups=groups)


def unsafe_groups(full: QuestionTally, before: tuple[GroupTally, ...], after: tuple[GroupTally, ...], safe: Safe, k: int) -> set[str]:
    """Groups that must not show theirs: those that are unsafe, and the smallest others until what is hidden is safe together."""
    tables = {group.value: table_of(group) for group in before}
    size = {group.value: group.answered or 0 for group in before}
    hidden = {group.value for group in after if size[group.value] and (hides(group) or not safe(tables[group.value], k))}
    whole = table_of(full)
    while True:
        rest = whole - sum((table for name, table in tables.items() if name not in hidden), np.zeros_like(whole))
        shown = sorted((name for name in tables if name not in hidden and size[name]), key=lambda name: -size[name])
        if not shown or not rest.any() or safe(rest, k):
            return hidden
        hidden.add(shown.pop())


def groups_open(full: QuestionTally, shown: QuestionTally, k: int) -> bool:
    """Whether what follows for the groups that show no mean ranks leaves every small count of a rank k possible values."""
    for by, rows in shown.groups.items():
        before = {group.value: group for group in full.groups[by]}
        hidden = unsafe_groups(full, full.groups[by], rows, ranks_safe, k)
        rest = table_of(full) - sum((table_of(group) for name, group in before.items() if name not in hidden), np.zeros_like(table_of(full)))
        if not open_among(rest, [(table_of(before[row.value]), row) for row in rows if row.value in hidden], k):
            return False
    return True


def open_among(rest: np.ndarray, groups: list[tuple[np.ndarray, GroupTally]], k: int) -> bool:
    """The same of groups that together are `rest`, each with its own table and what is shown of it: first places and a base."""
    ends = [np.column_stack([end, rest[:, -1]]) for end in rank_bounds(rest[:, :-1])]
    low, high = zip(*[group_bounds(table, row, ends[1]) for table, row in groups], strict=True) if groups else ((), ())
    nobody = all(row.answered is not None for _, row in groups) and sum(row.answered or 0 for _, row in groups) == rest[0].sum()
    least = np.sum(low, axis=0) if groups else 0
    most = np.sum(high, axis=0) + (0 if nobody else ends[1]) if groups else ends[1]
    for (table, _), own_low, own_high in zip(groups, low, high, strict=True):
        small = (table[:, 1:] > 0) & (table[:, 1:] < k)
        values = np.minimum(own_high, ends[1] - (least - own_low)) - np.maximum(own_low, ends[0] - (most - own_high)) + 1
        if (values < k)[small].any():
            return False
    return True


def group_bounds(table: np.ndarray, row: GroupTally, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(options, ranks) least and most of a group that can have given each rank after the first, or none, where all together are `high`."""
    known = np.array([row.answered is not None and not option.suppressed for option in row.options])
    later = np.where(known, table[:, 1:].sum(axis=1), high.sum(axis=1))[:, None]
    most = np.minimum(later, high)
    least = np.maximum(0, later - (most.sum(axis=1, keepdims=True) - most))
    return np.where(known[:, None], least, 0), most


def hides(row: Row) -> bool:
    return row.answered is None or any(option.suppressed for option in row.options)


def table_of(row: Row) -> np.ndarray:
    """(options, columns) of people: by rank and, last, without one; of points those who gave any, and the others."""
    answered = row.answered or 0
    width = max((len(option.ranks) for option in row.options), default=0)
    counts = [option.ranks if width else (option.count or 0,) for option in row.options]
    return np.array([[*ranks, answered - sum(ranks)] for ranks in counts], dtype=np.int64).reshape(len(row.options), -1)


def givers_safe(table: np.ndarray, k: int) -> bool:
    return not ((table[:, 0] > 0) & (table[:, 0] < k)).any()


def ranks_safe(table: np.ndarray, k: int) -> bool:
    """Whether first places, how many ranked an option and its mean rank leave every small count of a rank k possible values."""
    small = (table > 0) & (table < k)
    if small[:, 0].any() or small[:, -1].any():
        return False
    if not small.any():
        return True
    low, high = rank_bounds(table[:, :-1])
    return bool((high - low + 1 >= k)[small[:, 1:-1]].all())


def rank_bounds(ranks: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(options, ranks - 1) least and most that can have given each rank after the first, from each option's and each rank's sum."""
    later = ranks[:, 1:]
    weights = np.arange(later.shape[1])
    people, sums = later.sum(axis=1), later @ weights
    low, high = np.zeros_like(later), np.zeros_like(later)
    for column, weight in enumerate(weights):
        others = np.delete(weights, column)
        for row in range(len(later)):
            values = np.arange(people[row] + 1)
            left, rest = sums[row] - weight * values, people[row] - values
            fits = (left >= rest * others.min()) & (left <= rest * others.max()) if others.size else rest == 0
            low[row, column], high[row, column] = values[fits].min(), values[fits].max()
    totals = later.sum(axis=0)
    return np.maximum(low, totals - (high.sum(axis=0) - high)), np.minimum(high, totals - (low.sum(axis=0) - low))


def bare(row: Tally) -> Tally:
    return structs.replace(row, options=tuple(map(without_measures, row.options)))


def without_measures(option: OptionTally) -> OptionTally:
    return structs.replace(option, mean_rank=None, ranked=None, ranks=(), mean_share=None)


def without_ranks(question: QuestionTally) -> QuestionTally:
    """How many gave each rank is for officials alone."""

    def plain(options: tuple[OptionTally, ...]) -> tuple[OptionTally, ...]:
        return tuple(structs.replace(option, ranks=()) for option in options)

    groups = {by: tuple(structs.replace(group, options=plain(group.options)) for group in rows) for by, rows in question.groups.items()}
    return structs.replace(question, options=plain(question.options), groups=groups)


def derived(full: Mapping[str, QuestionTally], shown: QuestionTally, others: Mapping[str, QuestionTally], rests: frozenset[str], k: int) -> QuestionTally:
    """A calculation without what would tell of a question it `rests` on. `full`: everything before, `others` after protection."""
    under = [name for name in dict.fromkeys(path if path in full else path.partition("/")[0] for path in sorted(rests)) if name in full]
    own = full[shown.name]
    near = any(0 < abs((full[name].answered or 0) - (own.answered or 0)) < k or hides(others[name]) for name in under)
    if near:
        shown = structs.replace(shown, mean=None, minimum=None, maximum=None, median=None, total=None)
    groups = {
        by: tuple(structs.replace(row, mean=None) for row in rows) if near or any(tells(full[name], others[name], own, by, k) for name in under) else rows
        for by, rows in shown.groups.items()
    }
    return structs.replace(shown, groups=groups)


def tells(before: QuestionTally, after: QuestionTally, own: QuestionTally, by: str, k: int) -> bool:
    """Whether some group of a question hides something, or has nearly the base of the calculation there."""
    bases = {row.value: row.answered or 0 for row in own.groups.get(by, ())}
    close = any(0 < abs((row.answered or 0) - bases.get(row.value, 0)) < k for row in before.groups.get(by, ()))
    return close or any(hides(row) for row in after.groups.get(by, ()))

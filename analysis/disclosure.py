"""From a full Report to one that may be published: nobody can be found in a small cell, not even by subtraction.

The rules, K being `min_cell`:
- A count of 1 to K-1 is hidden, and with it as many others as it takes that no hidden count can be bounded to fewer than K
  values from all that is published (suppression.py). A count of 0 concerns nobody and is shown.
- A group, village or question answered by fewer than K loses its base, its mean and its satisfaction index too.
- The mean of a scale is an equation over its options: it is hidden where one of them is. The satisfaction index is the sum of
  two options: it stays where that sum is safe.
- Where several can be chosen, 1 to K-1 who did not choose an option are as few as those who did.
- How many gave no reply is no cell: who answered a question is not hidden by who did not.
- Words are hidden where the count of those who wrote them is.
- How many were asked a question follows from an earlier one: it is hidden where a count of that one is.
- Mean ranks, mean shares of points and what is calculated: measures.py. Who gave an option points is counted as who chose it.
- Units named by few are counted together as other places, so that nobody's home is in the list by itself.
- A place on a map, an hour and a file are only counted.
- Another channel's totals are a table of their own; together with single answers a count is shown only where both are.
K 0 or 1 hides nothing.
"""

from collections.abc import Iterable, Mapping

import numpy as np
from msgspec import Struct, structs

from analysis import measures
from analysis.places import UNIT, together
from analysis.report import Estimate, GroupTally, MergedTally, OptionTally, OtherChannel, QuestionTally, Report, Turnout, VillageTurnout
from analysis.suppression import Columns, complement, protect, protect_several
from surveys.kinds import OTHER, Points, SelectMultiple

PROTECTED = "protected"
"""Note of a share that is hidden."""

SEVERAL = (SelectMultiple((), other=False).tag, Points(()).tag)
"""Kinds of which one person counts at several options."""


NO_GROUP = ""
"""The row of those who are in no group: it is never printed, but follows by subtraction."""


class Totals(Struct, frozen=True):
    """Which options of a question are hidden in all, and the halves whose sums are published: one, or two of a scale of five."""

    hidden: frozenset[str]
    halves: tuple[Columns, ...]
    index_hidden: bool = False


def protected(report: Report, *, deciding: Mapping[str, frozenset[str]], resting: Mapping[str, frozenset[str]]) -> Report:
    """The Report with all that must stay hidden as None. `deciding[question]`: questions whose answers decided who was asked it.
    `resting[calculation]`: what it is worked out from.
    """
    k = report.min_cell
    if k <= 1:
        return report
    report = structs.replace(report, questions=tuple(gathered(question, k) for question in report.questions))
    sizes = {by: hidden_groups(report, by, k) for by in dict.fromkeys(by for question in report.questions for by in question.groups)}
    totals = {question.name: total_cells(question, k) for question in report.questions}
    unsafe = {name.partition("/")[0] for name, found in totals.items() if found.hidden}
    questions = tuple(
        protect_question(question, totals[question.name], sizes, k, hides_asked=bool(deciding.get(question.name.partition("/")[0], frozenset()) & unsafe))
        for question in report.questions
    )
    others = tuple(protect_channel(other, k) for other in report.other_channels)
    return structs.replace(
        report,
        questions=protect_measures(report.questions, questions, resting, k),
        turnout=report.turnout and protect_turnout(report.turnout, k),
        other_channels=others,
        merged=tuple(protect_merged(each, totals[each.name].hidden, others) for each in report.merged),
    )


def protect_measures(
    full: tuple[QuestionTally, ...], shown: tuple[QuestionTally, ...], resting: Mapping[str, frozenset[str]], k: int
) -> tuple[QuestionTally, ...]:
    """The same questions, whose counts are protected, without the figures that would undo that."""
    safe = tuple(measures.protected(before, after, k) for before, after in zip(full, shown, strict=True))
    before, after = ({question.name: question for question in questions} for questions in (full, safe))
    return tuple(measures.derived(before, one, after, resting[one.name], k) if one.name in resting else one for one in safe)


def gathered(question: QuestionTally, k: int) -> QuestionTally:
    """A question about units with those that few named counted as one choice; any other as it is."""
    if question.kind != UNIT:
        return question
    few = complement({option.value: option.count or 0 for option in question.options}, k)
    if not few:
        return question
    groups = {
        by: tuple(structs.replace(group, options=together(group.options, group.answered, few)) for group in groups) for by, groups in question.groups.items()
    }
    return structs.replace(question, options=together(question.options, question.answered, few), groups=groups)


def hidden_groups(report: Report, by: str, k: int) -> frozenset[str]:
    """Groups whose number of responses is hidden, the same at every question."""
    groups = next(question.groups[by] for question in report.questions if by in question.groups)
    return complement(with_rest({group.value: group.responses or 0 for group in groups}, report.responses), k)


def with_rest(counts: dict[str, int], total: int) -> dict[str, int]:
    return counts | {NO_GROUP: total - sum(counts.values())}


def total_cells(question: QuestionTally, k: int) -> Totals:
    counts = {option.value: option.count or 0 for option in question.options}
    everything: tuple[Columns, ...] = (tuple(range(len(counts))),)
    if 0 < (question.answered or 0) < k:
        return Totals(frozenset(counts), everything, index_hidden=True)
    if question.kind in SEVERAL:
        near_all = frozenset(name for name, count in counts.items() if 0 < (question.answered or 0) - count < k)
        return Totals(complement({name: count for name, count in counts.items() if count != question.answered}, k, forced=near_all), everything)
    if question.satisfied_percent is None:
        return Totals(complement(counts, k), everything)
    top = sorted(counts, key=int)[-2:]
    halves = [{name: count for name, count in counts.items() if (name in top) is wanted} for wanted in (False, True)]
    if any(0 < sum(half.values()) < k for half in halves):
        return Totals(complement(counts, k), everything, index_hidden=True)
    places = {name: place for place, name in enumerate(counts)}
    return Totals(frozenset().union(*(complement(half, k) for half in halves)), tuple(tuple(places[name] for name in half) for half in halves))


def protect_question(question: QuestionTally, totals: Totals, sizes: Mapping[str, frozenset[str]], k: int, *, hides_asked: bool) -> QuestionTally:
    small = 0 < (question.answered or 0) < k
    hides_asked = hides_asked or 0 < (question.asked or 0) < k
    silent = small or (OTHER in totals.hidden if question.options else False)
    return structs.replace(
        question,
        asked=None if hides_asked else question.asked,
        answered=None if small else question.answered,
        missing=None if hides_asked or small else question.missing,
        options=tuple(hide(option) if option.value in totals.hidden else option for option in question.options),
        mean=None if small or totals.hidden else question.mean,
        satisfied_percent=None if totals.index_hidden else question.satisfied_percent,
        **({"minimum": None, "maximum": None, "median": None, "total": None} if small else {}),
        words=() if silent else question.words,
        words_withheld=0 if silent else question.words_withheld,
        groups={by: protect_groups(question, groups, totals, sizes[by], k) for by, groups in question.groups.items()},
        suppressed=small,
    )


def protect_groups(question: QuestionTally, groups: tuple[GroupTally, ...], totals: Totals, unsized: frozenset[str], k: int) -> tuple[GroupTally, ...]:
    if 0 < (question.answered or 0) < k:
        return tuple(hide_group(group, unsized) for group in groups)
    bases = with_rest({group.value: group.answered or 0 for group in groups}, question.answered or 0)
    baseless = complement(bases, k, forced=unsized & {name for name, base in bases.items() if base})
    rows = [name for name, base in bases.items() if base]
    cells = np.array([cells_of(question, groups, name) for name in rows], dtype=np.int64).reshape(len(rows), len(question.options))
    found = None
    if cells.size:
        totals_hidden = np.array([option.value in totals.hidden for option in question.options])
        bases_hidden = np.array([name in baseless for name in rows])
        if question.kind in SEVERAL:
            found = protect_several(cells, bases=np.array([bases[name] for name in rows]), totals_hidden=totals_hidden, bases_hidden=bases_hidden, k=k)
        else:
            found = protect(cells, halves=totals.halves, totals_hidden=totals_hidden, bases_hidden=bases_hidden, k=k)
        baseless |= {name for name, bare in zip(rows, found.bases, strict=True) if bare}
    hidden = {name: found.cells[place] for place, name in enumerate(rows)} if found else {}
    no_index = {name for place, name in enumerate(rows) if found and found.halves[place]} | (set(rows) if totals.index_hidden else set())
    return tuple(protect_group(group, unsized, baseless | unsized, hidden.get(group.value), no_index) for group in groups)


def cells_of(question: QuestionTally, groups: Iterable[GroupTally], name: str) -> list[int]:
    """Counts of a group's options; those of no group are what the groups leave of the whole."""
    if name != NO_GROUP:
        return next([option.count or 0 for option in group.options] for group in groups if group.value == name)
    whole = np.array([option.count or 0 for option in question.options], dtype=np.int64)
    return list(whole - sum(np.array([option.count or 0 for option in group.options], dtype=np.int64) for group in groups))


def protect_group(group: GroupTally, unsized: frozenset[str], baseless: frozenset[str], hidden: np.ndarray | None, no_index: set[str]) -> GroupTally:
    name = group.value
    cells = [False] * len(group.options) if hidden is None else hidden.tolist()
    options = tuple(hide(option) if cell else option for option, cell in zip(group.options, cells, strict=True))
    return structs.replace(
        group,
        responses=None if name in unsized else group.responses,
        answered=None if name in baseless else group.answered,
        options=options,
        mean=None if name in baseless or any(cells) else group.mean,
        satisfied_percent=None if name in baseless or name in no_index else group.satisfied_percent,
        suppressed=name in baseless,
    )


def hide_group(group: GroupTally, unsized: frozenset[str]) -> GroupTally:
    """A group of a question that too few answered."""
    return structs.replace(
        group,
        responses=None if group.value in unsized else group.responses,
        answered=None,
        options=tuple(map(hide, group.options)),
        mean=None,
        satisfied_percent=None,
        suppressed=True,
    )


def hide(option: OptionTally) -> OptionTally:
    return measures.without_measures(structs.replace(option, count=None, percent=None, suppressed=True))


def protect_turnout(turnout: Turnout, k: int) -> Turnout:
    channels = {channel: count or 0 for channel, count in turnout.by_channel.items()}
    unseen = complement(channels, k)
    villages = {village.village: village.answered or 0 for village in turnout.villages}
    unsized = complement(villages, k)
    rows = [village for village in turnout.villages if village.answered]
    cells = np.array([[village.by_channel.get(channel) or 0 for channel in channels] for village in rows], dtype=np.int64).reshape(len(rows), len(channels))
    hidden: dict[str, np.ndarray] = {}
    if cells.size:
        halves = (tuple(range(len(channels))),)
        totals_hidden, bases_hidden = np.array([name in unseen for name in channels]), np.array([row.village in unsized for row in rows])
        found = protect(cells, halves=halves, totals_hidden=totals_hidden, bases_hidden=bases_hidden, k=k)
        hidden = {row.village: mask for row, mask in zip(rows, found.cells, strict=True)}
    helps = complement({name: count or 0 for name, count in turnout.by_assistance.items()}, k)
    return structs.replace(
        turnout,
        by_channel=without(turnout.by_channel, unseen),
        by_assistance=without(turnout.by_assistance, helps),
        villages=tuple(protect_village(village, unsized, list(channels), hidden.get(village.village)) for village in turnout.villages),
    )


def protect_village(village: VillageTurnout, unsized: frozenset[str], channels: list[str], hidden: np.ndarray | None) -> VillageTurnout:
    names = frozenset(name for name, cell in zip(channels, hidden, strict=True) if cell) if hidden is not None else frozenset()
    village = structs.replace(village, by_channel=without(village.by_channel, names))
    if village.village not in unsized:
        return village
    return structs.replace(village, answered=None, share=Estimate(None, village.households, notes=(PROTECTED,)), suppressed=True)


def without(counts: Mapping[str, int | None], names: frozenset[str]) -> dict[str, int | None]:
    return {name: None if name in names else count for name, count in counts.items()}


def protect_channel(other: OtherChannel, k: int) -> OtherChannel:
    counts = {name: {value: count or 0 for value, count in options.items()} for name, options in other.counts.items()}
    return structs.replace(other, counts={name: without(options, complement(options, k)) for name, options in counts.items()})


def protect_merged(merged: MergedTally, hidden: frozenset[str], others: Iterable[OtherChannel]) -> MergedTally:
    theirs = {value for other in others for value, count in other.counts.get(merged.name, {}).items() if count is None}
    return structs.replace(merged, options=tuple(hide(option) if option.value in hidden | theirs else option for option in merged.options))

"""A report arranged for reading: chapters of numbered figures, and the overviews that stand before them.

Nothing here computes a figure; it only orders, groups and names those of the Report, for papers and web pages alike.
"""

import math
from collections.abc import Iterator, Mapping
from itertools import groupby

from msgspec import Struct, structs

from analysis.labels import label_of, unpiped
from analysis.places import UNIT, together
from analysis.report import GroupTally, OptionTally, QuestionTally, Report, Words
from surveys.kinds import OTHER, Text
from surveys.questionnaire import Question, Questionnaire

LONG_LIST = 8
"""Choices beyond which a list without an order of its own is printed with the most chosen first."""
WIDE = 6
"""Choices beyond which a table by group names its columns by number."""
ORDERED = ("scale", "matrix")
"""Kinds whose choices are steps; a tally of a matrix is one of its rows."""
STANCES = ("stance", "clause")
PREFERENCES = ("ranking", "points")
"""Kinds whose choices have a measure of their own: a mean rank, a mean share."""
MOST_UNITS = 20
"""Units that a paper names, the most named first; the others stand together."""
SATISFACTION_POINTS = 5
TOP = 3
"""Choices of a question that an overview names."""

GROUPINGS: Mapping[str, Text] = {
    "village": {"vi": "Thôn, tổ dân phố", "en": "Village or block"},
    "channel": {"vi": "Hình thức trả lời", "en": "Channel"},
    "assistance": {"vi": "Tự trả lời hay được giúp", "en": "Alone or with help"},
}


class Grouping(Struct, frozen=True):
    """One question by the groups of one variable. `numbered`: its columns are the numbers of the choices; `hides`: a cell is protected.

    `leaders`: the most chosen of each group, for a paper that has no room for all.
    """

    key: str
    label: Text
    tally: QuestionTally
    groups: tuple[GroupTally, ...]
    numbered: bool
    hides: bool
    leaders: tuple[tuple[GroupTally, tuple[OptionTally, ...]], ...]


class Figure(Struct, frozen=True, kw_only=True):
    """One question as printed: `shape` is bars, ranking, points, matrix, number, time, words or base; a matrix has a tally a row, the others one.

    `high`: the two highest steps of a satisfaction scale. `ranked`: most chosen first. `hides`: a cell is protected.
    `unreleased`: open answers that may not be printed.
    """

    number: int
    label: Text
    hint: Text
    shape: str
    tallies: tuple[QuestionTally, ...]
    high: tuple[OptionTally, ...] = ()
    ranked: bool = False
    hides: bool = False
    groupings: tuple[Grouping, ...] = ()
    released: tuple[Words, ...] = ()
    unreleased: int = 0


class Chapter(Struct, frozen=True):
    """Figures of one section of the questionnaire; without a label where nobody named it."""

    label: Text
    figures: tuple[Figure, ...]


class Line(Struct, frozen=True):
    """One question, or one row of a matrix (“7.2”), in an overview. `matrix` stands above that row; `top` are the most chosen."""

    number: str
    label: Text
    tally: QuestionTally
    matrix: Text = {}
    top: tuple[OptionTally, ...] = ()


class Overview(Struct, frozen=True, kw_only=True):
    """Every question on one line, by what it measures: stances, satisfaction (five points), other scales, choices, rankings and points, numbers, words."""

    stances: tuple[Line, ...]
    satisfaction: tuple[Line, ...]
    scales: tuple[Line, ...]
    choices: tuple[Line, ...]
    preferences: tuple[Line, ...]
    numbers: tuple[Line, ...]
    words: tuple[Line, ...]


class CrossRow(Struct, frozen=True):
    """One group: its answers, and its satisfaction index for each line of the table."""

    value: str
    label: Text
    responses: int | None
    indices: tuple[float | None, ...]


class Cross(Struct, frozen=True):
    """Satisfaction of all questions by the groups of one variable."""

    label: Text
    lines: tuple[Line, ...]
    rows: tuple[CrossRow, ...]


def chapters(report: Report, questionnaire: Questionnaire | None = None) -> tuple[Chapter, ...]:
    """The report's questions in its order, numbered from 1, under the sections they stand in."""
    placed = [(section_label(questionnaire, name), figure) for name, figure in figures(report, questionnaire)]
    return tuple(Chapter(label, tuple(figure for _, figure in group)) for label, group in groupby(placed, key=lambda pair: pair[0]))


def figures(report: Report, questionnaire: Questionnaire | None = None) -> Iterator[tuple[str, Figure]]:
    """(question's name, figure) for each question; the rows of a matrix are one figure."""
    by_question = groupby(report.questions, key=lambda tally: tally.name.split("/")[0])
    for number, (name, group) in enumerate(by_question, start=1):
        tallies = tuple(shortened(tally) for tally in group)
        ranked = is_long_list(tallies[0]) or tallies[0].kind == UNIT
        if ranked or tallies[0].kind in PREFERENCES:
            tallies = tuple(structs.replace(tally, options=ranking(tally.options)) for tally in tallies)
        yield name, figure(number, report, tallies, ranked=ranked, questionnaire=questionnaire)


def shortened(tally: QuestionTally) -> QuestionTally:
    """A question about units with those that most named; any other as it is."""
    if tally.kind != UNIT or len(tally.options) <= MOST_UNITS + 1:
        return tally
    few = {option.value for option in ranking(tally.options)[MOST_UNITS:]}
    groups = {by: tuple(structs.replace(group, options=together(group.options, group.answered, few)) for group in rows) for by, rows in tally.groups.items()}
    return structs.replace(tally, options=together(tally.options, tally.answered, few), groups=groups)


def figure(number: int, report: Report, tallies: tuple[QuestionTally, ...], *, ranked: bool, questionnaire: Questionnaire | None) -> Figure:
    asked = question_of(questionnaire, tallies[0].name.split("/")[0])
    return Figure(
        number=number,
        label=(label_of(asked) if asked else {}) or tallies[0].label,
        hint=unpiped(asked.hint) if asked else {},
        shape=shape(tallies),
        tallies=tallies,
        high=two_highest(tallies[0]),
        ranked=ranked,
        hides=any(hides(tally) for tally in tallies),
        groupings=tuple(groupings(report, tallies)),
        released=tuple(words for tally in tallies for words in tally.words if words.released),
        unreleased=sum(tally.words_withheld + sum(not words.released for words in tally.words) for tally in tallies),
    )


def groupings(report: Report, tallies: tuple[QuestionTally, ...]) -> Iterator[Grouping]:
    """By every variable but the question itself; only questions with choices."""
    for tally in tallies:
        order = {option.value: place for place, option in enumerate(tally.options)}
        for key, unordered in tally.groups.items():
            if key != tally.name and tally.options:
                groups = tuple(structs.replace(group, options=ordered(group.options, order)) for group in unordered)
                yield Grouping(
                    key=key,
                    label=grouping_label(report, key),
                    tally=tally,
                    groups=groups,
                    numbered=len(tally.options) > WIDE,
                    hides=any(hides(group) for group in groups),
                    leaders=tuple((group, top(group)) for group in groups),
                )


def ordered(options: tuple[OptionTally, ...], order: Mapping[str, int]) -> tuple[OptionTally, ...]:
    return tuple(sorted(options, key=lambda option: order[option.value]))


def hides(tally: QuestionTally | GroupTally) -> bool:
    """Whether a cell of it is protected, or the measure of a choice."""
    kind = tally.kind if isinstance(tally, QuestionTally) else ""
    unmeasured = {"ranking": "mean_rank", "points": "mean_share"}.get(kind)
    return (
        tally.answered is None
        or any(option.suppressed for option in tally.options)
        or (unmeasured is not None and bool(tally.answered) and all(getattr(option, unmeasured) is None for option in tally.options))
    )


def overview(report: Report, questionnaire: Questionnaire | None = None) -> Overview:
    lines = [line for _, figure in figures(report, questionnaire) for line in lines_of(figure)]

    def measured(*kinds: str) -> tuple[Line, ...]:
        return tuple(line for line in lines if measure(line.tally) in kinds)

    return Overview(
        stances=measured("stance"),
        satisfaction=measured("satisfaction"),
        scales=measured("scale"),
        choices=measured("choice"),
        preferences=measured("preference"),
        numbers=measured("number"),
        words=measured("words"),
    )


def crosses(report: Report, lines: tuple[Line, ...]) -> Iterator[Cross]:
    """A table for each variable that the report groups by; only lines that have its groups."""
    for key in dict.fromkeys(key for line in lines for key in line.tally.groups):
        grouped = tuple(line for line in lines if key in line.tally.groups)
        indices = {(line.tally.name, group.value): group.satisfied_percent for line in grouped for group in line.tally.groups[key]}
        rows = (
            CrossRow(group.value, group.label, group.responses, tuple(indices.get((line.tally.name, group.value)) for line in grouped))
            for group in grouped[0].tally.groups[key]
        )
        yield Cross(grouping_label(report, key), grouped, tuple(rows))


def lines_of(figure: Figure) -> Iterator[Line]:
    if figure.shape != "matrix":
        yield Line(str(figure.number), figure.label, figure.tallies[0], top=top(figure.tallies[0]))
        return
    for row, tally in enumerate(figure.tallies, start=1):
        yield Line(f"{figure.number}.{row}", tally.label, tally, figure.label)


def measure(tally: QuestionTally) -> str:
    """What an overview lists it under."""
    if tally.kind in STANCES:
        return "stance"
    if tally.kind in PREFERENCES:
        return "preference"
    if tally.kind in ORDERED:
        return "satisfaction" if len(tally.options) == SATISFACTION_POINTS else "scale"
    return "choice" if tally.options else "number" if tally.mean is not None else "words"


def shape(tallies: tuple[QuestionTally, ...]) -> str:
    tally = tallies[0]
    if "/" in tally.name and tally.options:
        return "matrix"
    if tally.kind in (*PREFERENCES, "time"):
        return tally.kind
    if tally.options:
        return "bars"
    return "number" if tally.mean is not None else "words" if tally.kind == "text" else "base"


def is_long_list(tally: QuestionTally) -> bool:
    """Whether an order by number of people helps: many choices, none of them a step of a scale or a number."""
    return tally.kind not in (*ORDERED, *STANCES) and len(tally.options) > LONG_LIST and not all(is_step(option) for option in tally.options)


def is_step(option: OptionTally) -> bool:
    return option.value.lstrip("-").isdecimal() or option.value == OTHER


def ranking(options: tuple[OptionTally, ...]) -> tuple[OptionTally, ...]:
    """Best first: by mean rank or mean share where they are known, else most chosen; the worded choice and protected cells last,
    so that their place says nothing of their size."""
    return tuple(sorted(options, key=lambda option: (option.value == OTHER, option.count is None, *strength(option))))


def strength(option: OptionTally) -> tuple[float, float]:
    if option.ranked == 0:
        return math.inf, 0
    best = option.mean_rank if option.mean_rank is not None else -(option.mean_share or 0)
    return best, -(option.count or 0)


def top(tally: QuestionTally | GroupTally) -> tuple[OptionTally, ...]:
    chosen = [option for option in tally.options if option.count or option.mean_rank is not None]
    return tuple(sorted(chosen, key=strength)[:TOP])


def two_highest(tally: QuestionTally) -> tuple[OptionTally, ...]:
    """Lower one first; none but on a satisfaction scale. A form may list its steps in either direction."""
    if measure(tally) != "satisfaction":
        return ()
    return tuple(sorted(tally.options, key=lambda option: float(option.value))[-2:])


def section_label(questionnaire: Questionnaire | None, name: str) -> Text:
    sections = questionnaire.sections if questionnaire else ()
    return next((unpiped(section.label) for section in sections if any(question.name == name for question in section.questions)), {})


def question_of(questionnaire: Questionnaire | None, name: str) -> Question | None:
    questions = questionnaire.questions() if questionnaire else iter(())
    return next((question for question in questions if question.name == name), None)


def grouping_label(report: Report, key: str) -> Text:
    """What a variable of groups is called: a question's label, or the name of a village, channel or help."""
    named = {tally.name: tally.label for tally in report.questions}
    return GROUPINGS.get(key) or named.get(key) or {"vi": key}

"""What will be made of the answers, said before they are asked: which figures, of whom, by which groups, and what will not be concluded."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, structs

from surveys.kinds import (
    SATISFACTION,
    Clause,
    Date,
    Decimal,
    Integer,
    Kind,
    Matrix,
    OpenText,
    Place,
    Points,
    Ranking,
    Scale,
    SelectMultiple,
    SelectOne,
    Stance,
    Text,
    Time,
    UnitChoice,
)
from surveys.problems import Code
from surveys.questionnaire import Questionnaire

FigureName = Literal["stances", "shares", "index", "mean", "ranks", "points", "themes", "list"]

FIGURES: Mapping[FigureName, Code] = {
    "stances": Code("figure_stances", "Số và tỷ lệ đồng ý, không đồng ý, ý kiến khác; số không trả lời"),
    "shares": Code("figure_shares", "Số và tỷ lệ người chọn từng ý; số không trả lời"),
    "index": Code("figure_index", "Chỉ số hài lòng = (hài lòng + rất hài lòng) / số trả lời hợp lệ × 100"),
    "mean": Code("figure_mean", "Trung bình, trung vị, thấp nhất, cao nhất"),
    "ranks": Code("figure_ranks", "Thứ hạng trung bình và số lần được xếp thứ nhất"),
    "points": Code("figure_points", "Phần điểm trung bình của từng việc"),
    "themes": Code("figure_themes", "Ý kiến tự viết, đọc hết rồi xếp theo nhóm nội dung"),
    "list": Code("figure_list", "Liệt kê những gì đã nêu, không kèm thông tin người nêu"),
}
"""What can be reported of a question, as it is said to officials."""

FITTING: Mapping[FigureName, tuple[type[Kind], ...]] = {
    "stances": (Stance, Clause),
    "shares": (SelectOne, SelectMultiple, Scale, Matrix, UnitChoice),
    "index": (Scale, Matrix),
    "mean": (Integer, Decimal, Scale, Matrix),
    "ranks": (Ranking,),
    "points": (Points,),
    "themes": (OpenText,),
    "list": (OpenText, Place, Date, Time),
}
"""Which kinds of question each figure can be made of."""


class Figure(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One figure of these questions, apart by the groups that the questions in `by` make."""

    questions: tuple[str, ...]
    figure: FigureName
    by: tuple[str, ...] = ()
    note: Text = {}


class Criterion(Struct, frozen=True):
    """A row of a matrix, `question/row`, and what it weighs in the index of all criteria."""

    row: str
    weight: int


class AnalysisPlan(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`base`: who is counted. `groups`: how groups are formed. `compared`: what with what. `not_concluded`: what nobody may read out of it."""

    figures: tuple[Figure, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    base: Text = {}
    groups: Text = {}
    compared: Text = {}
    not_concluded: Text = {}


def missing_names(plan: AnalysisPlan, questionnaire: Questionnaire) -> list[str]:
    """What the plan names and the questionnaire no longer has, each once."""
    rows = {f"{question.name}/{row.name}" for question in questionnaire.questions() for row in getattr(question.kind, "rows", ())}
    known = rows | {question.name for question in questionnaire.questions()}
    named = [name for figure in plan.figures for name in (*figure.questions, *figure.by)] + [criterion.row for criterion in plan.criteria]
    return [name for name in dict.fromkeys(named) if name not in known]


def aligned(plan: AnalysisPlan, questionnaire: Questionnaire) -> AnalysisPlan:
    """The plan without what is no longer asked, and with a figure for each question that none was planned of; rows without a weight weigh 0."""
    gone = set(missing_names(plan, questionnaire))
    figures = [structs.replace(figure, questions=left(figure.questions, gone), by=left(figure.by, gone)) for figure in plan.figures]
    planned = {name for figure in figures for name in (*figure.questions, *figure.by)}
    unplanned: dict[FigureName, list[str]] = {}
    for question in questionnaire.questions():
        name = usual(question.kind)
        if name and question.name not in planned:
            unplanned.setdefault(name, []).append(question.name)
    added = [Figure(questions=tuple(names), figure=name) for name, names in unplanned.items()]
    criteria = tuple(criterion for criterion in plan.criteria if criterion.row not in gone)
    return structs.replace(plan, figures=(*(figure for figure in figures if figure.questions), *added), criteria=criteria)


def left(names: tuple[str, ...], gone: set[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name not in gone)


def usual(kind: Kind) -> FigureName | None:
    """The figure that is made of this kind where nobody said otherwise."""
    if isinstance(kind, Scale | Matrix):
        return "index" if kind.options == SATISFACTION else "shares"
    return next((name for name, kinds in FITTING.items() if isinstance(kind, kinds)), None)


def misfits(plan: AnalysisPlan, questionnaire: Questionnaire) -> list[str]:
    """Questions whose kind does not give the figure that the plan wants of it."""
    kinds = {question.name: question.kind for question in questionnaire.questions()}
    return [name for figure in plan.figures for name in figure.questions if name in kinds and not isinstance(kinds[name], FITTING[figure.figure])]


class Index(Struct, frozen=True):
    """The index of all criteria, 0 to 100; None where none was answered. `rows`: index and weight of each. `left_out`: rows without an index."""

    value: float | None
    rows: tuple[tuple[str, float, int], ...]
    left_out: tuple[str, ...]


def weighted(plan: AnalysisPlan, indices: Mapping[str, float | None]) -> Index:
    """Σ weight × index / Σ weight over the criteria that have an index; the others are left out and named."""
    rows = tuple((one.row, index, one.weight) for one in plan.criteria if (index := indices.get(one.row)) is not None)
    left_out = tuple(one.row for one in plan.criteria if indices.get(one.row) is None)
    total = sum(weight for _, _, weight in rows)
    return Index(sum(index * weight for _, index, weight in rows) / total if total else None, rows, left_out)


def shares_of_weight(plan: AnalysisPlan) -> Mapping[str, float]:
    """Of each criterion, its part of all weights; empty where there are none."""
    total = sum(criterion.weight for criterion in plan.criteria)
    return {criterion.row: criterion.weight / total for criterion in plan.criteria} if total > 0 else {}

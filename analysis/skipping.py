"""Who was asked what, for many people at once: every condition is put to each distinct set of earlier answers once."""

from collections.abc import Mapping

import numpy as np

from analysis.data import Codes
from surveys import conditions
from surveys.kinds import Consent, Matrix, Scale, SelectMultiple
from surveys.questionnaire import Question, Questionnaire

Columns = Mapping[str, Codes]


def asked_of(questionnaire: Questionnaire, columns: Columns, rows: int) -> tuple[dict[str, np.ndarray], dict[str, Codes], dict[str, int]]:
    """Follows surveys.answers.walk over all rows.

    Gives (rows,) bool for each question that somebody was not asked; the columns without answers to what was not asked;
    and how many of those there were, by question.
    """
    kept, known = dict(columns), dict[str, Codes]()
    asked: dict[str, np.ndarray] = {}
    dropped: dict[str, int] = {}
    wanted = asked_about(questionnaire)
    for section in questionnaire.sections:
        of_section = holding(section.relevant, known, rows)
        for question in section.questions:
            mask = of_section & holding(question.relevant, known, rows)
            names = [column.name for column in question.kind.columns(question.name)]
            if names and not mask.all():
                asked[question.name] = mask
                stray = np.any([(kept[name].codes >= 0) & ~mask for name in names], axis=0)
                dropped |= {question.name: int(stray.sum())} if stray.any() else {}
                kept |= {name: Codes(np.where(mask, kept[name].codes, -1), kept[name].values) for name in names}
            known |= facts(question, kept) if question.name in wanted else {}
    return asked, kept, dropped


def asked_about(questionnaire: Questionnaire) -> frozenset[str]:
    """The questions that some condition asks about."""
    relevant = [section.relevant for section in questionnaire.sections] + [question.relevant for question in questionnaire.questions()]
    return frozenset(name for condition in relevant for name in conditions.names(condition))


def deciding(questionnaire: Questionnaire) -> dict[str, frozenset[str]]:
    """The questions whose answers decide, directly or through others, who is asked each question that somebody may not be."""
    found: dict[str, frozenset[str]] = {}
    for section in questionnaire.sections:
        for question in section.questions:
            named = {*conditions.names(section.relevant), *conditions.names(question.relevant)}
            found[question.name] = frozenset(named).union(*(found.get(name, frozenset()) for name in named))
    return {name: names for name, names in found.items() if names}


def holding(condition: conditions.Condition, known: Columns, rows: int) -> np.ndarray:
    """(rows,) bool: for whom it holds."""
    if condition is None:
        return np.ones(rows, dtype=bool)
    names = conditions.names(condition)
    paths = [path for path in known if path.partition("/")[0] in names]
    code = np.zeros(rows, dtype=np.int64)
    for path in paths:
        code = np.unique(code * (len(known[path].values) + 1) + known[path].codes + 1, return_inverse=True)[1]
    _, first, place = np.unique(code, return_index=True, return_inverse=True)
    answers = [{path: known[path].values[known[path].codes[row]] for path in paths if known[path].codes[row] >= 0} for row in first]
    return np.array([conditions.holds(condition, answer) for answer in answers], dtype=bool)[place]


def facts(question: Question, columns: Columns) -> dict[str, Codes]:
    """What conditions may know of a question, as surveys.conditions.facts says, by path."""
    kind, name = question.kind, question.name
    if isinstance(kind, SelectMultiple):
        return {name: chosen(name, columns, [column.name for column in kind.columns(name) if column.type == "flag"])}
    if isinstance(kind, Matrix):
        return {column.name: numbers(columns[column.name], kind.scale) for column in kind.columns(name)}
    if isinstance(kind, Scale):
        return {name: numbers(columns[name], kind)}
    if isinstance(kind, Consent):
        return {name: Codes(columns[name].codes, [True] * len(columns[name].values))}
    return {name: columns[name]} if kind.asks else {}


def numbers(column: Codes, scale: Scale) -> Codes:
    outside = {option.name for option in scale.missing}
    return Codes(column.codes, [value if value in outside else int(value) for value in column.values])


def chosen(name: str, columns: Columns, flags: list[str]) -> Codes:
    """Lists of the options chosen, one code a distinct list."""
    marks = np.column_stack([columns[flag].codes for flag in flags]) if flags else np.empty((0, 0), dtype=np.int64)
    ticked = np.column_stack([np.array([*columns[flag].values, 0], dtype=np.int64)[columns[flag].codes] for flag in flags])
    code = np.zeros(len(ticked), dtype=np.int64)
    for place in range(ticked.shape[1]):
        code = np.unique(code * 2 + ticked[:, place], return_inverse=True)[1]
    _, first, place_of = np.unique(code, return_index=True, return_inverse=True)
    lists = [[flag.removeprefix(f"{name}/") for flag, tick in zip(flags, ticked[row], strict=True) if tick] for row in first]
    return Codes(np.where((marks >= 0).any(axis=1), place_of, -1), lists)

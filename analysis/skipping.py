"""Who was asked what, for many people at once: every condition is put to each distinct set of earlier answers once."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from analysis.combining import combined, holding_value, worked
from analysis.data import Codes
from surveys import calculations, conditions
from surveys.kinds import Calculation, Consent, Kind, Matrix, Place, Points, Ranking, Scale, SelectMultiple, SelectOne
from surveys.questionnaire import Question, Questionnaire

Columns = Mapping[str, Codes]


def asked_of(questionnaire: Questionnaire, columns: Columns, rows: int) -> tuple[dict[str, np.ndarray], dict[str, Codes], dict[str, int]]:
    """Follows surveys.answers.walk over all rows.

    Gives (rows,) bool for each question that somebody was not asked; the columns without answers to what was not asked and
    without choices that were not offered, and with calculations that had no column; and how many answers to questions that
    were not asked there were, by question.
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
            if isinstance(question.kind, Calculation) and question.name not in kept:
                kept[question.name] = calculated(question.kind, known, rows)
                mask_out(kept, names, mask)
            if names and not mask.all():
                asked[question.name] = mask
                stray = mask_out(kept, names, mask)
                dropped |= {question.name: stray} if stray else {}
            withdraw(question, kept, known, rows)
            known |= facts(question, kept) if question.name in wanted else {}
    return asked, kept, dropped


def mask_out(kept: dict[str, Codes], names: list[str], mask: np.ndarray) -> int:
    """Blanks these columns where the mask is False; how many rows held something there."""
    stray = np.any([(kept[name].codes >= 0) & ~mask for name in names], axis=0)
    kept |= {name: Codes(np.where(mask, kept[name].codes, -1), kept[name].values) for name in names}
    return int(stray.sum())


def withdraw(question: Question, kept: dict[str, Codes], known: Columns, rows: int) -> None:
    """Takes out of `kept` what was chosen and not offered, as surveys.answers.offered does."""
    kind, name = question.kind, question.name
    if not isinstance(kind, SelectOne | SelectMultiple):
        return
    hidden = {option.name: ~holding(option.relevant, known, rows) for option in filtered(kind)}
    if not hidden:
        return
    if isinstance(kind, SelectOne):
        gone = np.any([mask & holding_value(kept[name], option) for option, mask in hidden.items()], axis=0)
        kept[name] = Codes(np.where(gone, -1, kept[name].codes), kept[name].values)
        return
    flags = {column.name: kept[column.name] for column in kind.columns(name) if column.type == "flag"}
    ticks = {flag: holding_value(column, 1) & ~hidden.get(flag.removeprefix(f"{name}/"), np.zeros(rows, dtype=bool)) for flag, column in flags.items()}
    answered = np.any(list(ticks.values()), axis=0)
    kept |= {flag: Codes(np.where(answered, tick, -1), [0, 1]) for flag, tick in ticks.items()}


def asked_about(questionnaire: Questionnaire) -> frozenset[str]:
    """The questions that some condition, choice filter or calculation looks at."""
    relevant = [section.relevant for section in questionnaire.sections] + [question.relevant for question in questionnaire.questions()]
    relevant += [option.relevant for question in questionnaire.questions() for option in filtered(question.kind)]
    return frozenset(name for condition in relevant for name in conditions.names(condition)).union(
        *(calculations.names(question.kind.expression) for question in questionnaire.questions() if isinstance(question.kind, Calculation))
    )


def filtered(kind: Kind) -> Iterator[Any]:
    """Options that are not offered to everybody."""
    if isinstance(kind, SelectOne | SelectMultiple):
        yield from (option for option in kind.options if option.relevant is not None)


def deciding(questionnaire: Questionnaire) -> dict[str, frozenset[str]]:
    """The questions whose answers decide, directly or through others, who is asked each question that somebody may not be."""
    found: dict[str, frozenset[str]] = {}
    for section in questionnaire.sections:
        for question in section.questions:
            named = {*conditions.names(section.relevant), *conditions.names(question.relevant)}
            if isinstance(question.kind, Calculation):
                named |= {*calculations.names(question.kind.expression)}
            found[question.name] = frozenset(named).union(*(found.get(name, frozenset()) for name in named))
    return {name: names for name, names in found.items() if names}


def resting(questionnaire: Questionnaire) -> dict[str, frozenset[str]]:
    """What each calculation is worked out from, directly or through others: paths of questions, rows and options."""
    found: dict[str, frozenset[str]] = {}
    for question in questionnaire.questions():
        if isinstance(question.kind, Calculation):
            paths = conditions.paths(question.kind.expression)
            found[question.name] = frozenset(paths).union(*(found.get(path, frozenset()) for path in paths))
    return found


def holding(condition: conditions.Condition, known: Columns, rows: int) -> np.ndarray:
    """(rows,) bool: for whom it holds."""
    if condition is None:
        return np.ones(rows, dtype=bool)
    paths = named_by(condition, known)
    place, found = combined([known[path] for path in paths], rows)
    true = np.array([conditions.holds(condition, answers(paths, row)) for row in found], dtype=bool)
    return np.asarray(true[place])


def named_by(expression: Any, known: Columns) -> list[str]:
    """What is known of all that it looks at."""
    return [path for path in dict.fromkeys(conditions.paths(expression)) if path in known]


def answers(paths: list[str], row: tuple[Any, ...]) -> dict[str, Any]:
    return {path: value for path, value in zip(paths, row, strict=True) if value is not None}


def calculated(kind: Calculation, known: Columns, rows: int) -> Codes:
    """Its value for everybody who answered what it rests on."""
    paths = named_by(kind.expression, known)
    return worked([known[path] for path in paths], rows, lambda *row: calculations.calculated(kind.expression, answers(paths, row)))


def facts(question: Question, columns: Columns) -> dict[str, Codes]:
    """What conditions may know of a question, as its kind's `facts` says, by path."""
    kind, name = question.kind, question.name
    if isinstance(kind, SelectMultiple):
        return {name: chosen(name, columns, [column.name for column in kind.columns(name) if column.type == "flag"])}
    if isinstance(kind, Matrix):
        return {column.name: numbers(columns[column.name], kind.scale) for column in kind.columns(name)}
    if isinstance(kind, Scale):
        return {name: numbers(columns[name], kind)}
    if isinstance(kind, Consent):
        return {name: Codes(columns[name].codes, [True] * len(columns[name].values))}
    if isinstance(kind, Points | Place):
        return {column.name: columns[column.name] for column in kind.columns(name)}
    if isinstance(kind, Ranking):
        return {name: first_ranks(kind, name, columns)}
    return {name: columns[name]} if kind.columns(name) else {}


def first_ranks(kind: Ranking, name: str, columns: Columns) -> Codes:
    """The option with the first rank."""
    options = [option.name for option in kind.options]
    firsts = np.array([holding_value(columns[f"{name}/{option}"], 1) for option in options])
    return Codes(np.where(firsts.any(axis=0), firsts.argmax(axis=0), -1), options)


def numbers(column: Codes, scale: Scale) -> Codes:
    outside = {option.name for option in scale.missing}
    return Codes(column.codes, [value if value in outside else int(value) for value in column.values])


def chosen(name: str, columns: Columns, flags: list[str]) -> Codes:
    """Lists of the options chosen, one code a distinct list."""
    place, found = combined([columns[flag] for flag in flags], len(columns[flags[0]].codes) if flags else 0)
    lists = [[flag.removeprefix(f"{name}/") for flag, tick in zip(flags, row, strict=True) if tick] for row in found]
    blank = np.array([all(tick is None for tick in row) for row in found] or [True], dtype=bool)
    return Codes(np.where(blank[place], -1, place), lists)

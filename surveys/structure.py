"""Whether a questionnaire can work at all: names, options, limits, conditions, words. Everything wrong, at once."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from surveys import calculations, conditions, findings, piping, problems
from surveys.conditions import is_day, is_time
from surveys.kinds import (
    OTHER,
    Calculation,
    Date,
    Decimal,
    Integer,
    Kind,
    Matrix,
    OpenText,
    Option,
    Points,
    Ranking,
    Scale,
    SelectMultiple,
    SelectOne,
    Stance,
    Text,
    Time,
)
from surveys.problems import Problem
from surveys.questionnaire import Question, Questionnaire, Section

NAME = re.compile(r"[^\W\d][\w.-]*")
LONGEST_NAME = 64
Limit = TypeVar("Limit", float, str)
WHOLE = re.compile(r"-?\d{1,9}")


def problems_of(questionnaire: Questionnaire) -> list[Problem]:
    """`where` is the question's or section's name, `question/option` for an option or row."""
    found = [*wrong_names(questionnaire), *wrong_references(questionnaire)]
    for question in questionnaire.questions():
        if is_empty(question.label) and not isinstance(question.kind, Calculation):
            found.append(Problem(findings.NO_WORDS, question.name, {"given": question.name}))
        found += [*wrong_lists(question.kind, question.name), *wrong_limits(question.kind, question.name)]
    if not any(question.kind.asks for question in questionnaire.questions()):
        found.append(Problem(findings.NO_QUESTIONS))
    return found


def wrong_names(questionnaire: Questionnaire) -> Iterator[Problem]:
    names = [question.name for question in questionnaire.questions()]
    yield from (Problem(findings.BAD_NAME, name, {"given": name}) for name in dict.fromkeys(names) if not NAME.fullmatch(name) or len(name) > LONGEST_NAME)
    yield from (Problem(findings.DUPLICATE_NAME, name, {"given": name}) for name in twice(names))
    sections = [section.name for section in questionnaire.sections]
    yield from (Problem(findings.DUPLICATE_SECTION, name, {"given": name}) for name in twice(sections))


def twice(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def wrong_references(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Conditions, calculations and texts that look at what is not asked before them."""
    everything = [question.name for question in questionnaire.questions()]
    earlier: list[Question] = []
    for section in questionnaire.sections:
        yield from wrong_part(section, earlier, everything[len(earlier) :])
        for question in section.questions:
            later = everything[len(earlier) :]
            yield from wrong_part(question, earlier, later)
            yield from wrong_filters(question, earlier, later)
            if isinstance(question.kind, Calculation):
                yield from located(question.name, calculations.problems_of(question.kind.expression, earlier, later=later))
            earlier.append(question)


def wrong_part(part: Section | Question, earlier: list[Question], later: list[str]) -> Iterator[Problem]:
    if part.relevant is not None:
        yield from located(part.name, conditions.problems_of(part.relevant, earlier, later=later))
    known = {question.name for question in earlier}
    wanted = dict.fromkeys(name for text in piping.texts(part) for name in piping.names(text))
    for name in wanted:
        if name not in known:
            yield Problem(problems.PIPED_LATER if name in later else problems.PIPED_UNKNOWN, part.name, {"given": name})


def wrong_filters(question: Question, earlier: list[Question], later: list[str]) -> Iterator[Problem]:
    for name in ("options", "rows", "missing"):
        for option in getattr(question.kind, name, ()):
            if option.relevant is None:
                continue
            where = f"{question.name}/{option.name}"
            if not isinstance(question.kind, SelectOne | SelectMultiple):
                yield Problem(problems.FILTER_MISPLACED, where)
            yield from located(where, conditions.problems_of(option.relevant, earlier, later=later))


def located(where: str, found: Iterable[Problem]) -> list[Problem]:
    return [Problem(problem.code, where, problem.given) for problem in found]


def is_empty(text: Text) -> bool:
    return not any(words.strip() for words in text.values())


def wrong_lists(kind: Kind, name: str) -> Iterator[Problem]:
    match kind:
        case SelectOne() | SelectMultiple():
            reserved = (OTHER, "text") if kind.other else ()
            yield from wrong_options(kind.options, name, reserved=reserved, listed=isinstance(kind, SelectMultiple))
        case Ranking() | Points():
            yield from wrong_options(kind.options, name, listed=True)
        case Scale():
            yield from [*wrong_options(kind.options, name, also=kind.missing), *wrong_scale(kind.options, name)]
        case Matrix():
            yield from [*wrong_options(kind.options, name, also=kind.missing), *wrong_scale(kind.options, name)]
            yield from wrong_options(kind.rows, name) if kind.rows else [Problem(findings.NO_ROWS, name)]


def wrong_options(
    options: Sequence[Option], name: str, *, also: Sequence[Option] = (), reserved: Iterable[str] = (), listed: bool = False
) -> Iterator[Problem]:
    """listed: its answers are kept as names in a row, so that no name may hold a space."""
    if not options:
        yield Problem(findings.NO_OPTIONS, name)
    names = [option.name for option in (*options, *also)]
    for option in dict.fromkeys(names):
        if not is_option_name(option) or (listed and " " in option):
            yield Problem(findings.BAD_OPTION_NAME, f"{name}/{option}", {"given": option})
        if option in reserved:
            yield Problem(findings.RESERVED_OPTION, f"{name}/{option}", {"given": option})
    yield from (Problem(findings.DUPLICATE_OPTION, f"{name}/{option}", {"given": option}) for option in twice(names))


def is_option_name(name: str) -> bool:
    return 0 < len(name) <= LONGEST_NAME and name == name.strip() and "/" not in name and name.isprintable()


def wrong_scale(options: Sequence[Option], name: str) -> Iterator[Problem]:
    odd = [option.name for option in options if not WHOLE.fullmatch(option.name) or option.name != str(int(option.name))]
    yield from (Problem(findings.SCALE_NAME, f"{name}/{option}", {"given": option}) for option in odd)
    numbers = [] if odd else [int(option.name) for option in options]
    if numbers != sorted(numbers):
        yield Problem(findings.SCALE_ORDER, name)


def wrong_limits(kind: Kind, name: str) -> Iterator[Problem]:
    match kind:
        case Integer() | Decimal():
            yield from crossed(kind.low, kind.high, name)
        case Date():
            odd = [limit for limit in (kind.low, kind.high) if limit is not None and not is_day(limit)]
            yield from (Problem(findings.LIMIT_UNREADABLE, name, {"given": limit}) for limit in odd)
            yield from [] if odd else crossed(kind.low, kind.high, name)
        case Time():
            odd = [limit for limit in (kind.low, kind.high) if limit is not None and not is_time(limit)]
            yield from (Problem(findings.LIMIT_UNREADABLE, name, {"given": limit}) for limit in odd)
            yield from [] if odd else crossed(kind.low, kind.high, name)
        case SelectMultiple():
            yield from crossed(kind.least, kind.most, name)
            choices = len(kind.options) + kind.other
            if kind.least is not None and kind.options and kind.least > choices:
                yield Problem(findings.TOO_FEW_OPTIONS, name, {"low": kind.least, "n": choices})
        case Ranking() if kind.most is not None and not 1 <= kind.most <= len(kind.options):
            yield Problem(findings.TOO_FEW_OPTIONS, name, {"low": kind.most, "n": len(kind.options)})
        case Points() if kind.total < 1:
            yield Problem(findings.NO_ROOM, name, {"given": kind.total})
        case OpenText() | Stance() if kind.longest < 1:
            yield Problem(findings.NO_ROOM, name, {"given": kind.longest})


def crossed(low: Limit | None, high: Limit | None, name: str) -> list[Problem]:
    if low is None or high is None or low <= high:
        return []
    return [Problem(problems.LIMITS_CROSSED, name, {"low": low, "high": high})]

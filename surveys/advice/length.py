"""How long a questionnaire takes, and what of it is too long for a phone."""

import math
from collections.abc import Iterator, Mapping

from surveys import findings
from surveys.advice import codes
from surveys.kinds import Clause, Matrix, Points, Ranking, SelectMultiple, SelectOne
from surveys.problems import Problem
from surveys.questionnaire import Question, Questionnaire, Section

MOST_QUESTIONS = 25
MOST_ON_SCREEN = 7
MOST_OPTIONS = 12
MOST_TO_WEIGH = 8
"""What can be held against each other at once: ranks and points."""
LONGEST_LABEL = 250
MOST_MINUTES = 10

SECONDS: Mapping[str, int] = {"text": 40, "ranking": 25, "points": 45, "unit": 15, "file": 40, "place": 30, "clause": 15}
"""To answer, by kind, once it is read; 10 for any other choice, number or row."""
WORDS_A_MINUTE = 300
CLAUSE_WORDS_A_MINUTE = 200
"""Law is read slower than a question."""


def minutes(questionnaire: Questionnaire) -> int:
    """About how long all of it takes on a phone."""
    return max(1, math.ceil(sum(seconds(question) for question in questionnaire.questions()) / 60))


def seconds(question: Question) -> float:
    if question.kind.tag == "calculation":
        return 0
    answering = SECONDS.get(question.kind.tag, 10 * weight(question))
    read = words_read(question) * 60 / WORDS_A_MINUTE
    return answering + read + (clause_words(question.kind) * 60 / CLAUSE_WORDS_A_MINUTE if isinstance(question.kind, Clause) else 0)


def weight(question: Question) -> int:
    """Answers it wants: a row of a matrix is one."""
    return len(question.kind.rows) if isinstance(question.kind, Matrix) else int(question.kind.asks)


def words_read(question: Question) -> int:
    options = [option for field in ("rows", "options", "missing") for option in getattr(question.kind, field, ())]
    texts = [question.label, question.hint, *(option.label for option in options)]
    return sum(len((text.get("vi") or next(iter(text.values()), "")).split()) for text in texts)


def clause_words(clause: Clause) -> int:
    return sum(len(" ".join([block.text, *(cell for row in block.rows for cell in row)]).split()) for block in clause.body)


def too_long(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Clauses of a plan do not count: people answer at those that concern them."""
    yield from long_whole(questionnaire)
    for section in questionnaire.sections:
        yield from long_section(section)
    for question in questionnaire.questions():
        yield from (problem for problem in (long_label(question), many_options(question)) if problem)


def long_whole(questionnaire: Questionnaire) -> Iterator[Problem]:
    asked = [question for question in questionnaire.questions() if not isinstance(question.kind, Clause)]
    count, spent = sum(map(weight, asked)), math.ceil(sum(map(seconds, asked)) / 60)
    if count > MOST_QUESTIONS:
        yield Problem(findings.LONG_FORM, "", {"n": count, "minutes": spent, "high": MOST_QUESTIONS})
    elif spent > MOST_MINUTES:
        yield Problem(codes.LONG_TIME, "", {"minutes": spent, "high": MOST_MINUTES})


def long_section(section: Section) -> Iterator[Problem]:
    here = sum(weight(question) for question in section.questions if not isinstance(question.kind, Clause))
    if here > MOST_ON_SCREEN and len(section.questions) > 1:
        yield Problem(findings.LONG_SECTION, section.name, {"n": here, "high": MOST_ON_SCREEN})


def long_label(question: Question) -> Problem | None:
    longest = max((len(words) for words in question.label.values()), default=0)
    asks = question.kind.asks and not isinstance(question.kind, Clause)
    return Problem(findings.LONG_LABEL, question.name, {"n": longest, "high": LONGEST_LABEL}) if asks and longest > LONGEST_LABEL else None


def many_options(question: Question) -> Problem | None:
    kind = question.kind
    if not isinstance(kind, SelectOne | SelectMultiple | Ranking | Points):
        return None
    most = MOST_TO_WEIGH if isinstance(kind, Ranking | Points) else MOST_OPTIONS
    count = len(kind.options)
    return Problem(findings.MANY_OPTIONS, question.name, {"n": count, "high": most}) if count > most else None

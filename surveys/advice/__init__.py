"""What a methodologist would say of a questionnaire's words, scales, options and length: advice, never a ban.

One rule is one function over an `Asked`: it gives the problem it sees, or nothing. Words and patterns are data (words_vi, words_en).
"""

from collections.abc import Callable, Iterator

from surveys.advice import lists, scales, wording
from surveys.advice.texts import Asked, asked
from surveys.problems import Problem
from surveys.questionnaire import Questionnaire

Rule = Callable[[Asked], Problem | None]

RULES: tuple[Rule, ...] = (
    wording.leading,
    wording.presuming,
    wording.two_questions,
    wording.double_negative,
    wording.absolute,
    wording.vague_often,
    wording.without_period,
    wording.abbreviated,
    scales.unbalanced,
    scales.without_dont_know,
    lists.overlapping,
    lists.with_gap,
    lists.without_other,
    lists.long_option,
)
"""In the order in which they are said of one question."""


def advise(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Question by question; `where` is the question."""
    for one in asked(questionnaire):
        yield from (problem for rule in RULES if (problem := rule(one)) is not None)

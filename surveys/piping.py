"""Earlier answers in later texts: `${question}` stands for the answer, in words."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from surveys.kinds import SelectMultiple, SelectOne, Text
from surveys.questionnaire import Question, Questionnaire, Section

PLACE = re.compile(r"\$\{\s*([^\W\d][\w./-]*)\s*\}")

UNANSWERED = "…"
"""What stands where nothing was answered, and where answers are not known: on paper, or without script."""


def pieces(words: str) -> list[tuple[str, str]]:
    """The sentence as (plain words, name of the question that follows them), the last with the name ''."""
    found, at = [], 0
    for place in PLACE.finditer(words):
        found.append((words[at : place.start()], place[1]))
        at = place.end()
    return [*found, (words[at:], "")]


def names(text: Text) -> list[str]:
    """The questions that a text wants the answers of, in all its languages, each once."""
    return list(dict.fromkeys(name for words in text.values() for _, name in pieces(words) if name))


def filled(words: str, answer: Callable[[str], str]) -> str:
    """The sentence with `answer(name)` in each place; … where that is ''."""
    return "".join(plain + (answer(name) or UNANSWERED if name else "") for plain, name in pieces(words))


def answers_in_words(questionnaire: Questionnaire, values: Mapping[str, Any], language: str) -> Callable[[str], str]:
    """What these checked values say, by question; '' where there is no answer."""
    kinds = {question.name: question.kind for question in questionnaire.questions()}

    def answer(name: str) -> str:
        return kinds[name].words(values[name], language) if name in kinds and values.get(name) is not None else ""

    return answer


def texts(part: Section | Question) -> Iterator[Text]:
    """Every text of a section or question in which answers may stand."""
    yield part.label
    if isinstance(part, Question):
        yield part.hint
        if isinstance(part.kind, SelectOne | SelectMultiple):
            yield from (option.label for option in part.kind.options)

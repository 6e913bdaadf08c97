"""What a trial run brought: each question with how often each answer was given, read by the questionnaire as it is now."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from surveys import answers
from surveys.kinds import Matrix, Text, say
from surveys.questionnaire import Question, Questionnaire


class Tried(Struct, frozen=True):
    """A question: how many were asked it and answered, and the answers in words with how often each came, most frequent first."""

    name: str
    label: Text
    asked: int
    answered: int
    given: tuple[tuple[str, int], ...]


def tried(questionnaire: Questionnaire, given: Iterable[Mapping[str, Any]], language: str) -> list[Tried]:
    """Answers that the questionnaire no longer takes are passed over."""
    known = {question.name for question in questionnaire.questions() if question.kind.asks}
    checked = [answers.check(questionnaire, {name: value for name, value in one.items() if name in known}).values for one in given]
    asked = Counter(name for values in checked for name in answers.asked(questionnaire, values))
    return [counted(question, [values[question.name] for values in checked if question.name in values], asked[question.name], language)
            for question in questionnaire.questions() if question.kind.asks]  # fmt: skip


def counted(question: Question, values: list[Any], asked: int, language: str) -> Tried:
    words = Counter(words for value in values for words in spoken(question, value, language))
    return Tried(question.name, question.label, asked, len(values), tuple(words.most_common()))


def spoken(question: Question, value: Any, language: str) -> list[str]:
    """An answer as one or more lines: several choices are counted one by one, a matrix by row."""
    kind = question.kind
    if isinstance(kind, Matrix):
        labels = {row.name: say(row.label, language) or row.name for row in kind.rows}
        return [f"{labels[row]}: {kind.scale.words(choice, language)}" for row, choice in value.items()]
    if kind.tag == "select_multiple":
        return [kind.words([choice], language) for choice in value]
    return [kind.words(value, language)]

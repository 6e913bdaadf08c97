"""The words of a questionnaire as the rules read them: by language, in small letters, the sentence that asks."""

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from surveys.kinds import Clause, Text
from surveys.language import normalise
from surveys.questionnaire import Question, Questionnaire

MARKS = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
"""“hoà” and “hòa”, “uỷ” and “ủy” are one word each; after q the mark stands on the y either way."""
PLACED = re.compile(rf"(?<!q)(?:{'|'.join(MARKS)})(?!\w)")
END = re.compile(r"(?<=[.!?;:])\s+|\n+")
APART = re.compile(r"[“\"«][^”\"»]*[”\"»]|\([^)]*\)|\$\{[^}]*\}")
"""Words that are quoted, bracketed or filled in: not the question's own."""


KEPT = 16_384
"""Sentences whose reading is kept: the desk asks for advice on all of a questionnaire whenever one word of it changes."""


class Asked(Struct, frozen=True):
    """A question with what stands around it. `everybody`: no condition keeps anybody from it."""

    question: Question
    everybody: bool
    heading: Text
    known: str
    """Every text of the questionnaire, in one string."""

    def said(self, text: Text) -> Iterator[tuple[str, str]]:
        """The text by language, as the rules read it, without what is empty."""
        yield from ((language, plain(words)) for language, words in text.items() if words.strip())


def asked(questionnaire: Questionnaire) -> Iterator[Asked]:
    """Every question that is answered, but for clauses: their words are the plan's."""
    known = " ".join(words for text in every_text(questionnaire) for words in text.values())
    for section in questionnaire.sections:
        for question in section.questions:
            if question.kind.asks and not isinstance(question.kind, Clause):
                yield Asked(question, section.relevant is None and question.relevant is None, section.label, known)


def every_text(questionnaire: Questionnaire) -> Iterator[Text]:
    yield questionnaire.title
    for section in questionnaire.sections:
        yield section.label
        for question in section.questions:
            yield from (question.label, question.hint)
            for field in ("rows", "options", "missing"):
                yield from (option.label for option in getattr(question.kind, field, ()))


@lru_cache(KEPT)
def plain(words: str) -> str:
    """Small letters, composed, single spaces, straight apostrophes, tone marks in the newer place."""
    text = normalise(words).lower().replace("’", "'")
    return PLACED.sub(lambda found: MARKS[found[0]], text)


@lru_cache(KEPT)
def sentences(text: str) -> tuple[str, ...]:
    return tuple(sentence.strip() for sentence in END.split(text) if sentence.strip())


@lru_cache(KEPT)
def asking(text: str) -> str:
    """The sentence that asks: the last one that ends with a question mark, else all of it. Without what is quoted or bracketed."""
    found = [sentence for sentence in sentences(APART.sub(" ", text)) if sentence.endswith("?")]
    return " ".join((found[-1] if found else APART.sub(" ", text)).split())


@lru_cache(4 * KEPT)
def first(pattern: re.Pattern[str], text: str) -> str:
    """What the pattern finds first, without the marks around it; '' where nothing."""
    found = pattern.search(text)
    return found[0].strip(" ,.;:–—-") if found else ""


@lru_cache(4 * KEPT)
def says(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.search(text) is not None

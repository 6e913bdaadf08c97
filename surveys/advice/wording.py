"""Rules about the words of one question."""

import re
from functools import lru_cache

from surveys.advice import codes, patterns
from surveys.advice.patterns import Patterns
from surveys.advice.texts import KEPT, Asked, asking, first, plain, says, sentences
from surveys.kinds import Consent, Matrix, Option, Scale, SelectMultiple, SelectOne, Stance, Text
from surveys.problems import Code, Problem

CLOSED = (SelectOne, Scale, Stance, Matrix)
"""Kinds that want one answer for the whole question."""
ABBREVIATED = re.compile(r"(?<![\w/.&-])(?=[^\W\d]*[^\W\d]{2})[A-ZĐĂÂÊÔƠƯ]{2,8}(?![\w/&-])")
ROMAN = re.compile(r"[IVXLC]+")
KNOWN = frozenset(
    [
        "COVID",
        "HIV",
        "AIDS",
        "SMS",
        "QR",
        "GPS",
        "ATM",
        "TV",
        "USB",
        "PDF",
        "LED",
        "WC",
        "OK",
        "ID",
        "VNEID",
        "TP",
        "PIN",
        "FM",
        "VTV",
        "AM",
        "PM",
        "CD",
        "EU",
        "VN",
        "NFC",
    ]
)
"""Abbreviations that are words by now."""


def leading(one: Asked) -> Problem | None:
    """Words that push towards an answer; a consent is a statement of the respondent's own."""
    return None if isinstance(one.question.kind, Consent) else seen(one, patterns.LEADING, codes.LEADING, one.question.label, one.question.hint)


def presuming(one: Asked) -> Problem | None:
    """Why, of everybody. Where a condition stands, the answer is known."""
    return seen(one, patterns.WHY, codes.PRESUMING, one.question.label) if one.everybody else None


def two_questions(one: Asked) -> Problem | None:
    kind = one.question.kind
    if not isinstance(kind, (*CLOSED, SelectMultiple)):
        return None
    for language, label in one.said(one.question.label):
        if len(question_marks(label)) > 1:
            return Problem(codes.TWO_QUESTIONS, one.question.name, {"given": " ".join(question_marks(label)[-2:])})
        pair = joined(asking(label), language, always=isinstance(kind, Scale)) if isinstance(kind, CLOSED) and is_asking(kind, label) else ""
        if pair:
            return Problem(codes.TWO_QUESTIONS, one.question.name, {"given": pair})
    return two_in_a_row(one, kind) if isinstance(kind, Matrix) else None


def is_asking(kind: object, label: str) -> bool:
    """A point of a plan, “Điểm 1. …”, is no question: whoever agrees in part has “other opinion”."""
    return not isinstance(kind, Stance) or "?" in label


def question_marks(label: str) -> list[str]:
    """The sentences that ask."""
    return [sentence for sentence in sentences(label) if sentence.endswith("?")]


def two_in_a_row(one: Asked, kind: Matrix) -> Problem | None:
    for row in kind.rows:
        for language, label in one.said(row.label):
            pair = joined(asking(label), language, always=True)
            if pair:
                return Problem(codes.TWO_QUESTIONS, f"{one.question.name}/{row.name}", {"given": pair})
    return None


@lru_cache(KEPT)
def joined(sentence: str, language: str, *, always: bool) -> str:
    """The two things that a word like “và” joins; '' where they are one, or only say when and who. always: any such pair counts."""
    sentence = patterns.WHO.sub(" ", patterns.WHEN.sub("", sentence))
    for words in patterns.TOGETHER.get(language, ()):
        sentence = sentence.replace(words, " ")
    if language not in patterns.JOIN or patterns.BETWEEN.search(sentence) or not (always or patterns.RATED[language].search(sentence)):
        return ""
    for found in patterns.JOIN[language].finditer(sentence):
        before, after = sentence[: found.start()].split(), sentence[found.end() :].split()
        if before and after and not (before[-1][-1].isdigit() or after[0][0].isdigit()):
            return " ".join([*before[-2:], found[0].strip(), *after[:2]]).strip(" ,.?")
    return ""


def double_negative(one: Asked) -> Problem | None:
    for language, label in one.said(one.question.label):
        given = first(patterns.NOT_NOT[language], negations_in(label)) if language in patterns.NOT_NOT else ""
        if given:
            return Problem(codes.DOUBLE_NEGATIVE, one.question.name, {"given": given})
    return None


@lru_cache(KEPT)
def negations_in(label: str) -> str:
    """What the question asks, without words that only look like negations."""
    return " ".join(patterns.NOT_A_NEGATION.sub(" ", asking(label)).split())


def absolute(one: Asked) -> Problem | None:
    return seen(one, patterns.ABSOLUTE, codes.ABSOLUTE, one.question.label) if isinstance(one.question.kind, CLOSED) else None


def vague_often(one: Asked) -> Problem | None:
    """In a question of yes or no, or as two or more of the answers."""
    kind = one.question.kind
    if not isinstance(kind, SelectOne | Scale | Matrix):
        return None
    if isinstance(kind, SelectOne) and len(kind.options) <= 3:
        found = seen(one, patterns.OFTEN, codes.VAGUE_OFTEN, one.question.label)
        if found is not None:
            return found
    vague = [option for option in kind.options if any(matches(patterns.OFTEN_OPTION, language, words) for language, words in one.said(option.label))]
    return Problem(codes.VAGUE_OFTEN, one.question.name, {"given": vague[0].label}) if len(vague) > 1 else None


def without_period(one: Asked) -> Problem | None:
    """How many times, with no word anywhere near of since when."""
    around = [one.question.label, one.question.hint, one.heading]
    for language, label in one.said(one.question.label):
        if matches(patterns.HOW_OFTEN, language, label):
            known = any(matches(patterns.PERIOD, language, words) for text in around for other, words in one.said(text) if other == language)
            offered = any(matches(patterns.PERIOD, other, words) for option in options_of(one) for other, words in one.said(option.label))
            return None if known or offered else Problem(codes.NO_PERIOD, one.question.name)
    return None


def abbreviated(one: Asked) -> Problem | None:
    texts = [one.question.label, *(option.label for option in options_of(one))]
    for text in texts:
        for words in text.values():
            for short in abbreviations(words):
                if f"({short})" not in one.known:
                    return Problem(codes.ABBREVIATION, one.question.name, {"given": short})
    return None


def options_of(one: Asked) -> list[Option]:
    """All rows and options that its kind has."""
    return [option for field in ("rows", "options", "missing") for option in getattr(one.question.kind, field, ())]


@lru_cache(KEPT)
def abbreviations(words: str) -> tuple[str, ...]:
    """Of a text that is not all in capitals."""
    found = ABBREVIATED.findall(words) if any(letter.islower() for letter in words) else []
    return tuple(short for short in found if short not in KNOWN and not ROMAN.fullmatch(short))


def seen(one: Asked, wanted: Patterns, code: Code, *texts: Text) -> Problem | None:
    """The first of these texts that says one of these patterns, with the words it says."""
    for text in texts:
        for language, words in one.said(text):
            for sentence in sentences(words):
                given = first(wanted[language], sentence) if language in wanted else ""
                if given:
                    return Problem(code, one.question.name, {"given": given})
    return None


def matches(wanted: Patterns, language: str, words: str) -> bool:
    return language in wanted and says(wanted[language], plain(words))

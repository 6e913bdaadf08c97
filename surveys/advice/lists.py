"""Rules about the answers offered: ranges that fit together, a way out, words that a phone can show."""

from collections.abc import Iterator
from itertools import pairwise

from surveys.advice import codes, patterns
from surveys.advice.ranges import Range, range_of
from surveys.advice.texts import Asked
from surveys.advice.wording import matches
from surveys.kinds import Option, SelectMultiple, SelectOne
from surveys.problems import Problem

LONGEST_OPTION = 90
"""Characters: three lines of a small phone."""
FEW = 3


def overlapping(one: Asked) -> Problem | None:
    for (first, left), (second, right) in neighbours(one):
        if left.overlaps(right):
            return Problem(codes.OVERLAP, one.question.name, {"first": first.label, "second": second.label})
    return None


def with_gap(one: Asked) -> Problem | None:
    for (first, left), (second, right) in neighbours(one):
        if left.leaves_gap(right):
            return Problem(codes.GAP, one.question.name, {"first": first.label, "second": second.label})
    return None


def neighbours(one: Asked) -> Iterator[tuple[tuple[Option, Range], tuple[Option, Range]]]:
    """The ranges of a choice of one, from low to high, each with the next; none where they measure different things."""
    if not isinstance(one.question.kind, SelectOne):
        return
    found = [(option, read) for option in one.question.kind.options if (read := read_range(one, option)) is not None]
    if len({read.unit for _, read in found} - {""}) <= 1:
        yield from pairwise(sorted(found, key=lambda pair: (pair[1].low, pair[1].high)))


def read_range(one: Asked, option: Option) -> Range | None:
    return next((read for _, words in one.said(option.label) if (read := range_of(words)) is not None), None)


def without_other(one: Asked) -> Problem | None:
    """Reasons, difficulties, sources: nobody can list them all."""
    kind = one.question.kind
    if not isinstance(kind, SelectOne | SelectMultiple) or kind.other or len(kind.options) < FEW:
        return None
    if any(matches(patterns.ELSE, language, words) for option in kind.options for language, words in one.said(option.label)):
        return None
    open_list = any(matches(patterns.REASONS, language, words) for language, words in one.said(one.question.label))
    return Problem(codes.NO_OTHER, one.question.name) if open_list else None


def long_option(one: Asked) -> Problem | None:
    for field in ("options", "rows"):
        for option in getattr(one.question.kind, field, ()):
            longest = max((len(words) for words in option.label.values()), default=0)
            if longest > LONGEST_OPTION:
                return Problem(codes.LONG_OPTION, f"{one.question.name}/{option.name}", {"given": option.name, "n": longest, "high": LONGEST_OPTION})
    return None

"""Rules about scales: as many steps up as down, and a place for who cannot say."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from surveys.advice import codes, patterns
from surveys.advice.patterns import Family
from surveys.advice.texts import KEPT, Asked, plain
from surveys.advice.wording import matches
from surveys.kinds import Matrix, Option, Scale, SelectOne
from surveys.problems import Problem

LANGUAGES = ("vi", "en")


def unbalanced(one: Asked) -> Problem | None:
    """More steps on one side; or the number of the middle left out, as 1, 2, 4, 5 do."""
    for language in LANGUAGES:
        sides = sides_of(one, language)
        up, down = sides.count(1), sides.count(-1)
        if up and down and (up != down or without_middle(one, sides)):
            return Problem(codes.UNBALANCED if up != down else codes.NO_MIDDLE, one.question.name, {"up": up, "down": down})
    return None


def sides_of(one: Asked, language: str) -> list[int | None]:
    """The side of every step, where all of them are of one family."""
    labels = [plain(option.label.get(language, "")) for option in steps(one)]
    if len(labels) < 3 or not all(labels):
        return []
    return next((found for family in patterns.FAMILIES if None not in (found := [side_of(label, family) for label in labels])), [])


@lru_cache(KEPT)
def side_of(label: str, family: Family) -> int | None:
    """0 in the middle, -1 below it, 1 above; None where the label is not of this family."""
    sides = ((0, patterns.MIDDLE), (-1, family.down), (1, family.up))
    return next((side for side, pattern in sides if pattern.search(label)), None)


def steps(one: Asked) -> list[Option]:
    """The steps of a scale, also of one that is a choice of one, without those who cannot say."""
    kind = one.question.kind
    if isinstance(kind, Scale | Matrix):
        return list(kind.options)
    return [option for option in kind.options if not is_outside(one, option)] if isinstance(kind, SelectOne) else []


def without_middle(one: Asked, sides: Sequence[int | None]) -> bool:
    """Names that jump over one number, there where the sides change."""
    names = [option.name for option in steps(one)]
    if 0 in sides or not all(name.isdecimal() for name in names):
        return False
    jumps = [int(right) - int(left) for left, right in pairwise(names)]
    return jumps.count(2) == 1 and jumps.count(1) == len(jumps) - 1 and jumps.index(2) == sides.count(-1) - 1


def without_dont_know(one: Asked) -> Problem | None:
    """Of what people think or know. How often somebody did something, they know themselves."""
    kind = one.question.kind
    if not isinstance(kind, Scale | Matrix | SelectOne) or (isinstance(kind, SelectOne) and not any(sides_of(one, language) for language in LANGUAGES)):
        return None
    if any(is_outside(one, option) for option in kind.options) or (not isinstance(kind, SelectOne) and kind.missing):
        return None
    ends = (*kind.options[:1], *kind.options[-1:])
    own = any(matches(patterns.NEVER, language, words) for option in ends for language, words in one.said(option.label))
    return None if own else Problem(codes.NO_DONT_KNOW, one.question.name)


def is_outside(one: Asked, option: Option) -> bool:
    return any(matches(patterns.OUTSIDE, language, words) for language, words in one.said(option.label))

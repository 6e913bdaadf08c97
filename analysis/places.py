"""Choices that are units, thousands of them: those of few people counted as one."""

from collections.abc import Collection

from analysis.report import OptionTally
from surveys.kinds import OTHER, Text, UnitChoice

UNIT = UnitChoice().tag
ELSEWHERE: Text = {"vi": "Nơi khác", "en": "Other places"}


def together(options: tuple[OptionTally, ...], answered: int | None, few: Collection[str]) -> tuple[OptionTally, ...]:
    """The others, and `few` as one choice behind them; it is hidden where one of them is."""
    counts = [option.count for option in options if option.value in few]
    known = [count for count in counts if count is not None]
    hidden = len(known) < len(counts)
    people = None if hidden else sum(known)
    share = 100 * people / answered if people is not None and answered else None
    return (*(option for option in options if option.value not in few), OptionTally(OTHER, ELSEWHERE, people, share, suppressed=hidden))

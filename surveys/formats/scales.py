"""Lists of options that are scales, whichever program they come from."""

import re
from collections.abc import Mapping, Sequence

from surveys.kinds import Option, Scale
from surveys.language import fold

WHOLE = re.compile(r"-?(0|[1-9]\d{0,8})")
MISSING_CODES = frozenset({8, 9, 66, 77, 88, 96, 97, 98, 99, 666, 777, 888, 996, 997, 998, 999, 9999, -1, -7, -8, -9, -66, -77, -88, -97, -98, -99, -999})
"""Numbers that surveys give to answers outside a scale."""

MISSING_WORDS = re.compile(
    r"\b(khong biet|khong ro|khong nho|khong y kien|khong co y kien|chua co y kien|khong tra loi|tu choi|khong ap dung|khong lien quan|khong su dung"
    r"|chua dung|chua su dung|chua tung|don'?t ?know|do not know|not sure|unsure|no opinion|no answer|refused?|refusal|prefer not|decline[ds]?"
    r"|not applicable|haven'?t used|not used|cannot say|can'?t say|unknown|dk|dkn?a|na|n/a|rf|nsp)\b"
)
"""How an answer outside a scale says so, in folded letters."""


def scale(options: Sequence[Option], marks: Mapping[str, bool] = {}) -> Scale | None:
    """The options as a scale, lowest first: whole numbers in a row, and beside them only answers that are plainly outside it.

    Outside are those that `marks` names. Without any, the lowest or highest number if its words say
    “don't know” or “no opinion”, and beyond the numbers such words and the usual codes (98, -9). None where anything else remains.
    """
    marked = [option for option in options if marks.get(option.name)]
    rest = [option for option in options if option not in marked]
    numbers = sorted((option for option in rest if WHOLE.fullmatch(option.name)), key=lambda option: int(option.name))
    steps = longest_run([option for option in numbers if marks or option not in (numbers[0], numbers[-1]) or not says_missing(option)])
    outside = [option for option in rest if option not in steps]
    if len(steps) < 2 or (outside and marks) or not all(is_missing(option) for option in outside):
        return None
    return Scale(tuple(steps), tuple(option for option in options if option not in steps))


def longest_run(numbers: Sequence[Option]) -> list[Option]:
    """The longest stretch of sorted numbers that follow one another, the first of equals."""
    runs: list[list[Option]] = []
    for option in numbers:
        if runs and int(option.name) == int(runs[-1][-1].name) + 1:
            runs[-1].append(option)
        else:
            runs.append([option])
    return max(runs, key=len, default=[])


def is_missing(option: Option) -> bool:
    return says_missing(option) or (WHOLE.fullmatch(option.name) is not None and int(option.name) in MISSING_CODES)


def says_missing(option: Option) -> bool:
    return any(MISSING_WORDS.search(fold(text).replace("’", "'").replace("_", " ")) for text in (option.name, *option.label.values()))

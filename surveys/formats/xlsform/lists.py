"""The choices sheet: lists of options, and which of them are scales."""

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from surveys.formats.xlsform.settings import Settings
from surveys.formats.xlsform.sheets import Row, Sheet
from surveys.kinds import OTHER, STANCE_LABELS, STANCES, Option, Scale
from surveys.language import fold

WHOLE = re.compile(r"-?(0|[1-9]\d{0,8})")
YES = frozenset({"yes", "true", "true()", "1", "x", "có"})
MISSING_CODES = frozenset({8, 9, 66, 77, 88, 96, 97, 98, 99, 666, 777, 888, 996, 997, 998, 999, 9999, -1, -7, -8, -9, -66, -77, -88, -97, -98, -99, -999})
"""Numbers that surveys give to answers outside a scale."""

MISSING_WORDS = re.compile(
    r"\b(khong biet|khong ro|khong nho|khong y kien|khong co y kien|chua co y kien|khong tra loi|tu choi|khong ap dung|khong lien quan|khong su dung"
    r"|chua dung|chua su dung|chua tung|don'?t ?know|do not know|not sure|unsure|no opinion|no answer|refused?|refusal|prefer not|decline[ds]?"
    r"|not applicable|haven'?t used|not used|cannot say|can'?t say|unknown|dk|dkn?a|na|n/a|rf|nsp)\b"
)
"""How an answer outside a scale says so, in folded letters."""


class OptionList(Struct, frozen=True):
    """One list of the choices sheet; `rows` and `options` run alike.

    `marks` is what the column `missing` says, where it says anything. `repeated` are rows whose name the list had already.
    """

    name: str
    rows: tuple[Row, ...]
    options: tuple[Option, ...]
    marks: Mapping[str, bool]
    repeated: tuple[Row, ...]


def lists(sheet: Sheet | None, settings: Settings) -> dict[str, OptionList]:
    """By name, in the order of the sheet. A name that comes twice in a list counts once."""
    rows: dict[str, list[Row]] = {}
    for row in sheet.rows if sheet else ():
        if name := row.take("list_name"):
            rows.setdefault(name, []).append(row)
    return {name: option_list(name, mine, settings) for name, mine in rows.items()}


def option_list(name: str, rows: Iterable[Row], settings: Settings) -> OptionList:
    kept: dict[str, tuple[Row, Option]] = {}
    marks, repeated = {}, []
    for row in rows:
        option = Option(row.take("name"), row.take_text("label", settings.default, settings.languages))
        if option.name in kept:
            repeated.append(row)
        elif option.name:
            kept[option.name] = row, option
            if mark := row.take("missing").casefold():
                marks[option.name] = mark in YES
    return OptionList(name, tuple(row for row, _ in kept.values()), tuple(option for _, option in kept.values()), marks, tuple(repeated))


def scale(listed: OptionList) -> Scale | None:
    """The list as a scale, lowest first: whole numbers in a row, and beside them only answers that are plainly outside it.

    Outside are those that the column `missing` marks. Without that column, the lowest or highest number if its words say
    “don't know” or “no opinion”, and beyond the numbers such words and the usual codes (98, -9). None where anything else remains.
    """
    marked = [option for option in listed.options if listed.marks.get(option.name)]
    rest = [option for option in listed.options if option not in marked]
    numbers = sorted((option for option in rest if WHOLE.fullmatch(option.name)), key=lambda option: int(option.name))
    steps = longest_run([option for option in numbers if listed.marks or option not in (numbers[0], numbers[-1]) or not says_missing(option)])
    outside = [option for option in rest if option not in steps]
    if len(steps) < 2 or (outside and listed.marks) or not all(is_missing(option) for option in outside):
        return None
    return Scale(tuple(steps), tuple(option for option in listed.options if option not in steps))


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


def is_stance(listed: OptionList) -> bool:
    """Agree, disagree and another opinion, under our own labels or none."""
    own = all(
        text == STANCE_LABELS[option.name].get(language, text) for option in listed.options if option.name in STANCES for language, text in option.label.items()
    )
    return own and tuple(sorted(option.name for option in listed.options)) == tuple(sorted(STANCES))


def without_other(listed: OptionList) -> tuple[Option, ...]:
    """The options beside the one that is worded by who answers."""
    return tuple(option for option in listed.options if option.name != OTHER)

"""The choices sheet: lists of options, and which of them are scales."""

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from surveys.formats import scales
from surveys.formats.xlsform.settings import Settings
from surveys.formats.xlsform.sheets import Row, Sheet
from surveys.kinds import OTHER, STANCE_LABELS, STANCES, Option, Scale

MEDIA_NAME = re.compile(r"[0-9a-f]{64}\.[a-z0-9]{2,4}")
"""A picture or sound as it is kept here; any other name is of a file that did not come along."""

YES = frozenset({"yes", "true", "true()", "1", "x", "có"})


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
        picture = row.take("image") if MEDIA_NAME.fullmatch(row.peek("image")) else ""
        option = Option(row.take("name"), row.take_text("label", settings.default, settings.languages), image=picture)
        if option.name in kept:
            repeated.append(row)
        elif option.name:
            kept[option.name] = row, option
            if mark := row.take("missing").casefold():
                marks[option.name] = mark in YES
    return OptionList(name, tuple(row for row, _ in kept.values()), tuple(option for _, option in kept.values()), marks, tuple(repeated))


def scale(listed: OptionList) -> Scale | None:
    return scales.scale(listed.options, listed.marks)


def is_stance(listed: OptionList) -> bool:
    """Agree, disagree and another opinion, under our own labels or none."""
    own = all(
        text == STANCE_LABELS[option.name].get(language, text) for option in listed.options if option.name in STANCES for language, text in option.label.items()
    )
    return own and tuple(sorted(option.name for option in listed.options)) == tuple(sorted(STANCES))


def without_other(listed: OptionList) -> tuple[Option, ...]:
    """The options beside the one that is worded by who answers."""
    return tuple(option for option in listed.options if option.name != OTHER)

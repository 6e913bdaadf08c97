"""What XLSForm has no word for stands in columns of ours, which other programs pass over: clauses, files, maps, units."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, get_args

import msgspec
from msgspec import structs

from surveys.formats.scales import WHOLE
from surveys.formats.xlsform.lists import MEDIA_NAME
from surveys.kinds import Block, File, Place, UnitChoice
from surveys.kinds.file import Sort

if TYPE_CHECKING:
    from surveys.formats.xlsform.sheets import Row

NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,15})?")
LEVELS = frozenset({"province", "ward", "village"})
SENT: Mapping[str, tuple[Sort, ...]] = {"image": ("image",), "photo": ("image",), "audio": ("audio",), "file": File().accepts}
"""Files that people send, by the type of the row."""


def whole(row: Row, field: str) -> int | None:
    """A whole number of a column of ours; anything else is left."""
    return int(row.take(field)) if WHOLE.fullmatch(row.peek(field)) else None


def body(row: Row) -> tuple[Block, ...]:
    """The words of a clause, as JSON in one cell."""
    try:
        made = msgspec.json.decode(row.peek("clause_body") or "[]", type=tuple[Block, ...])
    except msgspec.MsgspecError:
        return ()
    row.take("clause_body")
    return made


def sent(row: Row, text: str) -> File | None:
    """A photo, a sound, or any file; which sorts, and how large, stands in columns of ours."""
    if text not in SENT:
        return None
    sorts = row.peek("accepts").split()
    most = whole(row, "most_mb")
    made = File(SENT[text]) if most is None else File(SENT[text], most)
    if not sorts or not set(sorts) <= set(get_args(Sort)):
        return made
    row.take("accepts")
    return structs.replace(made, accepts=tuple(sort for sort in sorts if sort in get_args(Sort)))


def place(row: Row) -> Place:
    """A point, on a picture where columns of ours name one and its edges."""
    numbers = row.peek("map_bounds").split()
    bounds = None
    if len(numbers) == 4 and all(NUMBER.fullmatch(number) for number in numbers):
        row.take("map_bounds")
        south, west, north, east = (float(number) for number in numbers)
        bounds = south, west, north, east
    return Place(row.take("map_image") if MEDIA_NAME.fullmatch(row.peek("map_image")) else "", bounds)


def unit_choice(row: Row) -> UnitChoice:
    """A province, ward or village: a text to all other programs."""
    level = row.peek("level")
    return UnitChoice(row.take("level") if level in LEVELS else "ward", row.take("within"))  # type: ignore[arg-type]

"""The survey sheet as a tree: groups, repeats and the rows in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from pyxform import aliases
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT
from pyxform.xls2json import RE_BEGIN_CONTROL, RE_END_CONTROL, RE_OSM, RE_SELECT

from surveys.formats.xlsform.lists import YES
from surveys.formats.xlsform.sheets import Row

SETTING_TYPES = frozenset(aliases.settings_header)


class Select(Struct, frozen=True):
    """`select_one colours or_other`, taken apart. `sort` is pyxform's: select one, select all that apply, rank …"""

    sort: str
    listed: str
    other: bool
    from_file: bool


class Group(Struct, frozen=True):
    """`row` None is the whole form. `sort` is group, repeat or loop."""

    row: Row | None
    sort: str
    children: tuple[Group | Row, ...]

    def rows(self) -> Iterator[Row]:
        """Every row inside, those of the groups among them."""
        for child in self.children:
            if isinstance(child, Group):
                if child.row:
                    yield child.row
                yield from child.rows()
            else:
                yield child


def type_of(row: Row) -> str:
    """What the row says it is, with single spaces."""
    return " ".join(row.take("type").split())


def select(text: str) -> Select | None:
    found = RE_SELECT.search(text)
    if not found:
        return None
    command = found["select_command"]
    return Select(aliases.select[command], found["list_name"], found["specify_other"] is not None, command in aliases.select_from_file)


def begins(text: str) -> str | None:
    """group, repeat or loop, where the type opens one."""
    found = RE_BEGIN_CONTROL.search(text)
    return aliases.control[found["type"]] if found else None


def ends(text: str) -> str | None:
    found = RE_END_CONTROL.search(text)
    return aliases.control[found["type"]] if found else None


def is_known(text: str) -> bool:
    """Whether pyxform knows the type at all."""
    return bool(
        text in QUESTION_TYPE_DICT
        or text in SETTING_TYPES
        or text in aliases._type_alias_map
        or select(text)
        or begins(text)
        or ends(text)
        or RE_OSM.search(text)
    )


def is_disabled(row: Row) -> bool:
    return row.take("disabled").casefold() in YES


def is_remark(row: Row) -> bool:
    """A row in which authors write to one another: pyxform skips it."""
    return not row.has("type") and not row.has("name") and not row.has("label")


def is_shown(row: Row) -> bool:
    """Whether people meet it: a select, a note or something to fill in, unless it is only calculated."""
    text = type_of(row)
    control = QUESTION_TYPE_DICT.get(text, {}).get("control", {}).get("tag")
    return bool(select(text) or control not in {None, "action"}) and not is_calculated(row)


def is_calculated(row: Row) -> bool:
    """A value that the phone would work out by itself."""
    return type_of(row) == "calculate" or ((row.has("calculation") or row.has("trigger")) and not row.has("label") and not row.has("hint"))


def tree(rows: Iterable[Row]) -> Group:
    """The form's groups. An end that closes nothing and a group that stays open are problems of checks.py; here they do no harm."""
    opened: list[tuple[Row | None, str, list[Group | Row]]] = [(None, "group", [])]
    for row in rows:
        kind = type_of(row)
        if is_disabled(row):
            row.take_all()
        elif sort := begins(kind):
            opened.append((row, sort, []))
        elif ends(kind):
            row.take("name")
            if len(opened) > 1:
                close(opened)
        else:
            opened[-1][2].append(row)
    while len(opened) > 1:
        close(opened)
    return Group(None, "group", tuple(opened[0][2]))


def close(opened: list[tuple[Row | None, str, list[Group | Row]]]) -> None:
    row, sort, children = opened.pop()
    opened[-1][2].append(Group(row, sort, tuple(children)))

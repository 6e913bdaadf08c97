"""Groups of scales that are one matrix: a list shared by all rows, and nothing of their own beyond a name and a label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surveys.formats.xlsform.kinds import appearance
from surveys.formats.xlsform.lists import scale
from surveys.formats.xlsform.ours import whole
from surveys.formats.xlsform.survey import Group, select, type_of
from surveys.kinds import Matrix, Option, Points, Scale

if TYPE_CHECKING:
    from surveys.formats.xlsform.questions import Form
    from surveys.formats.xlsform.sheets import Row

TABLES = frozenset({"table-list", "field-list"})
OF_A_ROW = frozenset({"type", "name", "label", "required", "appearance", "image"})


def is_matrix(group: Group, form: Form) -> bool:
    if group.row is None or group.sort != "group" or not appearance(group.row) & TABLES:
        return False
    return rows_alike(group) and table_scale(group, form) is not None


def is_one(group: Group, form: Form) -> bool:
    """Whether a group is one question of ours."""
    return is_matrix(group, form) or is_points(group)


def is_points(group: Group) -> bool:
    """Whole numbers that add up, marked as ours: each row is named by the group and its option."""
    if group.row is None or group.sort != "group" or "points" not in appearance(group.row):
        return False
    start = f"{group.row.peek('name')}_"
    return bool(group.children) and all(
        not isinstance(child, Group) and type_of(child) == "integer" and child.peek("name").startswith(start) for child in group.children
    )


def points(group: Group, row: Row, form: Form) -> Points:
    """Of a group that `is_points`."""
    total, start = whole(row, "total"), f"{row.peek('name')}_"
    options = tuple(Option(child.take("name").removeprefix(start), form.text(child, "label"), image=form.picture(child)) for child in rows_of(group))
    return Points(options, Points(()).total if total is None else total, form.text(row, "unit"))


def rows_of(group: Group) -> list[Row]:
    """Without the row that only heads the columns."""
    return [child for child in group.children if not isinstance(child, Group) and "label" not in appearance(child)]


def rows_alike(group: Group) -> bool:
    rows = rows_of(group)
    if not rows or any(isinstance(child, Group) for child in group.children):
        return False
    demands = {row.peek("required") for row in rows}
    own = {column.field for row in rows for column in row.cells if not column.ignorable} - OF_A_ROW
    return len(demands) == 1 and not own and len({type_of(child) for child in group.rows()}) == 1


def table_scale(group: Group, form: Form) -> Scale | None:
    """The one scale of all rows. Where not each says `likert`, only a table of three steps or more is a scale."""
    found = select(type_of(rows_of(group)[0]))
    if found is None or found.sort != "select one" or found.other or found.from_file or found.listed not in form.lists:
        return None
    made = scale(form.lists[found.listed])
    looks = [appearance(row) for row in rows_of(group)]
    if all("likert" in words for words in looks):
        return made
    assert group.row is not None
    drawn = all(words == {"list-nolabel"} for words in looks) or ("table-list" in appearance(group.row) and not any(looks))
    return made if drawn and made and len(made.options) > 2 else None


def matrix(group: Group, form: Form) -> Matrix:
    """Of a group that `is_matrix`. The words of a row that only heads the columns stay in it, and are found there as lost."""
    found, chosen = table_scale(group, form), select(type_of(rows_of(group)[0]))
    assert found is not None
    assert chosen is not None
    form.use(form.lists[chosen.listed])
    return Matrix(tuple(Option(row.take("name"), form.text(row, "label"), image=form.picture(row)) for row in rows_of(group)), found.options, found.missing)

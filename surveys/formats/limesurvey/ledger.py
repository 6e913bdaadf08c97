"""The account of a survey: every element with a text was taken, is named as lost, or is in ignorable.py."""

from collections.abc import Iterator

from surveys.formats import codes
from surveys.formats.limesurvey.document import Row
from surveys.formats.limesurvey.form import Form
from surveys.formats.limesurvey.ignorable import COLUMNS, LOOKS, OFF, QUIET, TABLES
from surveys.problems import Problem

WHOLE_TABLES = frozenset({
    "quota", "quota_members", "quota_languagesettings", "assessments", "defaultvalues", "defaultvalue_l10ns", "conditions", "survey_url_parameters",
    "plugin_settings", "labelsets", "labels", "question_themes",
})  # fmt: skip
"""Tables of which a row is said lost as one."""


def losses(form: Form) -> list[Problem]:
    """What was said lost while reading, then all that nobody took, in the order of the file."""
    seen: set[tuple[object, ...]] = set()
    order = {name: number for number, name in enumerate(form.document.tables)}
    found = [*form.losses, *(loss for row in rows(form) for loss in of_row(row, form) if not repeats(row, loss, seen))]
    return sorted(found, key=lambda loss: position(loss, order))


def rows(form: Form) -> Iterator[Row]:
    for table in form.document.tables.values():
        yield from table
    yield from form.document.beside


def position(loss: Problem, order: dict[str, int]) -> tuple[int, int]:
    table, _, row = loss.where.rpartition("!")
    return order.get(table, len(order)), int(row)


def repeats(row: Row, loss: Problem, seen: set[tuple[object, ...]]) -> bool:
    """Whether the same cell of the same question was named in another language: the older layout repeats it in each."""
    if row.table not in {"questions", "subquestions", "answers", "groups"}:
        return False
    what = (row.table, *(row.peek(key) for key in ("gid", "qid", "code", "scale_id")), loss.given.get("column"), loss.given.get("given"))
    known = what in seen
    seen.add(what)
    return known


def of_row(row: Row, form: Form) -> Iterator[Problem]:
    if row.table in TABLES:
        return
    left = {field: text for field, text in row.left if not is_quiet(row.table, field, text)}
    if row.table == "question_attributes" and "attribute" in row.cells and "attribute" not in row.taken:
        yield from of_attribute(row, form)
    elif row.table in WHOLE_TABLES and left:
        yield Problem(codes.LOST_PART, row.where, {"given": row.table, "words": " · ".join(f"{field}={text}" for field, text in left.items())})
    elif row.table not in COLUMNS and len(left) > 3:
        yield Problem(codes.LOST_TABLE, row.where, {"given": row.table, "n": len(left)})
    else:
        yield from (Problem(codes.LOST_ELEMENT, row.where, {"column": field, "given": text}) for field, text in left.items())


def of_attribute(row: Row, form: Form) -> Iterator[Problem]:
    """An attribute that is set and not about looks. Attributes of questions that were lost are lost with them."""
    name, value = row.peek("attribute"), row.peek("value")
    if value and name not in LOOKS and value not in OFF.get(name, ()):
        title = next((item.peek("title") for item in form.questions if item.peek("qid") == row.peek("qid")), "")
        yield Problem(codes.LOST_ATTRIBUTE, row.where, {"column": name, "name": title, "given": value})


def is_quiet(table: str, field: str, text: str) -> bool:
    return field in COLUMNS.get(table, ()) or text in QUIET.get((table, field), ())

"""`choice_filter` → a condition for each option: its own columns stand in the expression, the rest is about earlier answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import structs

from surveys.formats import codes
from surveys.formats.comparing import UntakenError
from surveys.formats.xlsform.expressions import Node, parse
from surveys.formats.xlsform.relevants import Places, Terms, said
from surveys.kinds import Option, SelectMultiple, SelectOne

if TYPE_CHECKING:
    from surveys.formats.xlsform.lists import OptionList
    from surveys.formats.xlsform.questions import Form
    from surveys.formats.xlsform.sheets import Row


def filtered(kind: SelectOne | SelectMultiple, row: Row, listed: OptionList, places: Places, form: Form) -> SelectOne | SelectMultiple:
    """The kind with its options' conditions. A filter that cannot be said is said lost, and every option stays."""
    expression = row.take("choice_filter")
    try:
        tree = parse(expression)
        options = tuple(offered(kind, tree, listed, places, form))
        if not options:
            raise UntakenError(codes.UNSUPPORTED_PART)
    except UntakenError as left:
        form.note(row, codes.LOST_FILTER, given=expression, why=left.why)
        return kind
    for name, line in zip((option.name for option in listed.options), listed.rows, strict=True):
        if any(option.name == name for option in kind.options) and all(option.name != name for option in options):
            form.note(line, codes.NEVER_OFFERED, given=name)
    used = {str(token.value) for token in tree.iter("(name)")}
    for line in listed.rows:
        line.taken.update(column for column in line.cells if column.header in used or column.field in used)
    return structs.replace(kind, options=options)


def offered(kind: SelectOne | SelectMultiple, tree: Node, listed: OptionList, places: Places, form: Form) -> Iterator[Option]:
    header = {name: "" for column in form.book["choices"].columns for name in (column.header, column.field)}
    lines = dict(zip((option.name for option in listed.options), listed.rows, strict=True))
    for option in kind.options:
        cells = lines[option.name].cells
        columns = header | {name: text for column, text in cells.items() for name in (column.header, column.field)}
        made = said(tree, Terms(places, columns))
        if made is not False:
            yield option if made is True else structs.replace(option, relevant=made)

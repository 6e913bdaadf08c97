"""LimeSurvey's older table of conditions: of one question any, of several all, of several scenarios any."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from surveys.conditions import Condition
from surveys.formats import codes
from surveys.formats.canonical import canonical
from surveys.formats.comparing import UntakenError, against, joined, pair
from surveys.formats.limesurvey.document import Row
from surveys.formats.limesurvey.form import Form
from surveys.formats.limesurvey.items import Item
from surveys.formats.limesurvey.script import lookup

METHODS = {"==": "=", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


def rows_of(item: Item, form: Form) -> list[Row]:
    return [row for row in form.document.rows("conditions") if row.peek("qid") == item.peek("qid")]


def condition(rows: Iterable[Row], form: Form) -> Condition | None:
    """None where any of them cannot be said: half a condition would ask other people."""
    scenarios: dict[str, dict[str, list[Condition | bool]]] = {}
    try:
        for row in rows:
            field = row.peek("cfieldname").lstrip("+")
            scenarios.setdefault(row.peek("scenario"), {}).setdefault(field, []).append(one(row, field, form))
    except UntakenError:
        return None
    made: Any = joined("or", [joined("and", [joined("or", parts) for parts in fields.values()]) for fields in scenarios.values()])
    return None if isinstance(made, bool) else made


def one(row: Row, field: str, form: Form) -> Condition:
    """`cfieldname method value`; a value between @ is another question."""
    find, value = lookup(form.places), row.peek("value")
    method = METHODS.get(row.peek("method") or "==")
    if method is None:
        raise UntakenError(codes.UNSUPPORTED_PART)
    if value.startswith("@") and value.endswith("@"):
        return pair(find(field), method, find(value.strip("@")))
    return against(find(field), method, Decimal(value) if value.isdecimal() and not value.startswith("0") else value)


def same(left: Condition | None, right: Condition | None) -> bool:
    return canonical(left) == canonical(right) if left is not None and right is not None else left is right

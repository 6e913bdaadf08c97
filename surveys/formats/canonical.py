"""When two questionnaires say the same: conditions in one form, without places in files and empty words."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from surveys.conditions import Condition

SWAPPED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def canonical(condition: Condition) -> Condition:
    """The same in `and`, `or`, `!` and comparisons whose variable stands first; nested alike operators are one."""
    if not isinstance(condition, dict) or len(condition) != 1:
        return condition
    operator, parts = next(iter(condition.items()))
    parts = parts if isinstance(parts, list) else [parts]
    if operator in {"and", "or"}:
        return joined(operator, [canonical(part) for part in parts])
    if operator == "!":
        return opposite([canonical(part) for part in parts])
    if operator == "in" and len(parts) == 2 and isinstance(parts[1], list):
        return joined("or", [{"==": [parts[0], literal]} for literal in parts[1]])
    if operator in SWAPPED and len(parts) == 2:
        return compared(operator, *parts)
    return condition


def opposite(parts: list[Condition]) -> Condition:
    """Not answered is the opposite of answered."""
    match parts:
        case [{"==": [operand, None]}]:
            return {"!=": [operand, None]}
        case [{"!=": [operand, None]}]:
            return {"==": [operand, None]}
    return {"!": parts}


def compared(operator: str, left: Any, right: Any) -> Condition:
    if not isinstance(left, dict):
        left, operator, right = right, SWAPPED[operator], left
    if operator != "!=" or right is None:
        return {operator: [left, right]}
    answered = [{"!=": [side, None]} for side in (left, right) if isinstance(side, dict)]
    return {"and": [*answered, {"!": [{"==": [left, right]}]}]}


def joined(operator: str, parts: list[Condition]) -> Condition:
    flat = [inner for part in parts for inner in (part[operator] if isinstance(part, dict) and operator in part else [part])]
    return flat[0] if len(flat) == 1 else {operator: flat}


def plain(field: str, value: Any) -> Any:
    if field == "expression":
        return formula(value)
    return canonical(value) if field == "relevant" else meaning(value)


def formula(expression: Any) -> Any:
    """The same, its conditions in one form."""
    if not isinstance(expression, dict) or len(expression) != 1:
        return expression
    operator, parts = next(iter(expression.items()))
    if operator == "if":
        return {"if": [canonical(parts[0]), *map(formula, parts[1:])]}
    return {operator: [formula(part) for part in parts]} if isinstance(parts, list) else expression


def meaning(data: Any) -> Any:
    """Plain data of a questionnaire, or of a part of it, that is equal where two mean the same."""
    if isinstance(data, Struct):
        fields = {field: getattr(data, field) for field in data.__struct_fields__ if field != "source"}
        return type(data).__name__, {field: plain(field, value) for field, value in fields.items()}
    if isinstance(data, tuple):
        return tuple(meaning(part) for part in data)
    return {language: words for language, words in data.items() if words} if isinstance(data, Mapping) else data

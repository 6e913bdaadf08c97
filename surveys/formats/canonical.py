"""When two questionnaires say the same: conditions in one form, without places in files and empty words."""

from typing import Any

import msgspec

from surveys.conditions import Condition
from surveys.questionnaire import Question, Questionnaire, Section

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
        return {"!": [canonical(part) for part in parts]}
    if operator == "in" and len(parts) == 2 and isinstance(parts[1], list):
        return joined("or", [{"==": [parts[0], literal]} for literal in parts[1]])
    if operator in SWAPPED and len(parts) == 2:
        return compared(operator, *parts)
    return condition


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


def meaning(part: Questionnaire | Section | Question) -> Any:
    """Plain data that is equal where two parts mean the same."""
    return cleaned(msgspec.to_builtins(part))


def cleaned(data: Any) -> Any:
    if isinstance(data, list):
        return [cleaned(part) for part in data]
    if not isinstance(data, dict):
        return data
    kept = {key: canonical(value) if key == "relevant" else cleaned(value) for key, value in data.items() if key != "source"}
    return {key: value for key, value in kept.items() if value not in ("", None, {})}

"""Trees of infix.py → our conditions. The other program says what its names and its functions mean."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from surveys.conditions import Condition
from surveys.formats import codes
from surveys.formats.comparing import (
    NUMBERS,
    SWAPPED,
    TESTS,
    Literal,
    UntakenError,
    Variable,
    against,
    answered,
    chose,
    counted,
    joined,
    negated,
    number,
    pair,
    unanswered,
)
from surveys.formats.infix import Node

Lookup = Callable[[str], Variable]
"""A name → its place. Raises UntakenError where the question was not taken."""

Functions = Mapping[str, Callable[[Node, Lookup], Condition | bool]]
COUNTING = frozenset({"count", "countselected", "strlen", "length"})
"""Functions whose number is only compared with none or any."""


def condition(node: Node, lookup: Lookup, functions: Functions) -> Condition | None:
    """None where it always holds. Raises UntakenError, also where it never does."""
    made = said(node, lookup, functions)
    if made is False:
        raise UntakenError(codes.UNSUPPORTED_PART)
    return None if made is True else made


def said(node: Node, lookup: Lookup, functions: Functions) -> Condition | bool:
    match node.op:
        case "or" | "and":
            return joined(node.op, [said(part, lookup, functions) for part in alike(node, node.op)])
        case "!":
            return negated(said(node.parts[0], lookup, functions))
        case "empty" | "notempty":
            return negated(unanswered(named(node.parts[0], lookup))) if node.op == "notempty" else unanswered(named(node.parts[0], lookup))
        case "name":
            return answered(lookup(node.value))
        case "literal" if not isinstance(node.value, str):
            return node.value not in (Decimal(0), "", False, None)
        case "contains" | "notcontains" | "anyof" | "allof":
            return contains(node, lookup)
        case "call" if str(node.value).lower() in functions:
            return functions[str(node.value).lower()](node, lookup)
        case operator if operator in SWAPPED:
            return compared(node.parts[0], operator, node.parts[1], lookup)
    raise UntakenError(codes.UNSUPPORTED_PART)


def alike(node: Node, operator: str) -> list[Node]:
    """`a and b and c` one by one."""
    if node.op != operator:
        return [node]
    return [inner for part in node.parts for inner in alike(part, operator)]


def compared(left: Node, operator: str, right: Node, lookup: Lookup) -> Condition | bool:
    if left.op == "literal":
        left, operator, right = right, SWAPPED[operator], left
    if left.op == "literal":
        return constant(literal(left), operator, literal(right))
    if left.op == "name" and right.op == "name":
        return pair(lookup(left.value), operator, lookup(right.value))
    if left.op == "name" and right.op == "literal":
        return against(lookup(left.value), operator, literal(right))
    if left.op == "call" and str(left.value).lower() in COUNTING and right.op == "literal":
        return any_of_all(left, operator, literal(right), lookup)
    raise UntakenError(codes.UNSUPPORTED_PART)


def any_of_all(node: Node, operator: str, value: Literal, lookup: Lookup) -> Condition | bool:
    """`count(Q2_1, Q2_2) > 0`: whether any of them was chosen."""
    places = [named(part, lookup) for part in node.parts]
    parts = [counted(place, operator, value) for place in places]
    if not parts:
        raise UntakenError(codes.UNSUPPORTED_PART)
    return joined("or" if parts[0] == answered(places[0]) else "and", parts)


def constant(left: Literal, operator: str, right: Literal) -> bool:
    """Two literals, as `1 == 1`."""
    if operator in {"=", "!="}:
        return (str(left) == str(right)) == (operator == "=")
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return TESTS[operator](left, right)
    raise UntakenError(codes.WRONG_TYPES)


def contains(node: Node, lookup: Lookup) -> Condition | bool:
    place, given = named(node.parts[0], lookup), node.parts[1]
    options = given.parts if given.op == "list" else (given,)
    parts = [chose(place, literal(option)) for option in options]
    return negated(joined("or", parts)) if node.op == "notcontains" else joined("or" if node.op == "anyof" else "and", parts)


def named(node: Node, lookup: Lookup) -> Variable:
    if node.op != "name":
        raise UntakenError(codes.UNSUPPORTED_PART)
    return lookup(node.value)


def literal(node: Node) -> Literal:
    if node.op != "literal":
        raise UntakenError(codes.UNSUPPORTED_PART)
    if isinstance(node.value, bool):
        return str(node.value).lower()
    return "" if node.value is None else node.value


def expression(node: Node, lookup: Lookup, functions: Functions) -> Any:
    """A number worked out from answers, as calculations.py has it. Raises UntakenError."""
    if node.op == "literal" and isinstance(node.value, Decimal):
        return number(node.value)
    if node.op == "name":
        return numeric(lookup(node.value))
    if node.op in {"+", "-", "*", "/"}:
        left, right = (expression(part, lookup, functions) for part in node.parts)
        first = left[node.op] if isinstance(left, dict) and node.op in left else [left]
        return {node.op: [*first, right]}
    if node.op != "call":
        raise UntakenError(codes.UNSUPPORTED_PART)
    name = str(node.value).lower()
    if name in {"if", "iif"} and len(node.parts) == 3:
        asked = said(node.parts[0], lookup, functions)
        if isinstance(asked, bool):
            return expression(node.parts[1 if asked else 2], lookup, functions)
        return {"if": [asked, *(expression(part, lookup, functions) for part in node.parts[1:])]}
    operator = {"sum": "+", "min": "min", "max": "max"}.get(name)
    if operator is None or not node.parts:
        raise UntakenError(codes.UNSUPPORTED_PART)
    parts = [expression(part, lookup, functions) for part in node.parts]
    return {operator: parts} if len(parts) > 1 else parts[0]


def numeric(where: Variable) -> dict[str, str]:
    """An answer that is a number."""
    if not isinstance(where.kind, NUMBERS) or where.option:
        raise UntakenError(codes.WRONG_TYPES)
    return where.var

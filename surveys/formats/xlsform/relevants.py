"""`relevant` of XLSForms → our conditions: the XPath taken apart; what it compares is for comparing.py."""

from collections.abc import Mapping

from surveys.conditions import Condition
from surveys.formats import codes
from surveys.formats.comparing import SWAPPED, UntakenError, Variable, against, answered, chose, counted, joined, negated, pair
from surveys.formats.xlsform.expressions import Node, bare, literal, operands, parse, variable

Places = Mapping[str, Variable]


def condition(expression: str, places: Places) -> Condition | None:
    """None where it always holds. Raises UntakenError."""
    made = said(parse(expression), places)
    if made is False:
        raise UntakenError(codes.UNSUPPORTED_PART)
    return None if made is True else made


def said(token: Node, places: Places) -> Condition | bool:
    token = bare(token)
    if token.symbol in {"and", "or"}:
        return joined(token.symbol, [said(operand, places) for operand in operands(token, token.symbol)])
    if token.symbol == "not":
        return negated(said(token[0], places))
    if token.symbol in {"true", "false"}:
        return token.symbol == "true"
    if token.symbol in SWAPPED:
        return compared(token[0], token.symbol, token[1], places)
    if token.symbol == "selected":
        return selected(token, places)
    if name := variable(token):
        return answered(place(name, places))
    raise UntakenError(codes.UNSUPPORTED_PART)


def place(name: str, places: Places) -> Variable:
    if name not in places:
        raise UntakenError(codes.ABOUT_UNTAKEN)
    return places[name]


def compared(left: Node, operator: str, right: Node, places: Places) -> Condition | bool:
    if literal(left) is not None:
        left, operator, right = right, SWAPPED[operator], left
    value, name, other = literal(right), variable(left), variable(right)
    if name and other:
        return pair(place(name, places), operator, place(other, places))
    if name and value is not None:
        return against(place(name, places), operator, value)
    left = bare(left)
    if left.symbol in {"count-selected", "string-length"} and (name := variable(left[0])) and value is not None:
        return counted(place(name, places), operator, value)
    if left.symbol == "selected" and bare(right).symbol in {"true", "false"}:
        inner = selected(left, places)
        return inner if (bare(right).symbol == "true") == (operator == "=") else {"!": [inner]}
    raise UntakenError(codes.UNSUPPORTED_PART)


def selected(token: Node, places: Places) -> Condition:
    name, value = variable(token[0]), literal(token[1])
    if name is None or value is None:
        raise UntakenError(codes.UNSUPPORTED_PART)
    return chose(place(name, places), value)

"""`calculation` of XLSForms → numbers worked out from answers, as calculations.py has them."""

from decimal import Decimal
from typing import Any

from surveys.formats import codes
from surveys.formats.comparing import NUMBERS, UntakenError, Variable, number
from surveys.formats.xlsform.expressions import Node, bare, literal, parse, variable
from surveys.formats.xlsform.relevants import Places, Terms, said
from surveys.kinds import OTHER, SelectMultiple

Expression = Any
SIGNS = {"+": "+", "-": "-", "*": "*", "div": "/"}


def calculation(expression: str, places: Places) -> tuple[Expression, int | None]:
    """The number, and to how many decimals the whole of it is rounded, None where it is not. Raises UntakenError."""
    token = bare(parse(expression))
    if token.symbol != "round":
        return worked(token, Terms(places)), None
    places_after = literal(token[1]) if len(token) > 1 else Decimal(0)
    if not isinstance(places_after, Decimal) or not 0 <= places_after <= 9:
        raise UntakenError(codes.UNSUPPORTED_PART)
    return worked(token[0], Terms(places)), int(places_after)


def worked(token: Node, terms: Terms) -> Expression:
    token = bare(token)
    if isinstance(value := literal(token), Decimal):
        return number(value)
    if where := terms.answer(token):
        return numeric(where)
    match token.symbol:
        case "+" | "-" | "*" | "div" if len(token) == 2:
            return in_a_row(SIGNS[token.symbol], worked(token[0], terms), worked(token[1], terms), bracketed=token[0].symbol == "(")
        case "-" if len(token) == 1:
            return {"-": [0, worked(token[0], terms)]}
        case "if":
            return chosen(token, terms)
        case "min" | "max" if len(token) > 1:
            return {token.symbol: [worked(part, terms) for part in token]}
        case "coalesce":
            return first(token, terms)
        case "count-selected":
            return count(token, terms)
    raise UntakenError(codes.UNSUPPORTED_PART)


def in_a_row(sign: str, left: Expression, right: Expression, *, bracketed: bool) -> Expression:
    """`a + b + c` is one sum."""
    if isinstance(left, dict) and sign in left and not bracketed:
        return {sign: [*left[sign], right]}
    return {sign: [left, right]}


def chosen(token: Node, terms: Terms) -> Expression:
    asked = said(token[0], terms)
    if isinstance(asked, bool):
        return worked(token[1 if asked else 2], terms)
    return {"if": [asked, worked(token[1], terms), worked(token[2], terms)]}


def first(token: Node, terms: Terms) -> Expression:
    """The first answer that there is."""
    where = terms.answer(token[0])
    if where is None:
        raise UntakenError(codes.UNSUPPORTED_PART)
    return {"if": [{"!=": [where.var, None]}, numeric(where), worked(token[1], terms)]}


def count(token: Node, terms: Terms) -> Expression:
    """How many were chosen: one for each option that was."""
    name = variable(token[0])
    where = terms.place(name) if name else None
    if where is None or not isinstance(where.kind, SelectMultiple):
        raise UntakenError(codes.WRONG_TYPES)
    names = [*(option.name for option in where.kind.options), *([OTHER] if where.kind.other else [])]
    ones = [{"if": [{"in": [name, where.var]}, 1, 0]} for name in names]
    return {"+": ones} if len(ones) > 1 else ones[0]


def numeric(where: Variable) -> dict[str, str]:
    if not isinstance(where.kind, NUMBERS):
        raise UntakenError(codes.WRONG_TYPES)
    return where.var

"""`constraint` of XLSForms → limits of a kind: low, high, longest, least, most, and options that go with no other."""

import datetime
import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from elementpath.tdop import Token
from msgspec import structs

from surveys.formats import codes
from surveys.formats.expressions import NotTaken, bare, literal, operands, parse
from surveys.formats.relevants import SWAPPED
from surveys.kinds import AnyKind, Date, Integer, OpenText, SelectMultiple
from surveys.kinds import Decimal as DecimalKind
from surveys.problems import Code

Ends = tuple[Any, Any]
"""Lowest and highest, both allowed; None is no end."""


def limited(kind: AnyKind, expression: str) -> tuple[AnyKind, list[Code]]:
    """The kind with every limit of the expression that it knows, and why the others were left out."""
    left_out: list[Code] = []
    try:
        parts = list(operands(bare(parse(expression)), "and"))
    except NotTaken as unread:
        return kind, [unread.why]
    for part in parts:
        try:
            kind, doubts = with_limit(kind, bare(part))
            left_out += doubts
        except NotTaken as untaken:
            left_out.append(untaken.why)
    return kind, left_out


def with_limit(kind: AnyKind, token: Token) -> tuple[AnyKind, list[Code]]:
    if token.symbol in SWAPPED:
        left, operator, right = token[0], token.symbol, token[1]
        if literal(left) is not None:
            left, operator, right = right, SWAPPED[operator], left
        limit = literal(right)
        if limit is not None:
            return bounded(kind, bare(left), operator, limit)
    if isinstance(kind, SelectMultiple):
        return chosen(kind, token), []
    raise NotTaken(codes.UNSUPPORTED_PART)


def bounded(kind: AnyKind, what: Token, operator: str, limit: str | Decimal) -> tuple[AnyKind, list[Code]]:
    about = bare(what[0]).symbol if len(what) == 1 else what.symbol
    if about != ".":
        raise NotTaken(codes.UNSUPPORTED_PART)
    if what.symbol == "string-length" and isinstance(kind, OpenText):
        low, high = wholes(operator, limit)
        return (within(kind, "longest", (None, high)), []) if low is None or low <= 1 else (kind, [codes.NO_SUCH_LIMIT])
    if what.symbol == "count-selected" and isinstance(kind, SelectMultiple):
        return within(kind, "least", wholes(operator, limit), "most"), []
    if what.symbol != ".":
        raise NotTaken(codes.UNSUPPORTED_PART)
    if isinstance(kind, Integer):
        return within(kind, "low", wholes(operator, limit), "high"), []
    if isinstance(kind, DecimalKind):
        return within(kind, "low", numbers(operator, limit), "high"), [codes.OPEN_LIMIT] if operator in {"<", ">"} else []
    if isinstance(kind, Date):
        return within(kind, "low", days(operator, limit), "high"), []
    raise NotTaken(codes.NO_SUCH_LIMIT)


def within(kind: AnyKind, low: str, ends: Ends, high: str = "") -> AnyKind:
    """With these ends; of two the narrower stays. `longest` has only a high one."""
    high = high or low
    if ends[0] is not None and high != low:
        kind = structs.replace(kind, **{low: narrower(getattr(kind, low), ends[0], max)})
    if ends[1] is not None:
        kind = structs.replace(kind, **{high: narrower(getattr(kind, high) if high != low else None, ends[1], min)})
    return kind


def narrower(old: Any, new: Any, choose: Callable[[Any, Any], Any]) -> Any:
    return new if old is None else choose(old, new)


def wholes(operator: str, limit: str | Decimal) -> Ends:
    """An open end of whole numbers is the next whole number: `. > 0` is from 1."""
    number = exact(limit)
    low = math.floor(number) + 1 if operator == ">" else math.ceil(number) if operator in {">=", "="} else None
    high = math.ceil(number) - 1 if operator == "<" else math.floor(number) if operator in {"<=", "="} else None
    return ends(low, high)


def numbers(operator: str, limit: str | Decimal) -> Ends:
    number = float(exact(limit))
    return ends(number if operator in {">", ">=", "="} else None, number if operator in {"<", "<=", "="} else None)


def days(operator: str, limit: str | Decimal) -> Ends:
    try:
        day = datetime.date.fromisoformat(str(limit))
    except ValueError:
        raise NotTaken(codes.WRONG_TYPES) from None
    step = datetime.timedelta(days=1)
    low = day + step if operator == ">" else day if operator in {">=", "="} else None
    high = day - step if operator == "<" else day if operator in {"<=", "="} else None
    return ends(low and low.isoformat(), high and high.isoformat())


def ends(low: Any, high: Any) -> Ends:
    if low is None and high is None:
        raise NotTaken(codes.NO_SUCH_LIMIT)
    return low, high


def exact(limit: str | Decimal) -> Decimal:
    try:
        number = Decimal(limit)
    except ArithmeticError:
        raise NotTaken(codes.WRONG_TYPES) from None
    if not number.is_finite() or abs(number) > 2**53:
        raise NotTaken(codes.WRONG_TYPES)
    return number


def chosen(kind: SelectMultiple, token: Token) -> SelectMultiple:
    """How authors say that an option goes with no other, or that fewer than `least` may be chosen beside it."""
    name = exclusive(token)
    if name is None or all(option.name != name for option in kind.options):
        raise NotTaken(codes.UNSUPPORTED_PART)
    return structs.replace(kind, options=tuple(structs.replace(option, exclusive=True) if option.name == name else option for option in kind.options))


def exclusive(token: Token) -> str | None:
    """x of `not(selected(., 'x') and count-selected(.) > 1)`, and of `not(selected(., 'x')) or count-selected(.) = 1` either way round."""
    if token.symbol == "not" and (inner := bare(token[0])).symbol == "and":
        parts, many = [bare(inner[0]), bare(inner[1])], {(">", 1), (">=", 2), ("!=", 1)}
        names = [selected_here(part) for part in parts]
    elif token.symbol == "or":
        parts, many = [bare(token[0]), bare(token[1])], {("=", 1), ("<=", 1), ("<", 2)}
        names = [selected_here(bare(part[0])) if part.symbol == "not" else None for part in parts]
    else:
        return None
    found = [name for name in names if name is not None]
    counts = [part for part, name in zip(parts, names, strict=True) if name is None and counts_as(part, many)]
    return found[0] if len(found) == 1 and len(counts) == 1 else None


def selected_here(token: Token) -> str | None:
    if token.symbol == "selected" and bare(token[0]).symbol == ".":
        name = literal(token[1])
        return None if name is None else str(name)
    return None


def counts_as(token: Token, tests: set[tuple[str, int]]) -> bool:
    if token.symbol not in SWAPPED or bare(token[0]).symbol != "count-selected" or bare(bare(token[0])[0]).symbol != ".":
        return False
    number = literal(token[1])
    return isinstance(number, Decimal) and (token.symbol, int(number)) in tests and number == int(number)

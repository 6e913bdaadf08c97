"""`constraint` of XLSForms → limits of a kind: low, high, longest, least, most, and options that go with no other."""

import datetime
import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from msgspec import structs

from surveys.formats import codes
from surveys.formats.expressions import Node, UntakenError, bare, literal, operands, parse
from surveys.formats.relevants import SWAPPED
from surveys.kinds import AnyKind, Date, Integer, OpenText, SelectMultiple
from surveys.kinds import Decimal as DecimalKind
from surveys.problems import Code

Ends = tuple[Any, Any]
"""Lowest and highest, both allowed; None is no end."""


def limited(kind: AnyKind, expression: str, *, name: str = "") -> tuple[AnyKind, list[Code]]:
    """The kind with every limit of the expression that it knows, and why the others were left out. `name` may stand for `.` in it."""
    left_out: list[Code] = []
    try:
        parts = list(operands(bare(parse(expression.replace(f"${{{name}}}", "."))), "and"))
    except UntakenError as unread:
        return kind, [unread.why]
    for part in parts:
        try:
            kind, doubts = with_limit(kind, bare(part))
            left_out += doubts
        except UntakenError as untaken:
            left_out.append(untaken.why)
    return kind, left_out


def with_limit(kind: AnyKind, token: Node) -> tuple[AnyKind, list[Code]]:
    if token.symbol in SWAPPED:
        left, operator, right = token[0], token.symbol, token[1]
        if literal(left) is not None:
            left, operator, right = right, SWAPPED[operator], left
        limit = literal(right)
        if limit is not None:
            return bounded(kind, bare(left), operator, limit)
    if isinstance(kind, SelectMultiple):
        return chosen(kind, token), []
    raise UntakenError(codes.UNSUPPORTED_PART)


def bounded(kind: AnyKind, what: Node, operator: str, limit: str | Decimal) -> tuple[AnyKind, list[Code]]:
    about = bare(what[0]).symbol if len(what) == 1 else what.symbol
    if about != ".":
        raise UntakenError(codes.UNSUPPORTED_PART)
    if what.symbol == "string-length" and isinstance(kind, OpenText):
        low, high = wholes(operator, limit)
        return (within(kind, "longest", (None, high)), []) if low is None or low <= 1 else (kind, [codes.NO_SUCH_LIMIT])
    if what.symbol == "count-selected" and isinstance(kind, SelectMultiple):
        return within(kind, "least", wholes(operator, limit), "most"), []
    if what.symbol != ".":
        raise UntakenError(codes.UNSUPPORTED_PART)
    if isinstance(kind, Integer):
        return within(kind, "low", wholes(operator, limit), "high"), []
    if isinstance(kind, DecimalKind):
        return within(kind, "low", numbers(operator, limit), "high"), [codes.OPEN_LIMIT] if operator in {"<", ">"} else []
    if isinstance(kind, Date):
        return within(kind, "low", days(operator, limit), "high"), []
    raise UntakenError(codes.NO_SUCH_LIMIT)


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
        raise UntakenError(codes.WRONG_TYPES) from None
    step = datetime.timedelta(days=1)
    low = day + step if operator == ">" else day if operator in {">=", "="} else None
    high = day - step if operator == "<" else day if operator in {"<=", "="} else None
    return ends(low and low.isoformat(), high and high.isoformat())


def ends(low: Any, high: Any) -> Ends:
    if low is None and high is None:
        raise UntakenError(codes.NO_SUCH_LIMIT)
    return low, high


def exact(limit: str | Decimal) -> Decimal:
    try:
        number = Decimal(limit)
    except ArithmeticError:
        raise UntakenError(codes.WRONG_TYPES) from None
    if not number.is_finite() or abs(number) > 2**53:
        raise UntakenError(codes.WRONG_TYPES)
    return number


def chosen(kind: SelectMultiple, token: Node) -> AnyKind:
    """How authors say that an option goes with no other, and that an option alone is enough where `least` are wanted."""
    if token.symbol == "or" and (least := least_or_alone(kind, token)) is not None:
        return within(kind, "least", (least, None), "most")
    name = exclusive(token)
    if name is None or all(option.name != name for option in kind.options):
        raise UntakenError(codes.UNSUPPORTED_PART)
    return structs.replace(kind, options=tuple(structs.replace(option, exclusive=True) if option.name == name else option for option in kind.options))


def least_or_alone(kind: SelectMultiple, token: Node) -> int | None:
    """n of `count-selected(.) >= n or selected(., 'x')`, where x are exclusive anyway."""
    parts = [bare(part) for part in operands(token, "or")]
    counts = [part for part in parts if part.symbol in {">", ">="} and counted_here(part)]
    alone = {option.name for option in kind.options if option.exclusive}
    if len(counts) != 1 or not all(selected_here(part) in alone for part in parts if part not in counts):
        return None
    limit = literal(counts[0][1])
    return None if limit is None else wholes(counts[0].symbol, limit)[0]


def exclusive(token: Node) -> str | None:
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


def selected_here(token: Node) -> str | None:
    if token.symbol == "selected" and bare(token[0]).symbol == ".":
        name = literal(token[1])
        return None if name is None else str(name)
    return None


def counts_as(token: Node, tests: set[tuple[str, int]]) -> bool:
    if not counted_here(token):
        return False
    number = literal(token[1])
    return isinstance(number, Decimal) and (token.symbol, int(number)) in tests and number == int(number)


def counted_here(token: Node) -> bool:
    return token.symbol in SWAPPED and bare(token[0]).symbol == "count-selected" and bare(bare(token[0])[0]).symbol == "."

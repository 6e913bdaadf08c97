"""`constraint` of XLSForms → limits of a kind: low, high, longest, least, most, and options that go with no other."""

import datetime
import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from msgspec import structs

from surveys.formats import codes
from surveys.formats.comparing import SWAPPED, UntakenError, hour
from surveys.formats.xlsform.choosing import least_or_alone, with_exclusive
from surveys.formats.xlsform.expressions import Node, bare, literal, operands, parse
from surveys.kinds import AnyKind, Date, Integer, OpenText, SelectMultiple, Time
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
    if not isinstance(kind, SelectMultiple):
        raise UntakenError(codes.UNSUPPORTED_PART)
    if token.symbol == "or" and (least := least_or_alone(kind, token)):
        return within(kind, "least", wholes(*least), "most"), []
    return with_exclusive(kind, token), []


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
    if isinstance(kind, Time):
        return within(kind, "low", hours(operator, limit), "high"), []
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


def hours(operator: str, limit: str | Decimal) -> Ends:
    """Both ends are allowed with us; of `<` and `>` the next minute is."""
    at = datetime.datetime.combine(datetime.date(2000, 1, 1), datetime.time.fromisoformat(hour(str(limit))))
    step = datetime.timedelta(minutes=1)
    low = at + step if operator == ">" else at if operator in {">=", "="} else None
    high = at - step if operator == "<" else at if operator in {"<=", "="} else None
    return ends(low and low.strftime("%H:%M"), high and high.strftime("%H:%M"))


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

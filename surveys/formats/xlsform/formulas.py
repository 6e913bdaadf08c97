"""Our conditions and limits → the XPath of XLSForms, in the words that relevants.py and limits.py read back."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from surveys.calculations import Expression
from surveys.conditions import Condition
from surveys.kinds import AnyKind, Date, Integer, OpenText, Points, Ranking, SelectMultiple, Stance, Time
from surveys.kinds import Decimal as DecimalKind
from surveys.kinds import Place as Point

LONGEST = OpenText().longest
COMPARISONS = {"==": "=", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


SIGNS = {"+": "+", "-": "-", "*": "*", "/": "div"}


class UnwritableError(ValueError):
    """A condition that XPath cannot say."""


def relevant(condition: Condition | None, kinds: Mapping[str, AnyKind]) -> str:
    """Empty for no condition. `kinds` by the paths that conditions use. Raises UnwritableError."""
    return "" if condition is None else said(condition, kinds)


def said(condition: Condition, kinds: Mapping[str, AnyKind]) -> str:
    if not isinstance(condition, dict) or len(condition) != 1:
        raise UnwritableError(condition)
    operator, parts = next(iter(condition.items()))
    parts = parts if isinstance(parts, list) else [parts]
    if operator in {"and", "or"}:
        return f" {operator} ".join(enclosed(part, kinds) for part in parts)
    if operator == "!" and len(parts) == 1:
        return f"not({said(parts[0], kinds)})"
    if operator == "in" and len(parts) == 2:
        return among(parts[0], parts[1], kinds)
    if operator in COMPARISONS and len(parts) == 2:
        return compared(operator, parts[0], parts[1], kinds)
    raise UnwritableError(condition)


def enclosed(condition: Condition, kinds: Mapping[str, AnyKind]) -> str:
    plain = said(condition, kinds)
    return f"({plain})" if isinstance(condition, dict) and ({"and", "or", "in"} & set(condition)) and (" and " in plain or " or " in plain) else plain


def among(left: Any, right: Any, kinds: Mapping[str, AnyKind]) -> str:
    if isinstance(right, list):
        return " or ".join(compared("==", left, literal, kinds) for literal in right)
    return f"selected({named(right, kinds)}, {literal(left, None)})"


def compared(operator: str, left: Any, right: Any, kinds: Mapping[str, AnyKind]) -> str:
    """`!=` of ours wants an answer; XPath's does not, so that it is asked for."""
    kind = next((kinds.get(side["var"]) for side in (left, right) if isinstance(side, dict) and "var" in side), None)
    words = [named(side, kinds, asked=None in (left, right)) if isinstance(side, dict) else literal(side, kind) for side in (left, right)]
    plain = f"{words[0]} {COMPARISONS[operator]} {words[1]}"
    if operator != "!=" or None in (left, right):
        return plain
    return "(" + " and ".join([*(f"{named(side, kinds, asked=True)} != ''" for side in (left, right) if isinstance(side, dict)), plain]) + ")"


def named(operand: Any, kinds: Mapping[str, AnyKind], *, asked: bool = False) -> str:
    """A row of a matrix stands under its own name. `asked`: only whether there is an answer."""
    if not isinstance(operand, dict) or not isinstance(operand.get("var"), str):
        raise UnwritableError(operand)
    question, _, part = operand["var"].partition("/")
    whole = kinds.get(question)
    if isinstance(whole, Points):
        return f"${{{row_name(question, part)}}}"
    if isinstance(whole, Point):
        return f"selected-at(${{{question}}}, {['lat', 'lon'].index(part)})"
    if isinstance(whole, Ranking) and not asked:
        return f"selected-at(${{{question}}}, 0)"
    return f"${{{part or question}}}"


def row_name(question: str, option: str) -> str:
    """A question of points is a group of whole numbers, one for each option."""
    return f"{question}_{option}"


def literal(value: Any, kind: AnyKind | None) -> str:
    if value is None:
        return "''"
    if value is True:
        return "'OK'"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return plain_number(value)
    if not isinstance(value, str) or ("'" in value and '"' in value):
        raise UnwritableError(value)
    quoted = f'"{value}"' if "'" in value else f"'{value}'"
    return f"date({quoted})" if isinstance(kind, Date) else quoted


def plain_number(number: float) -> str:
    return format(Decimal(repr(number)), "f")


def calculation(expression: Expression, kinds: Mapping[str, AnyKind]) -> str:
    """What calculating.py reads back. Raises UnwritableError."""
    if isinstance(expression, int | float) and not isinstance(expression, bool):
        return plain_number(expression)
    if not isinstance(expression, dict) or len(expression) != 1:
        raise UnwritableError(expression)
    operator, parts = next(iter(expression.items()))
    if operator == "var":
        return named(expression, kinds)
    if operator == "if" and len(parts) == 3:
        return f"if({said(parts[0], kinds)}, {calculation(parts[1], kinds)}, {calculation(parts[2], kinds)})"
    if operator in {"min", "max"}:
        return f"{operator}({', '.join(calculation(part, kinds) for part in parts)})"
    if operator not in SIGNS:
        raise UnwritableError(expression)
    return f" {SIGNS[operator]} ".join(operand(part, kinds) for part in parts)


def operand(part: Expression, kinds: Mapping[str, AnyKind]) -> str:
    plain = calculation(part, kinds)
    return f"({plain})" if isinstance(part, dict) and set(part) & set(SIGNS) else plain


def constraint(kind: AnyKind) -> str:
    """Empty where the kind has no limits."""
    match kind:
        case Integer() | DecimalKind():
            return " and ".join(bounds(".", kind.low, kind.high, plain_number))
        case Date():
            return " and ".join(bounds(".", kind.low, kind.high, lambda day: f"date('{day}')"))
        case Time():
            return " and ".join(bounds(".", kind.low, kind.high, lambda hour: f"'{hour}'"))
        case OpenText() | Stance() if kind.longest != LONGEST:
            return f"string-length(.) <= {kind.longest}"
        case SelectMultiple():
            return " and ".join(chosen(kind))
    return ""


def bounds(what: str, low: Any, high: Any, words: Callable[[Any], str]) -> Iterator[str]:
    if low is not None:
        yield f"{what} >= {words(low)}"
    if high is not None:
        yield f"{what} <= {words(high)}"


def chosen(kind: SelectMultiple) -> Iterator[str]:
    """An exclusive option goes with no other, and alone is enough."""
    alone = [f"selected(., {literal(option.name, None)})" for option in kind.options if option.exclusive]
    yield from (f"not({option} and count-selected(.) > 1)" for option in alone)
    if kind.least is not None:
        least = f"count-selected(.) >= {kind.least}"
        yield f"({' or '.join([least, *alone])})" if alone else least
    if kind.most is not None:
        yield f"count-selected(.) <= {kind.most}"

"""`relevant` of XLSForms → our conditions, with each literal in the type that the question's answers have.

XPath compares blanks as empty text, so `!=` also holds of what nobody answered: it becomes “not equal”, and comparison with ''
asks whether there is an answer. A number that is compared with the options of a select means those options.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct

from surveys.conditions import Condition, is_day
from surveys.formats import codes
from surveys.formats.xlsform.expressions import Node, UntakenError, bare, literal, operands, parse, variable
from surveys.kinds import OTHER, STANCES, AnyKind, Consent, Date, Integer, OpenText, Scale, SelectMultiple, SelectOne, Stance
from surveys.kinds import Decimal as DecimalKind

SWAPPED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
TESTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}
ANY_COUNT = {(">", 0), (">=", 1), ("!=", 0)}
NO_COUNT = {("=", 0), ("<", 1), ("<=", 0)}


class Place(Struct, frozen=True):
    """Where conditions find a question's answer: its name, or `matrix/row`, and what answers it has."""

    path: str
    kind: AnyKind

    @property
    def var(self) -> dict[str, str]:
        return {"var": self.path}


Places = Mapping[str, Place]


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
        inner = said(token[0], places)
        return not inner if isinstance(inner, bool) else {"!": [inner]}
    if token.symbol in {"true", "false"}:
        return token.symbol == "true"
    if token.symbol in SWAPPED:
        return compared(token[0], token.symbol, token[1], places)
    if token.symbol == "selected":
        return selected(token, places)
    if name := variable(token):
        return {"!=": [place(name, places).var, None]}
    raise UntakenError(codes.UNSUPPORTED_PART)


def joined(operator: str, parts: list[Condition | bool]) -> Condition | bool:
    """`and`, `or` without the parts that are always true or always false, in the shortest of our shapes."""
    decides = operator == "or"
    if any(part is decides for part in parts):
        return decides
    kept = [part for part in parts if not isinstance(part, bool)]
    if len(kept) < 2:
        return kept[0] if kept else not decides
    return (one_of(kept) if operator == "or" else differs(kept)) or {operator: kept}


def one_of(parts: list[Condition]) -> Condition | None:
    """`${a} = 'x' or ${a} = 'y'` of one question."""
    pairs = [part.get("==") for part in parts]
    if all(pair and pair[0] == pairs[0][0] and not isinstance(pair[1], dict) and pair[1] is not None for pair in pairs):
        return {"in": [pairs[0][0], [pair[1] for pair in pairs]]}
    return None


def differs(parts: list[Condition]) -> Condition | None:
    """`${a} != '' and ${a} != 'x'` is what our own `!=` says."""
    match parts:
        case [{"!=": [var, None]}, {"!": [{"==": [same, literal]}]}] if var == same and literal is not None and not isinstance(literal, dict):
            return {"!=": [var, literal]}
    return None


def place(name: str, places: Places) -> Place:
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


def counted(where: Place, operator: str, value: str | Decimal) -> Condition:
    """Only whether there is anything at all."""
    test = (operator, int(value) if isinstance(value, Decimal) and value == int(value) else value)
    if test in ANY_COUNT:
        return {"!=": [where.var, None]}
    if test in NO_COUNT:
        return {"==": [where.var, None]}
    raise UntakenError(codes.UNSUPPORTED_PART)


def pair(left: Place, operator: str, right: Place) -> Condition:
    ordered = operator not in {"=", "!="}
    numbers, days = (Integer, DecimalKind, Scale), (Date,)
    alike = any(isinstance(left.kind, sort) and isinstance(right.kind, sort) for sort in (numbers, days, *(() if ordered else ((SelectOne,), (OpenText,)))))
    if not alike:
        raise UntakenError(codes.WRONG_TYPES)
    if operator == "!=":
        return {"!": [{"==": [left.var, right.var]}]}
    return {"==" if operator == "=" else operator: [left.var, right.var]}


def against(where: Place, operator: str, value: str | Decimal) -> Condition:
    """A question and a literal."""
    if value == "" and operator in {"=", "!="}:
        return {"==" if operator == "=" else "!=": [where.var, None]}
    if operator == "!=":
        return {"!": [against(where, "=", value)]}
    if isinstance(where.kind, SelectMultiple):
        return only(where, where.kind, operator, str(value))
    if operator == "=":
        return {"==": [where.var, typed(where.kind, value)]}
    if isinstance(where.kind, SelectOne):
        return among(where, where.kind, operator, value)
    limit = typed(where.kind, value)
    if isinstance(where.kind, Date) or (isinstance(limit, int | float) and limit is not True):
        return {operator: [where.var, limit]}
    raise UntakenError(codes.WRONG_TYPES)


def typed(kind: AnyKind, value: str | Decimal) -> str | float | bool:
    """The literal as an answer of this kind."""
    if isinstance(kind, Scale):
        text = str(value)
        return text if any(option.name == text for option in kind.missing) else number(value)
    if isinstance(kind, Integer | DecimalKind):
        return number(value)
    if isinstance(kind, Consent) and str(value) in {"OK", "yes", "1", "true"}:
        return True
    if isinstance(kind, Consent) or (isinstance(kind, Date) and not is_day(str(value))):
        raise UntakenError(codes.WRONG_TYPES)
    return str(value)


def number(value: str | Decimal) -> int | float:
    try:
        exact = Decimal(value)
    except ArithmeticError:
        raise UntakenError(codes.WRONG_TYPES) from None
    if not exact.is_finite():
        raise UntakenError(codes.WRONG_TYPES)
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def among(where: Place, kind: SelectOne, operator: str, value: str | Decimal) -> Condition:
    """`${a} > 2` of a select_one whose option names are numbers: one of those."""
    limit = number(value)
    fits = [option.name for option in kind.options if TESTS[operator](number(option.name), limit)]
    if not fits:
        raise UntakenError(codes.WRONG_TYPES)
    return {"in": [where.var, fits]}


def only(where: Place, kind: SelectMultiple, operator: str, name: str) -> Condition:
    """`${a} = 'x'` of a select_multiple: x and nothing else."""
    if operator != "=":
        raise UntakenError(codes.WRONG_TYPES)
    others = [option.name for option in kind.options if option.name != name] + ([OTHER] if kind.other else [])
    return {"and": [{"in": [name, where.var]}, *({"!": [{"in": [other, where.var]}]} for other in others)]}


def selected(token: Node, places: Places) -> Condition:
    name, value = variable(token[0]), literal(token[1])
    if name is None or value is None:
        raise UntakenError(codes.UNSUPPORTED_PART)
    where = place(name, places)
    if isinstance(where.kind, SelectMultiple):
        return {"in": [str(value), where.var]}
    if isinstance(where.kind, SelectOne | Scale | Consent) or (isinstance(where.kind, Stance) and value in STANCES):
        return {"==": [where.var, typed(where.kind, value)]}
    raise UntakenError(codes.WRONG_TYPES)

"""An earlier question, an operator and a literal of another program → our condition, with the literal in the type that the question's answers have.

XPath, ExpressionScript and SurveyJS all compare blanks as empty text, so `!=` also holds of what nobody answered: it becomes “not equal”,
and comparison with '' asks whether there is an answer. A number that is compared with the options of a select means those options.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct

from surveys.conditions import Condition, is_day, is_time
from surveys.formats import codes
from surveys.kinds import (
    OTHER,
    STANCES,
    AnyKind,
    Calculation,
    Clause,
    Consent,
    Date,
    File,
    Integer,
    OpenText,
    Ranking,
    Scale,
    SelectMultiple,
    SelectOne,
    Stance,
    Time,
    UnitChoice,
)
from surveys.kinds import Decimal as DecimalKind
from surveys.problems import Code

SWAPPED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
TESTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}
ANY_COUNT = {(">", 0), (">=", 1), ("!=", 0)}
NO_COUNT = {("=", 0), ("<", 1), ("<=", 0)}

NUMBERS = (Integer, DecimalKind, Scale, Calculation)

Literal = str | Decimal


class UntakenError(ValueError):
    """An expression that our data cannot say; `why` is a Code."""

    def __init__(self, why: Code) -> None:
        super().__init__(why.id)
        self.why = why


class Variable(Struct, frozen=True):
    """Where conditions find a question's answer: its name, or `matrix/row`, and what answers it has.

    `option`: the other program has a variable of its own for this option (LimeSurvey's `Q2_SQ001`), which says whether it was chosen.
    `codes`: how the other program writes our options' names, where it writes them otherwise.
    """

    path: str
    kind: AnyKind
    option: str = ""
    codes: Mapping[str, str] = {}

    @property
    def var(self) -> dict[str, str]:
        return {"var": self.path}

    def ours(self, value: Literal) -> Literal:
        """The literal with its option's own name."""
        return self.codes.get(str(value), value)


def joined(operator: str, parts: Sequence[Condition | bool]) -> Condition | bool:
    """`and`, `or` without the parts that are always true or always false, in the shortest of our shapes."""
    decides = operator == "or"
    if any(part is decides for part in parts):
        return decides
    kept = [part for part in parts if not isinstance(part, bool)]
    if len(kept) < 2:
        return kept[0] if kept else not decides
    return (one_of(kept) if operator == "or" else differs(kept)) or {operator: kept}


def negated(part: Condition | bool) -> Condition | bool:
    match part:
        case bool():
            return not part
        case {"==": [operand, None]}:
            return {"!=": [operand, None]}
        case {"!=": [operand, None]}:
            return {"==": [operand, None]}
    return {"!": [part]}


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


def answered(where: Variable) -> Condition:
    return chose(where, where.option) if where.option else {"!=": [where.var, None]}


def unanswered(where: Variable) -> Condition:
    return negated(chose(where, where.option)) if where.option else {"==": [where.var, None]}


def counted(where: Variable, operator: str, value: Literal) -> Condition:
    """Only whether there is anything at all."""
    test = (operator, int(value) if isinstance(value, Decimal) and value == int(value) else value)
    if test in ANY_COUNT:
        return answered(where)
    if test in NO_COUNT:
        return unanswered(where)
    raise UntakenError(codes.UNSUPPORTED_PART)


def pair(left: Variable, operator: str, right: Variable) -> Condition:
    """Two questions."""
    ordered = operator not in {"=", "!="}
    sorts = (NUMBERS, (Date,), (Time,), *(() if ordered else ((SelectOne, Ranking, Stance), (OpenText,), (UnitChoice,))))
    alike = any(isinstance(left.kind, sort) and isinstance(right.kind, sort) for sort in sorts)
    if not alike or left.option or right.option or left.codes != right.codes:
        raise UntakenError(codes.WRONG_TYPES)
    if operator == "!=":
        return {"!": [{"==": [left.var, right.var]}]}
    return {"==" if operator == "=" else operator: [left.var, right.var]}


def against(where: Variable, operator: str, value: Literal) -> Condition:
    """A question and a literal. Raises UntakenError where they are of different types."""
    if value == "" and operator in {"=", "!="}:
        return unanswered(where) if operator == "=" else answered(where)
    if operator == "!=":
        return negated(against(where, "=", value))
    if where.option:
        return flagged(where, operator, value)
    value = where.ours(value)
    if isinstance(where.kind, SelectMultiple):
        return only(where, where.kind, operator, str(value))
    if operator == "=":
        return {"==": [where.var, typed(where.kind, value)]}
    if isinstance(where.kind, SelectOne):
        return among(where, where.kind, operator, value)
    limit = typed(where.kind, value)
    if isinstance(where.kind, Date | Time) or (isinstance(limit, int | float) and limit is not True):
        return {operator: [where.var, limit]}
    raise UntakenError(codes.WRONG_TYPES)


def flagged(where: Variable, operator: str, value: Literal) -> Condition:
    """`Q2_SQ001 = 'Y'`: whether that option was chosen. What was written beside an option cannot be compared."""
    if operator != "=" or str(value) not in {"Y", "1"} or not isinstance(where.kind, SelectMultiple):
        raise UntakenError(codes.WRONG_TYPES)
    return chose(where, where.option)


def typed(kind: AnyKind, value: Literal) -> str | float | bool:
    """The literal as an answer of this kind."""
    if isinstance(kind, Scale):
        text = str(value)
        return text if any(option.name == text for option in kind.missing) else number(value)
    if isinstance(kind, Integer | DecimalKind | Calculation):
        return number(value)
    if isinstance(kind, Time):
        return hour(str(value))
    if isinstance(kind, Consent) and str(value) in {"OK", "yes", "1", "true"}:
        return True
    if isinstance(kind, Consent | File) or (isinstance(kind, Date) and not is_day(str(value))):
        raise UntakenError(codes.WRONG_TYPES)
    return str(value)


def hour(text: str) -> str:
    """`08:30:00.000` is 08:30."""
    if not is_time(text[:5]) or text[5:].strip(":0.+Z"):
        raise UntakenError(codes.WRONG_TYPES)
    return text[:5]


def number(value: Literal) -> int | float:
    try:
        exact = Decimal(value)
    except ArithmeticError:
        raise UntakenError(codes.WRONG_TYPES) from None
    if not exact.is_finite():
        raise UntakenError(codes.WRONG_TYPES)
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def among(where: Variable, kind: SelectOne, operator: str, value: Literal) -> Condition:
    """`${a} > 2` of a select_one whose option names are numbers: one of those."""
    limit = number(value)
    fits = [option.name for option in kind.options if TESTS[operator](number(option.name), limit)]
    if not fits:
        raise UntakenError(codes.WRONG_TYPES)
    return {"in": [where.var, fits]}


def only(where: Variable, kind: SelectMultiple, operator: str, name: str) -> Condition:
    """`${a} = 'x'` of a select_multiple: x and nothing else."""
    if operator != "=":
        raise UntakenError(codes.WRONG_TYPES)
    others = [option.name for option in kind.options if option.name != name] + ([OTHER] if kind.other else [])
    return {"and": [{"in": [name, where.var]}, *({"!": [{"in": [other, where.var]}]} for other in others)]}


def chose(where: Variable, value: Literal) -> Condition:
    """Whether this option is the answer, or among the answers."""
    value = where.ours(value)
    if isinstance(where.kind, SelectMultiple):
        return {"in": [str(value), where.var]}
    if isinstance(where.kind, SelectOne | Scale | Consent) or (isinstance(where.kind, Stance | Clause) and value in STANCES):
        return {"==": [where.var, typed(where.kind, value)]}
    raise UntakenError(codes.WRONG_TYPES)

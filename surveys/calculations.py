"""Numbers worked out from earlier answers: data, as conditions are, and alike on the server and in the browser (calculations.js).

An expression is a number, {"var": question}, {op: [expression, …]} with op one of + - * / min max, or
{"if": [condition, expression, expression]}. What rests on an answer that is not there, or on no number, is None.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from surveys import problems
from surveys.conditions import Operand, operands, wrong_in
from surveys.guards import DEEPEST, Condition, ConditionError, guarded, holds, is_literal, is_number, is_var, nested
from surveys.problems import Problem
from surveys.questionnaire import Question

Expression = Any

OPERATORS: Mapping[str, Callable[[float, float], float]] = {
    "+": lambda one, other: one + other,
    "-": lambda one, other: one - other,
    "*": lambda one, other: one * other,
    "/": lambda one, other: one / other,
    "min": min,
    "max": max,
}


class ExpressionError(ValueError):
    """Its argument is the part that is none of the shapes above."""


def calculated(expression: Expression, known: Mapping[str, Any]) -> float | None:
    """Its value over these facts; None where an answer is missing, something is divided by nothing, or it is malformed."""
    try:
        value = value_of(shallow(expression), known)
    except (ExpressionError, ZeroDivisionError, OverflowError):
        return None
    return None if value is None or not math.isfinite(value) else float(value)


def shallow(expression: Expression) -> Expression:
    if any(depth > DEEPEST for _, depth in nested(expression)):
        raise ExpressionError(expression)
    return expression


def value_of(expression: Expression, known: Mapping[str, Any]) -> float | None:
    if is_number(expression) and is_literal(expression):
        return float(expression)
    if is_var(expression):
        value: Any = known.get(expression["var"])
        return float(value) if is_number(value) else None
    operator, given = parts(expression)
    if operator == "if":
        return value_of(given[1] if holds(given[0], known) else given[2], known)
    values = [value_of(part, known) for part in given]
    result = values[0]
    for value in values[1:]:
        result = None if result is None or value is None else OPERATORS[operator](result, value)
    return result


def parts(expression: Expression) -> tuple[str, list[Any]]:
    """Its operator and what it takes. Raises ExpressionError."""
    if isinstance(expression, dict) and len(expression) == 1:
        operator, given = next(iter(expression.items()))
        if isinstance(given, list) and (len(given) == 3 if operator == "if" else operator in OPERATORS and len(given) >= 2):
            return operator, given
    raise ExpressionError(expression)


def guarded_in(expression: Expression) -> Expression:
    """The same with every condition in the form that all evaluators answer alike."""
    try:
        if not isinstance(expression, dict):
            return expression
        operator, given = parts(expression) if not is_var(expression) else ("var", expression["var"])
    except ExpressionError:
        return None
    if operator == "var":
        return expression
    condition = [guarded(given[0])] if operator == "if" else []
    return {operator: [*condition, *(guarded_in(part) for part in given[len(condition) :])]}


def names(expression: Expression) -> list[str]:
    """The questions it looks at, each once, those in its conditions among them."""
    return list(dict.fromkeys(part["var"].partition("/")[0] for part, _ in nested(expression) if is_var(part)))


def problems_of(expression: Expression, earlier: Iterable[Question], *, later: Iterable[str] = ()) -> list[Problem]:
    """Everything wrong with it, where `earlier` questions stand before it. `later`: names that stand after, to say so."""
    try:
        return list(wrong(shallow(expression), operands(earlier), set(later)))
    except (ExpressionError, ConditionError) as error:
        return [Problem(problems.CALCULATION_MALFORMED, given={"given": str(error.args[0])})]


def wrong(expression: Expression, known: Mapping[str, Operand], later: set[str]) -> Iterator[Problem]:
    if is_number(expression) and is_literal(expression):
        return
    if is_var(expression):
        yield from wrong_var(expression["var"], known, later)
        return
    operator, given = parts(expression)
    if operator == "if":
        yield from wrong_in(condition_of(given[0]), known, later)
    for part in given[1:] if operator == "if" else given:
        yield from wrong(part, known, later)


def condition_of(part: Condition) -> Condition:
    if not isinstance(part, dict):
        raise ExpressionError(part)
    return part


def wrong_var(path: str, known: Mapping[str, Operand], later: set[str]) -> Iterator[Problem]:
    if path not in known:
        code = problems.CONDITION_LATER if path.partition("/")[0] in later else problems.CONDITION_UNKNOWN
        yield Problem(code, given={"given": path})
    elif known[path].type != "number":
        yield Problem(problems.CALCULATION_NO_NUMBER, given={"question": known[path].question.label or path})

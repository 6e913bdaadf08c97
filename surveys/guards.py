"""Conditions rewritten into plain JSONLogic that every evaluator answers alike.

Evaluators differ in what they take for equal: JavaScript holds "5" < 6, datalogic reads "1d" and "24h" as one duration.
So every comparison first proves its operands' types, and text is compared behind a mark that nothing can parse.
The guarded form goes to datalogic here and into the page for json-logic-js there; tests/conditions.json holds both to
the same answers.
"""

import functools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from datalogic_py import Engine, Rule

Condition = Any

COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")
STRICT = {"==": "===", "!=": "!=="}
DEEPEST = 20
ENGINE = Engine()


class ConditionError(ValueError):
    """Its argument is the part that is none of the shapes of conditions.py."""


def holds(condition: Condition, known: Mapping[str, Any]) -> bool:
    """Whether these facts satisfy it. None is no condition and always holds; what is malformed never does."""
    if condition is None:
        return True
    return compiled(json.dumps(condition, sort_keys=True)).evaluate(dict(known)) is True


@functools.lru_cache(maxsize=4096)
def compiled(condition: str) -> Rule:
    return ENGINE.compile(guarded(json.loads(condition)))


def guarded(condition: Condition) -> Any:
    """The same condition in JSONLogic that every evaluator answers alike; false where it is malformed."""
    try:
        return proven(shallow(condition))
    except ConditionError:
        return False


def shallow(condition: Condition) -> Condition:
    """The condition itself. Raises ConditionError where it is nested deeper than anybody writes."""
    if any(depth > DEEPEST for _, depth in nested(condition)):
        raise ConditionError(condition)
    return condition


def nested(condition: Condition) -> Iterator[tuple[Any, int]]:
    """Every part with its depth, in the order written; as a loop, for it may be as deep as an attacker likes."""
    waiting = [(condition, 0)]
    while waiting:
        part, depth = waiting.pop()
        yield part, depth
        inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
        waiting += [(piece, depth + 1) for piece in reversed(list(inner))]


def parts(condition: Condition) -> tuple[str, list[Any]]:
    """Its operator and operands. Raises ConditionError."""
    if not isinstance(condition, dict) or len(condition) != 1:
        raise ConditionError(condition)
    operator, operands = next(iter(condition.items()))
    operands = operands if isinstance(operands, list) else [operands]
    fits = {"and": len(operands) >= 1, "or": len(operands) >= 1, "!": len(operands) == 1, "in": len(operands) == 2}
    if not fits.get(operator, operator in COMPARISONS and len(operands) == 2):
        raise ConditionError(condition)
    return operator, operands


def is_var(operand: Any) -> bool:
    return isinstance(operand, dict) and set(operand) == {"var"} and isinstance(operand["var"], str) and operand["var"] != ""


def is_literal(operand: Any) -> bool:
    """Whether it stands for itself; numbers only as far as every evaluator holds them exactly."""
    return abs(operand) <= 2**53 if is_number(operand) else operand is None or isinstance(operand, str | bool)


def proven(condition: Condition) -> Any:
    operator, operands = parts(condition)
    if operator in ("and", "or", "!"):
        return {operator: [proven(operand) for operand in operands]}
    left, right = operands
    if operator != "in":
        return compared(operator, left, right, whole=condition)
    if is_literal(left) and is_var(right):
        return {"some": [right, {"===": [marked({"var": ""}), marked(left)]}]} if isinstance(left, str) else False
    if not is_var(left) or not isinstance(right, list) or not right or not all(is_literal(literal) for literal in right):
        raise ConditionError(condition)
    return {"or": [compared("==", left, literal, whole=condition) for literal in right]}


def compared(operator: str, left: Any, right: Any, *, whole: Condition) -> Any:
    """The comparison, once for every type that both sides may share, each behind the proof that they do."""
    operands = (left, right)
    if not any(map(is_var, operands)) or not all(is_var(operand) or is_literal(operand) for operand in operands):
        raise ConditionError(whole)
    ordered, strict = operator not in STRICT, STRICT.get(operator, operator)
    if None in operands:
        return False if ordered else {strict: [left, right]}
    literal = next((operand for operand in operands if not is_var(operand)), None)
    alternatives = []
    if not ordered and literal in (None, True, False) and not is_number(literal):
        alternatives.append([*proofs(is_bool, operands), {strict: [left, right]}])
    if literal is None or isinstance(literal, str):
        alternatives.append([*proofs(is_text, operands), {strict: [marked(left), marked(right)]}])
    if literal is None or is_number(literal):
        alternatives.append([*proofs(is_numeric, operands), {strict: [left, right]}])
    return {"or": [{"and": alternative} for alternative in alternatives]} if alternatives else False


def proofs(proof: Callable[[Any], Any], operands: Iterable[Any]) -> list[Any]:
    return [proof(operand) for operand in operands if is_var(operand)]


def is_number(operand: Any) -> bool:
    return isinstance(operand, int | float) and not isinstance(operand, bool)


def is_bool(var: Any) -> Any:
    return {"or": [{"===": [var, True]}, {"===": [var, False]}]}


def is_text(var: Any) -> Any:
    return {"===": [{"cat": [var]}, var]}


def is_numeric(var: Any) -> Any:
    return {"and": [{"!": [is_text(var)]}, {"!": [{"some": [var, True]}]}, {"===": [{"-": [var, 0]}, var]}]}


def marked(operand: Any) -> Any:
    """Text that no evaluator takes for a number, a day or a duration."""
    return f"={operand}" if isinstance(operand, str) else {"cat": ["=", operand]}

"""Conditions as an official picks them: question, comparison, value; all of the rows or any of them.

A row stands for one comparison of conditions.py. What is nested deeper, as imports may bring it, has no rows and is kept as it is.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct

from surveys.conditions import Operand, operands
from surveys.guards import Condition, is_number, is_var
from surveys.kinds import OTHER, OTHER_LABEL, Date, Decimal, Kind, Matrix, Option, Ranking, Scale, SelectMultiple, SelectOne, Stance, Time, UnitChoice, say
from surveys.problems import VALUE_MISSING, Problem
from surveys.questionnaire import Question, Questionnaire

Form = Mapping[str, str]
Join = Literal["all", "any"]

EMPTY, GIVEN = "empty", "given"
"""Whether the question was answered at all."""

ORDERED = ("==", "!=", ">=", "<=", ">", "<", GIVEN, EMPTY)
CHOSEN = ("==", "!=", GIVEN, EMPTY)
COMPARISONS: Mapping[str, tuple[str, ...]] = {
    "number": ORDERED,
    "day": ORDERED,
    "time": ORDERED,
    "choice": CHOSEN,
    "choices": CHOSEN,
    "text": CHOSEN,
    "unit": CHOSEN,
    "consent": (GIVEN, EMPTY),
    "file": (GIVEN, EMPTY),
}
"""What can be asked of each sort of answer. `==` of several values is one of them."""

FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
MOST_TICKS = 30
"""Choices up to here are ticked; of more the words are typed."""


class Row(Struct, frozen=True):
    """`path` is the question, or a part of it after a slash. `values` are literals; none for GIVEN and EMPTY."""

    path: str
    comparison: str = "=="
    values: tuple[Any, ...] = ()


class Rows(Struct, frozen=True):
    rows: tuple[Row, ...] = ()
    join: Join = "all"


def rows_of(condition: Condition) -> Rows | None:
    """None where it is nested deeper than rows can say."""
    if condition is None:
        return Rows()
    single = row_of(condition)
    if single is not None:
        return Rows((single,))
    for operator, join in (("and", "all"), ("or", "any")):
        if isinstance(condition, Mapping) and set(condition) == {operator} and isinstance(condition[operator], list):
            found = [row_of(part) for part in condition[operator]]
            return Rows(tuple(row for row in found if row), join) if all(found) and found else None  # type: ignore[arg-type]
    return None


def row_of(condition: Condition) -> Row | None:
    if not isinstance(condition, Mapping) or len(condition) != 1:
        return None
    operator, given = next(iter(condition.items()))
    if not isinstance(given, list):
        return None
    if operator == "!" and len(given) == 1:
        inner = row_of(given[0])
        return Row(inner.path, "!=", inner.values) if inner and inner.comparison == "==" and (len(inner.values) > 1 or selects(given[0])) else None
    if operator == "or":
        return selected(given)
    if len(given) != 2:
        return None
    return comparison_of(operator, *given)


def comparison_of(operator: str, left: Any, right: Any) -> Row | None:
    if operator == "in":
        if is_var(left) and isinstance(right, list) and len(right) > 1:
            return Row(left["var"], "==", tuple(right))
        return Row(right["var"], "==", (left,)) if is_var(right) and isinstance(left, str) else None
    if not is_var(left):
        left, right, operator = right, left, FLIPPED.get(operator, operator)
    if not is_var(left) or isinstance(right, list | Mapping) or operator not in ORDERED:
        return None
    if right is None:
        return Row(left["var"], EMPTY if operator == "==" else GIVEN) if operator in ("==", "!=") else None
    return Row(left["var"], operator, (right,)) if right is not True else Row(left["var"], GIVEN) if operator == "==" else None


def selects(condition: Condition) -> bool:
    """Whether it asks what was ticked in a question of several choices."""
    given = condition.get("in") or next(iter(part.get("in") for part in condition.get("or", [{}])), None)
    return isinstance(given, list) and is_var(given[-1])


def selected(parts: Sequence[Condition]) -> Row | None:
    """One of several ticked: {"or": [{"in": [a, q]}, {"in": [b, q]}]}."""
    if len(parts) < 2 or not all(isinstance(part, Mapping) and set(part) == {"in"} and is_var(part["in"][-1]) for part in parts):
        return None
    found = {part["in"][1]["var"] for part in parts}
    return Row(found.pop(), "==", tuple(part["in"][0] for part in parts)) if len(found) == 1 else None


def condition_of(rows: Rows, known: Mapping[str, Operand]) -> Condition:
    """The condition these rows say together; None where there are none, so that everybody is asked."""
    parts = [part_of(row, known.get(row.path)) for row in rows.rows]
    if len(parts) < 2:
        return parts[0] if parts else None
    return {"and" if rows.join == "all" else "or": parts}


def part_of(row: Row, operand: Operand | None) -> Condition:
    var = {"var": row.path}
    if row.comparison in (EMPTY, GIVEN):
        if row.comparison == GIVEN and operand is not None and operand.type == "consent":
            return {"==": [var, True]}
        return {"==" if row.comparison == EMPTY else "!=": [var, None]}
    if operand is not None and operand.type == "choices":
        ticked = [{"in": [value, var]} for value in row.values]
        one = ticked[0] if len(ticked) == 1 else {"or": ticked}
        return one if row.comparison == "==" else {"!": [one]}
    if len(row.values) == 1:
        return {row.comparison: [var, row.values[0]]}
    one_of = {"in": [var, list(row.values)]}
    return one_of if row.comparison == "==" else {"!": [one_of]}


def read_rows(
    form: Form, values: Mapping[str, Sequence[str]], known: Mapping[str, Operand], *, prefix: str = "when", skip: int | None = None
) -> tuple[Rows, list[Problem]]:
    """The rows of a form: `when-0-path`, `when-0-is`, `when-0-value` (several), `when-join`. A row that lacks its value is a problem and left out."""
    rows, doubts = [], []
    for at in range(rows_given(form, prefix)):
        if at == skip:
            continue
        path, comparison = form[f"{prefix}-{at}-path"], form.get(f"{prefix}-{at}-is", "==")
        operand = known.get(path)
        if operand is None or comparison not in COMPARISONS[operand.type]:
            continue
        given = [value.strip() for value in values.get(f"{prefix}-{at}-value", ()) if value.strip()]
        literals = () if comparison in (EMPTY, GIVEN) else tuple(value for one in given if (value := literal(one, operand)) is not None)
        if not literals and comparison not in (EMPTY, GIVEN):
            doubts.append(Problem(VALUE_MISSING, f"{prefix}-{at}-value", {"question": operand.question.label or path}))
            continue
        rows.append(Row(path, comparison, literals if comparison in ("==", "!=") else literals[:1]))
    return Rows(tuple(rows), "any" if form.get(f"{prefix}-join") == "any" else "all"), doubts


def rows_given(form: Form, prefix: str) -> int:
    count = 0
    while f"{prefix}-{count}-path" in form:
        count += 1
    return count


def literal(raw: str, operand: Operand) -> Any:
    """What was typed or ticked, as answers to that question are; None where it is none."""
    kind = operand.question.kind
    match operand.type:
        case "number" if operand.names:
            return int(raw) if raw in operand.names and raw.lstrip("-").isdecimal() else raw if raw in operand.names else None
        case "number":
            number = Decimal().read(raw)
            return None if not is_number(number) else int(number) if number.is_integer() else number
        case "choice" | "choices":
            return raw if raw in operand.names else named(raw, choices_of(operand))
        case "day" | "time":
            read = (Date() if operand.type == "day" else Time()).read(raw)
            return read if isinstance(read, str) else None
        case "unit" if isinstance(kind, UnitChoice):
            code = kind.read(raw)
            return code if isinstance(code, str) else None
    return raw


def named(words: str, choices: Iterable[Option]) -> str | None:
    """The choice of these words, in either language."""
    return next((choice.name for choice in choices if words.casefold() in (said.casefold() for said in choice.label.values())), None)


def choices_of(operand: Operand) -> tuple[Option, ...]:
    """What can be ticked as the value; empty where it is typed."""
    kind: Kind = operand.question.kind
    match kind:
        case SelectOne() | SelectMultiple():
            return (*kind.options, *([Option(OTHER, OTHER_LABEL)] if kind.other else []))
        case Scale() | Matrix():
            return (*kind.options, *kind.missing)
        case Stance() | Ranking():
            return kind.options
    return ()


def askable(questionnaire: Questionnaire, name: str) -> dict[str, Operand]:
    """What a condition of this question or section may look at: all that is asked before it."""
    earlier: list[Question] = []
    for section in questionnaire.sections:
        if section.name == name:
            break
        for question in section.questions:
            if question.name == name:
                return operands(earlier)
            earlier.append(question)
    return operands(earlier)


def path_words(path: str, operand: Operand, language: str) -> str:
    """The question's label, with the row where the path names one."""
    kind, row = operand.question.kind, path.partition("/")[2]
    parts = (*getattr(kind, "rows", ()), *(kind.options if row and not getattr(kind, "rows", ()) and hasattr(kind, "options") else ()))
    label = say(operand.question.label, language) or operand.question.name
    inner = next((say(part.label, language) or part.name for part in parts if part.name == row), row)
    return f"{label} – {inner}" if row else label

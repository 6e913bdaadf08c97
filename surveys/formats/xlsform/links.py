"""The second round over a form: conditions, formulas and filters, when every question is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct, structs

from surveys import guards
from surveys.formats import codes
from surveys.formats.comparing import UntakenError, Variable
from surveys.formats.xlsform.calculating import calculation
from surveys.formats.xlsform.filters import filtered
from surveys.formats.xlsform.kinds import is_filtered
from surveys.formats.xlsform.ours import whole
from surveys.formats.xlsform.relevants import condition
from surveys.formats.xlsform.sheets import Row
from surveys.formats.xlsform.survey import select, type_of
from surveys.kinds import Calculation, Decimal, SelectMultiple, SelectOne
from surveys.questionnaire import Question, Section

if TYPE_CHECKING:
    from surveys.formats.xlsform.questions import Form


class Draft(Struct, frozen=True):
    """A question without its condition. `rows` hold those that decide whether it is asked: nested groups, then itself."""

    question: Question
    rows: tuple[Row, ...]


class Part(Struct, frozen=True):
    """A section without its condition; `row` None where questions stand outside any group."""

    section: Section
    row: Row | None
    drafts: tuple[Draft, ...]


def finished(part: Part, form: Form, places: dict[str, Variable], known: dict[str, Any]) -> Section:
    relevant = together((part.row,) if part.row else (), form, places, known)
    questions = tuple(question for draft in part.drafts if (question := complete(draft, form, places, known)))
    if not questions and part.row:
        form.lose(part.row, codes.LOST_GROUP, given=part.section.name)
    return structs.replace(part.section, questions=questions, relevant=relevant)


def complete(draft: Draft, form: Form, places: dict[str, Variable], known: dict[str, Any]) -> Question | None:
    """With its condition, its formula and its filter. A formula that cannot be said takes its question along."""
    question = structs.replace(draft.question, relevant=together(draft.rows, form, places, known))
    kind, row = question.kind, draft.rows[-1]
    if isinstance(kind, Calculation):
        return calculated(question, kind, row, form, places)
    if isinstance(kind, SelectOne | SelectMultiple) and is_filtered(row) and (chosen := select(type_of(row))):
        kind = filtered(kind, row, form.lists[chosen.listed], places, form)
        places[question.name] = Variable(question.name, kind)
    return structs.replace(question, kind=kind)


def calculated(question: Question, kind: Calculation, row: Row, form: Form, places: dict[str, Variable]) -> Question | None:
    written = row.peek("calculation")
    try:
        expression, rounded = calculation(written, places)
    except UntakenError as left:
        form.lose(row, codes.LOST_FORMULA, name=question.name, given=written, why=left.why)
        places.pop(question.name, None)
        return None
    row.take("calculation")
    decimals = whole(row, "decimals")
    if decimals is None and rounded is not None:
        form.note(row, codes.ROUNDED_IN_PRINT, given=written, n=rounded)
    decimals = decimals if decimals is not None else rounded if rounded is not None else likely_decimals(expression, places)
    made = structs.replace(kind, expression=expression, decimals=decimals)
    places[question.name] = Variable(question.name, made)
    return structs.replace(question, kind=made)


def likely_decimals(expression: Any, places: Mapping[str, Variable]) -> int:
    """Two where a quotient or a decimal number goes in, none where all are whole."""
    parts = [part for part, _ in guards.nested(expression)]
    divided = any(isinstance(part, float) or (isinstance(part, dict) and "/" in part) for part in parts)
    broken = {where.path for where in places.values() if isinstance(where.kind, Decimal) or (isinstance(where.kind, Calculation) and where.kind.decimals)}
    return 2 if divided or any(isinstance(part, dict) and part.get("var") in broken for part in parts) else 0


def together(rows: Sequence[Row], form: Form, places: Mapping[str, Variable], known: dict[str, Any]) -> Any:
    """All their conditions at once; each row's is read, and if need be said lost, only once."""
    for row in rows:
        if row.where not in known:
            known[row.where] = relevant(row, form, places)
    found = [known[row.where] for row in rows if known[row.where] is not None]
    return found[0] if len(found) == 1 else {"and": found} if found else None


def relevant(row: Row, form: Form, places: Mapping[str, Variable]) -> Any:
    expression = row.take("relevant")
    if not expression:
        return None
    try:
        return condition(expression, places)
    except UntakenError as left:
        form.note(row, codes.LOST_CONDITION, given=expression, why=left.why)
        return None

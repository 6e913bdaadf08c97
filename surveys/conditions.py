"""Who is asked what: JSONLogic as data, over earlier answers, without coercion, alike on the server and in the browser.

A condition is one of
    {"and": [c, …]}  {"or": [c, …]}  {"!": [c]}
    {op: [operand, operand]}              op one of == != < <= > >=; at least one operand is {"var": question}
    {"in": [{"var": question}, [literal, …]]}     one of several
    {"in": [literal, {"var": question}]}          selected, of a select_multiple
A matrix row is `question/row`; points of an option `question/option`; a ranking is its first rank; a place `question/lat` and
`question/lon`. What is unanswered is null: a comparison with it is false, save `== null` and `!= null`, which ask whether a
question was answered. Order is for numbers, days and hours only.
"""

import datetime
import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Literal

from msgspec import Struct

from surveys import problems
from surveys.guards import COMPARISONS, Condition, ConditionError, guarded, holds, is_literal, is_number, is_var, nested, parts, shallow
from surveys.kinds import (
    CONSENT_LABEL,
    OTHER,
    OTHER_LABEL,
    STANCE_LABELS,
    STANCES,
    Calculation,
    Consent,
    Date,
    Decimal,
    File,
    Integer,
    Kind,
    Matrix,
    OpenText,
    Place,
    Points,
    Ranking,
    Scale,
    SelectMultiple,
    SelectOne,
    Stance,
    Text,
    Time,
    UnitChoice,
    choice_words,
    say,
)
from surveys.language import number_words
from surveys.problems import Code, Problem
from surveys.questionnaire import Question, Questionnaire

__all__ = ["Condition", "ConditionError", "Operand", "guarded", "holds", "names", "operands", "paths", "problems_of", "sentences", "words"]


Sort = Literal["number", "choice", "choices", "text", "day", "time", "unit", "file", "consent"]


class Operand(Struct, frozen=True):
    """What a condition may compare: its type, the question behind it, and the names its answers can have, where they are few."""

    type: Sort
    question: Question
    names: tuple[str, ...] = ()


def names(condition: Condition) -> list[str]:
    """The questions it asks about, each once, in the order written; of a matrix row, the matrix."""
    return list(dict.fromkeys(path.partition("/")[0] for path in paths(condition)))


def paths(condition: Condition) -> list[str]:
    """What it looks at, as often as it does, in the order written: a question, or a row of a matrix as `question/row`."""
    return [part["var"] for part, _ in nested(condition) if isinstance(part, dict) and isinstance(part.get("var"), str)]


def operands(questions: Iterable[Question]) -> dict[str, Operand]:
    """All that a condition standing after these questions may name."""
    found: dict[str, Operand] = {}
    for question in questions:
        found |= operands_of(question)
    return found


PLAIN: Mapping[type[Kind], Sort] = {
    Integer: "number",
    Decimal: "number",
    Calculation: "number",
    Date: "day",
    Time: "time",
    OpenText: "text",
    UnitChoice: "unit",
    File: "file",
    Consent: "consent",
}


def operands_of(question: Question) -> dict[str, Operand]:
    kind = question.kind
    match kind:
        case Matrix():
            levels = tuple(option.name for option in (*kind.options, *kind.missing))
            return {f"{question.name}/{row.name}": Operand("number", question, levels) for row in kind.rows}
        case Scale():
            return {question.name: Operand("number", question, tuple(option.name for option in (*kind.options, *kind.missing)))}
        case SelectOne() | SelectMultiple():
            levels = (*(option.name for option in kind.options), *([OTHER] if kind.other else []))
            return {question.name: Operand("choice" if isinstance(kind, SelectOne) else "choices", question, levels)}
        case Ranking():
            return {question.name: Operand("choice", question, tuple(option.name for option in kind.options))}
        case Points():
            return {f"{question.name}/{option.name}": Operand("number", question) for option in kind.options}
        case Place():
            return {f"{question.name}/{part}": Operand("number", question) for part in ("lat", "lon")}
        case Stance():
            return {question.name: Operand("choice", question, STANCES)}
    plain = PLAIN.get(type(kind))
    return {question.name: Operand(plain, question)} if plain else {}


def problems_of(condition: Condition, earlier: Iterable[Question], *, later: Collection[str] = ()) -> list[Problem]:
    """Everything wrong with it, where `earlier` questions stand before it. `later`: names that stand after, to say so."""
    try:
        return list(wrong_in(shallow(condition), operands(earlier), set(later)))
    except ConditionError as error:
        return [Problem(problems.CONDITION_MALFORMED, given={"given": json.dumps(error.args[0], ensure_ascii=False)})]


def wrong_in(condition: Condition, known: Mapping[str, Operand], later: set[str]) -> Iterable[Problem]:
    operator, given = parts(condition)
    if operator in ("and", "or", "!"):
        for part in given:
            yield from wrong_in(part, known, later)
        return
    if guarded(condition) is False:
        raise ConditionError(condition)
    paths = [part["var"] for part in given if is_var(part)]
    unknown = [path for path in paths if path not in known]
    for path in unknown:
        yield Problem(later_or_unknown(path, later), given={"given": path})
    if not unknown:
        yield from wrong_types(operator, given, [known[path] for path in paths])


def later_or_unknown(path: str, later: set[str]) -> Code:
    return problems.CONDITION_LATER if path.partition("/")[0] in later else problems.CONDITION_UNKNOWN


def wrong_types(operator: str, given: list[Any], sides: list[Operand]) -> Iterable[Problem]:
    side = sides[0]
    where = {"question": side.question.label or side.question.name}
    if len(sides) == 2 and (sides[0].type != sides[1].type or side.type == "choices"):
        yield Problem(problems.CONDITION_TYPES, given={**where, "given": sides[1].question.label or sides[1].question.name})
    if operator in COMPARISONS[2:] and side.type not in ("number", "day", "time"):
        yield Problem(problems.CONDITION_ORDER, given={**where, "given": operator})
    literals = [literal for part in given for literal in (part if isinstance(part, list) else [part]) if is_literal(literal) and literal is not None]
    selecting = operator == "in" and is_var(given[1])
    for literal in literals:
        if selecting != (side.type == "choices") or not fits(literal, side):
            yield Problem(problems.CONDITION_TYPES, given={**where, "given": literal})
        elif side.names and operator in ("==", "!=", "in") and name_of_literal(literal) not in side.names:
            yield Problem(problems.CONDITION_OPTION, given={**where, "given": literal})


def fits(literal: Any, side: Operand) -> bool:
    """Whether the literal is of the type that answers have. A scale's “don't know” is text, its numbers are not."""
    if side.type == "number":
        return is_number(literal) or (isinstance(literal, str) and literal in side.names and not literal.lstrip("-").isdecimal())
    if side.type == "consent":
        return isinstance(literal, bool)
    readable = {"day": is_day, "time": is_time}.get(side.type)
    return isinstance(literal, str) and (readable is None or readable(literal))


def name_of_literal(literal: Any) -> str:
    return str(int(literal)) if isinstance(literal, float) and literal.is_integer() else str(literal)


def is_day(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_time(text: str) -> bool:
    return bool(Time().read(text) == text)


SPOKEN: Mapping[str, Text] = {
    "==": {"vi": "{question} là {value}", "en": "{question} is {value}"},
    "!=": {"vi": "{question} không phải là {value}", "en": "{question} is not {value}"},
    "<": {"vi": "{question} nhỏ hơn {value}", "en": "{question} is less than {value}"},
    "<=": {"vi": "{question} nhiều nhất là {value}", "en": "{question} is at most {value}"},
    ">": {"vi": "{question} lớn hơn {value}", "en": "{question} is more than {value}"},
    ">=": {"vi": "{question} ít nhất là {value}", "en": "{question} is at least {value}"},
    "day<": {"vi": "{question} trước {value}", "en": "{question} is before {value}"},
    "day<=": {"vi": "{question} không sau {value}", "en": "{question} is not after {value}"},
    "day>": {"vi": "{question} sau {value}", "en": "{question} is after {value}"},
    "day>=": {"vi": "{question} không trước {value}", "en": "{question} is not before {value}"},
    "selected": {"vi": "{question} có chọn {value}", "en": "{question} includes {value}"},
    "== null": {"vi": "{question} chưa được trả lời", "en": "{question} was not answered"},
    "!= null": {"vi": "{question} đã được trả lời", "en": "{question} was answered"},
    "and": {"vi": " và ", "en": " and "},
    "or": {"vi": " hoặc ", "en": " or "},
    "!": {"vi": "không phải là ({value})", "en": "it is not so that ({value})"},
    "malformed": {"vi": "điều kiện không đọc được", "en": "the condition cannot be read"},
}
COORDINATES: Mapping[str, Text] = {"lat": {"vi": "vĩ độ", "en": "latitude"}, "lon": {"vi": "kinh độ", "en": "longitude"}}
FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def words(condition: Condition, questionnaire: Questionnaire, language: str) -> str:
    """The condition as part of a sentence: “Ông/bà bao nhiêu tuổi?” ít nhất là 18 và …"""
    return said(condition, operands(questionnaire.questions()), language)


def sentences(questionnaire: Questionnaire, language: str) -> dict[str, str]:
    """Every condition in words, by the question or section that has it."""
    known = operands(questionnaire.questions())
    parts_with = [part for part in questionnaire.parts() if part.relevant is not None]
    return {part.name: said(part.relevant, known, language) for part in parts_with}


def said(condition: Condition, known: Mapping[str, Operand], language: str) -> str:
    try:
        return spoken(shallow(condition), known, language)
    except ConditionError:
        return say(SPOKEN["malformed"], language)


def spoken(condition: Condition, known: Mapping[str, Operand], language: str) -> str:
    operator, given = parts(condition)
    if operator == "!":
        return say(SPOKEN["!"], language).format(value=spoken(given[0], known, language))
    if operator in ("and", "or"):
        said = [spoken(part, known, language) for part in given]
        return say(SPOKEN[operator], language).join(f"({part})" if len(said) > 1 and set(given[i]) & {"and", "or"} else part for i, part in enumerate(said))
    left, right = given
    if not is_var(left):
        left, right, operator = right, left, "selected" if operator == "in" else FLIPPED.get(operator, operator)
    if not is_var(left):
        raise ConditionError(condition)
    side = known.get(left["var"])
    key = f"{operator} null" if right is None else "==" if operator == "in" else f"day{operator}" if side and side.type in ("day", "time") else operator
    value = say(SPOKEN["or"], language).join(side_words(part, known, side, language) for part in (right if isinstance(right, list) else [right]))
    return say(SPOKEN.get(key, SPOKEN.get(operator, SPOKEN["malformed"])), language).format(question=side_words(left, known, None, language), value=value)


def side_words(part: Any, known: Mapping[str, Operand], side: Operand | None, language: str) -> str:
    """A question's label in quotation marks, or a literal as an answer to that question sounds."""
    if is_var(part):
        other = known.get(part["var"])
        row = part["var"].partition("/")[2]
        label = say(other.question.label, language) or other.question.name if other else part["var"]
        return f"“{label}{f' – {row_label(other.question.kind, row, language)}' if other and row else ''}”"
    if side is None or part is None:
        return str(part)
    if side.type == "number" and not side.names:
        return (
            number_words(part, language) if is_number(part) and not isinstance(side.question.kind, Integer | Decimal) else spoken_number(part, side, language)
        )
    if side.type == "day":
        return side.question.kind.words(part, language) if isinstance(part, str) and is_day(part) else str(part)
    if side.type in ("text", "time", "file"):
        return f"“{part}”"
    if side.type == "unit":
        return f"“{side.question.kind.words(str(part), language)}”"
    return f"“{choice_label(side.question.kind, part, language)}”"


def spoken_number(part: Any, side: Operand, language: str) -> str:
    return side.question.kind.words(part, language) if is_number(part) else str(part)


def row_label(kind: Kind, row: str, language: str) -> str:
    """What a path names after its slash: a row of a matrix, an option that gets points, a coordinate."""
    if isinstance(kind, Place):
        return say(COORDINATES[row], language) if row in COORDINATES else row
    named = kind.options if isinstance(kind, Points) else getattr(kind, "rows", ())
    return next((say(option.label, language) or option.name for option in named if option.name == row), row)


def choice_label(kind: Kind, name: Any, language: str) -> str:
    match kind:
        case Stance():
            return say(STANCE_LABELS[name], language) if name in STANCES else str(name)
        case Consent():
            return say(CONSENT_LABEL, language)
        case SelectOne() | SelectMultiple():
            return say(OTHER_LABEL, language) if name == OTHER and kind.other else choice_words(name, kind.options, language)
        case Scale() | Matrix():
            return choice_words(str(name), (*kind.options, *kind.missing), language)
        case Ranking():
            return choice_words(name, kind.options, language)
    return str(name)

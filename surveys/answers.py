"""From what somebody sent to what is counted: each question read by its kind, in the order and under the conditions it was asked."""

import decimal
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, structs

from surveys import conditions, problems
from surveys.kinds import OTHER, Consent, Kind, Matrix, SelectMultiple, SelectOne, Stance, Value
from surveys.problems import Problem
from surveys.questionnaire import Question, Questionnaire
from surveys.reading import is_blank

Form = Mapping[str, Sequence[str]]
"""Fields of an HTML form: a list of values by name. `{q}`; `{q}/text` of a worded choice or stance; `{q}/{row}` of a matrix."""

NO = (False, "false", "no", "0", "off")
"""What a consent box may say instead of nothing."""


class Checked(Struct, frozen=True):
    """Values by question, only of those asked and answered, in the order asked; and all problems, at once."""

    values: dict[str, Value]
    problems: list[Problem]


def check(questionnaire: Questionnaire, raw: Mapping[str, Any]) -> Checked:
    """Reads the API's `answers`. What is not asked because of earlier answers is left out without a word; its answer opens nothing."""
    if not isinstance(raw, Mapping):
        return Checked({}, [Problem(problems.WRONG_SHAPE)])
    kinds = {question.name: question.kind for question in questionnaire.questions()}
    found = [Problem(problems.UNKNOWN_QUESTION, where=name, given={"given": shortened(name)}) for name in raw if name not in kinds]
    found += [Problem(problems.NOT_ANSWERED, where=name) for name in raw if name in kinds and not kinds[name].asks]
    values: dict[str, Value] = {}
    for question in walk(questionnaire, values):
        if question.kind.asks:
            value, wrong = read(question, raw.get(question.name))
            found += wrong
            if not wrong and value is not None:
                values[question.name] = value
    return Checked(values, found)


def asked(questionnaire: Questionnaire, values: Mapping[str, Value]) -> list[str]:
    """Names of the questions that these checked values lead to, without notes."""
    return [question.name for question in walk(questionnaire, values) if question.kind.asks]


def shown(questionnaire: Questionnaire, values: Mapping[str, Value]) -> list[str]:
    """Like `asked`, with the notes."""
    return [question.name for question in walk(questionnaire, values)]


def walk(questionnaire: Questionnaire, values: Mapping[str, Value]) -> Iterator[Question]:
    """Questions one by one, as `values` (which may grow on the way) let them be asked."""
    known: dict[str, Any] = {}
    for section in questionnaire.sections:
        if not conditions.holds(section.relevant, known):
            continue
        for question in section.questions:
            if not conditions.holds(question.relevant, known):
                continue
            yield question
            if question.name in values:
                known |= conditions.facts(question.kind, question.name, values[question.name])


def read(question: Question, raw: Any) -> tuple[Value | None, list[Problem]]:
    """Its value, None where nothing was answered; and what is wrong with it, located."""
    if is_blank(raw) or (isinstance(question.kind, Consent) and isinstance(raw, bool | str) and raw in NO):
        return None, missing(question) if question.required else []
    reading = question.kind.read(raw)
    if is_blank(reading):
        return None, missing(question) if question.required else []
    wrong = [reading] if isinstance(reading, Problem) else list(reading) if isinstance(reading, tuple) else []
    if wrong:
        return None, [located(problem, question.name) for problem in wrong]
    return reading, missing(question, reading) if question.required and isinstance(question.kind, Matrix) else []


def missing(question: Question, value: Mapping[str, Value] | None = None) -> list[Problem]:
    if isinstance(question.kind, Matrix):
        rows = [row.name for row in question.kind.rows if row.name not in (value or {})]
        return [Problem(problems.REQUIRED, where=f"{question.name}/{row}") for row in rows]
    code = problems.NOT_CONSENTED if isinstance(question.kind, Consent) else problems.REQUIRED
    return [Problem(code, where=question.name)]


def located(problem: Problem, name: str) -> Problem:
    given = {key: shortened(value) for key, value in problem.given.items()}
    return structs.replace(problem, where=f"{name}/{problem.where}" if problem.where else name, given=given)


def shortened(given: Any) -> Any:
    """What was given, short enough to repeat to whoever gave it."""
    if isinstance(given, bool | float) or (isinstance(given, int) and abs(given) < 10**20) or isinstance(given, Mapping):
        return given
    text = given if isinstance(given, str) else "…"
    return text if len(text) <= 60 else f"{text[:60]}…"


def fields(question: Question) -> list[str]:
    """Names of the form fields that a question's kind draws."""
    if isinstance(question.kind, Matrix):
        return [f"{question.name}/{row.name}" for row in question.kind.rows]
    if isinstance(question.kind, Stance) or (isinstance(question.kind, SelectOne | SelectMultiple) and question.kind.other):
        return [question.name, f"{question.name}/text"]
    return [question.name] if question.kind.asks else []


def typed(questionnaire: Questionnaire, form: Form) -> dict[str, list[str]]:
    """All of a form that belongs to this questionnaire, as it was typed: to fill the page again or to carry it in hidden fields."""
    return {field: list(form[field]) for question in questionnaire.questions() for field in fields(question) if form.get(field)}


def from_form(questionnaire: Questionnaire, form: Form) -> dict[str, Any]:
    """The API's `answers` of an HTML form; what was left blank is absent. Fields of nothing asked here are passed over."""
    raw = {question.name: raw_of(question.kind, question.name, form) for question in questionnaire.questions() if question.kind.asks}
    return {name: value for name, value in raw.items() if not is_blank(value)}


def raw_of(kind: Kind, name: str, form: Form) -> Any:
    given = list(form.get(name, ()))
    first, text = (given or [""])[0], " ".join(form.get(f"{name}/text", ())).strip()
    if isinstance(kind, Matrix):
        return {row.name: form[f"{name}/{row.name}"][0] for row in kind.rows if form.get(f"{name}/{row.name}")}
    if isinstance(kind, Stance):
        return {"stance": first, "text": text}
    if isinstance(kind, SelectMultiple):
        return [worded(choice, text) if kind.other else choice for choice in given or ([""] if text else [])]
    return worded(first, text) if isinstance(kind, SelectOne) and kind.other else first


def worded(choice: str, text: str) -> Any:
    """Text beside another choice is not its answer; text beside none is kept, so that somebody can be told."""
    return {"choice": choice, "text": text} if choice == OTHER or (text and not choice) else choice


def to_form(questionnaire: Questionnaire, raw: Mapping[str, Any]) -> dict[str, list[str]]:
    """The form fields of the API's `answers` or of checked values: `from_form` reversed."""
    form: dict[str, list[str]] = {}
    for question in questionnaire.questions():
        if question.kind.asks and not is_blank(raw.get(question.name)):
            form |= fields_of(question.kind, question.name, raw[question.name])
    return form


def fields_of(kind: Kind, name: str, raw: Any) -> dict[str, list[str]]:
    if isinstance(kind, Matrix) and isinstance(raw, Mapping):
        return {f"{name}/{row}": [str(number)] for row, number in raw.items()}
    choices = raw if isinstance(raw, list) else [raw]
    texts = [str(choice["text"]) for choice in choices if isinstance(choice, Mapping) and choice.get("text")]
    form = {name: [field_of(choice) for choice in choices]}
    return form | {f"{name}/text": texts[:1]} if texts else form


def field_of(choice: Any) -> str:
    if isinstance(choice, Mapping):
        return str(choice.get("stance") or choice.get("choice") or "")
    if choice is True:
        return "true"
    return f"{decimal.Decimal(repr(choice)):f}".replace(".", ",") if isinstance(choice, float) else str(choice)

"""From what somebody sent to what is counted: each question read by its kind, in the order and under the conditions it was asked."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, structs

from surveys import conditions, problems
from surveys.calculations import calculated
from surveys.kinds import Calculation, Consent, Form, Kind, Matrix, SelectMultiple, SelectOne, Value
from surveys.problems import Problem
from surveys.questionnaire import Question, Questionnaire
from surveys.reading import is_blank

Facts = Mapping[str, Any]
"""What conditions may know, by question or `question/row`."""

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
    found += [Problem(problems.NOT_ANSWERED, where=name) for name in raw if name in kinds and is_read(kinds[name])]
    values: dict[str, Value] = {}
    for question, known in walk(questionnaire, values):
        if isinstance(question.kind, Calculation):
            values |= worked_out(question.name, question.kind, known)
        elif question.kind.asks:
            value, wrong = read(question, raw.get(question.name), known)
            found += wrong
            if value is not None:
                values[question.name] = value
    return Checked(values, found)


def is_read(kind: Kind) -> bool:
    """Whether there is nothing to it but to read it. What is worked out may come along; it is worked out anew."""
    return not kind.asks and not isinstance(kind, Calculation)


def asked(questionnaire: Questionnaire, values: Mapping[str, Value]) -> list[str]:
    """Names of the questions that these checked values lead to, without notes."""
    return [question.name for question, _ in walk(questionnaire, values) if question.kind.asks]


def shown(questionnaire: Questionnaire, values: Mapping[str, Value]) -> list[str]:
    """Like `asked`, with the notes."""
    return [question.name for question, _ in walk(questionnaire, values)]


def walk(questionnaire: Questionnaire, values: Mapping[str, Value]) -> Iterator[tuple[Question, Facts]]:
    """Questions one by one, as `values` (which may grow on the way) let them be asked, each with what is known before it."""
    known: dict[str, Any] = {}
    for section in questionnaire.sections:
        if not conditions.holds(section.relevant, known):
            continue
        for question in section.questions:
            if not conditions.holds(question.relevant, known):
                continue
            yield question, known
            if isinstance(question.kind, Calculation):
                known |= worked_out(question.name, question.kind, known)
            elif question.name in values:
                known |= question.kind.facts(question.name, values[question.name])


def worked_out(name: str, kind: Calculation, known: Facts) -> dict[str, Any]:
    """What a calculation gives, by its name; nothing where an answer is missing."""
    value = calculated(kind.expression, known)
    return {} if value is None else {name: value}


def offered(kind: Kind, raw: Any, known: Facts) -> Any:
    """What was chosen, without choices that earlier answers do not offer: as a question that is not asked, they are left out without a word."""
    if not isinstance(kind, SelectOne | SelectMultiple) or not any(option.relevant is not None for option in kind.options):
        return raw
    hidden = {option.name for option in kind.options if not conditions.holds(option.relevant, known)}
    if isinstance(raw, list):
        return [choice for choice in raw if not (isinstance(choice, str) and choice.strip() in hidden)]
    return None if isinstance(raw, str) and raw.strip() in hidden else raw


def read(question: Question, raw: Any, known: Facts | None = None) -> tuple[Value | None, list[Problem]]:
    """Its value, None where nothing was answered; and what is wrong with it, located. `known`: what is known before it."""
    raw = offered(question.kind, raw, known or {})
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
    ours = isinstance(given, Mapping | tuple)  # a name or several that the kind itself looked up: JSON holds no tuples
    if ours or isinstance(given, bool | float) or (isinstance(given, int) and abs(given) < 10**20):
        return given
    text = given if isinstance(given, str) else "…"
    return text if len(text) <= 60 else f"{text[:60]}…"


def fields(question: Question) -> list[str]:
    """Names of the form fields that a question's kind draws."""
    return question.kind.fields(question.name)


def typed(questionnaire: Questionnaire, form: Form) -> dict[str, list[str]]:
    """All of a form that belongs to this questionnaire, as it was typed: to fill the page again or to carry it in hidden fields."""
    return {field: list(form[field]) for question in questionnaire.questions() for field in fields(question) if form.get(field)}


def from_form(questionnaire: Questionnaire, form: Form) -> dict[str, Any]:
    """The API's `answers` of an HTML form; what was left blank is absent. Fields of nothing asked here are passed over."""
    raw = {question.name: question.kind.from_form(question.name, form) for question in questionnaire.questions() if question.kind.asks}
    return {name: value for name, value in raw.items() if not is_blank(value)}


def to_form(questionnaire: Questionnaire, raw: Mapping[str, Any]) -> dict[str, list[str]]:
    """The form fields of the API's `answers` or of checked values: `from_form` reversed."""
    form: dict[str, list[str]] = {}
    for question in questionnaire.questions():
        if question.kind.asks and not is_blank(raw.get(question.name)):
            form |= question.kind.to_form(question.name, raw[question.name])
    return form
